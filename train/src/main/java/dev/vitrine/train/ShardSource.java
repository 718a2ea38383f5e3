package dev.vitrine.train;

/**
 * Who computes the shards of a batch, for the model's parameters as they are: this process, or
 * several, each some of them. What is read is of the newest batch.
 */
public interface ShardSource {
  /**
   * Computes all shards of a batch and adds them to a tree, or nodes that their sums make.
   *
   * @param batch the examples
   * @param step its number, from 0, which random ops depend on
   * @param sums begun for this batch
   */
  void compute(Batch batch, long step, ShardTree sums);

  /**
   * The network's output for an example.
   *
   * @param example its place in the batch
   * @param into where it goes, row-major
   */
  void output(int example, float[] into);

  /** Ends the reading of the newest batch: another thread may compute the next one. */
  void release();
}
