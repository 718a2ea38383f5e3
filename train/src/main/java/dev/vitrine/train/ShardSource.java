package dev.vitrine.train;

/**
 * Who computes the shards of a step: this process, or several, each some of them. What is read is
 * of the newest step.
 */
public interface ShardSource {
  /**
   * Computes all shards of a step and adds them to a tree, or nodes that their sums make.
   *
   * @param step what they are computed from
   * @param sums begun for its batch, laid out as {@link ShardWork#layout} has it
   */
  void compute(ShardStep step, ShardTree sums);

  /**
   * The network's output for an example.
   *
   * @param example its place in the batch
   * @param into where it goes, row-major
   */
  void output(int example, float[] into);

  /** Ends the reading of the newest step: another thread may compute the next one. */
  void release();
}
