package dev.vitrine.train;

/**
 * Where the examples of each step come from, and in which order. A batch is a pure function of the
 * step, the seed and the data, whoever asks and in whatever order: what is random in it comes from
 * streams keyed by purpose, epoch and example. Used by one thread at a time; a second source made
 * alike gives the same batches.
 */
public interface BatchSource {
  /** {@return how many examples a batch has; an epoch's last may have fewer} */
  int batchSize();

  /** {@return how many batches an epoch has} */
  int stepsPerEpoch();

  /** {@return whether what is right for an example is a class, so that hits can be counted} */
  boolean labelled();

  /**
   * {@return the batch of a step}
   *
   * @param step its number, from 0
   */
  Batch at(long step);
}
