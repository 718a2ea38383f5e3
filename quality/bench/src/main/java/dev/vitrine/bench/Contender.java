package dev.vitrine.bench;

import dev.vitrine.data.Dataset;
import dev.vitrine.workload.Workload;

/** A framework that trains a workload. */
public interface Contender {
  /**
   * Does one whole training step on the next batch: from bytes to updated parameters.
   *
   * @return the batch's mean loss before the update, read back
   */
  double step();

  /** The parameters named as in Vitrine's model, in its layout; for comparisons, not timed. */
  float[] parameter(String name);

  /** Makes contenders. */
  interface Factory {
    /** The framework's name and version. */
    String title();

    /**
     * A training of {@link Workload#model()} on the given data, in the order of {@link Batches}.
     *
     * @param threads how many threads the framework may use
     */
    Contender open(Workload workload, Dataset data, int threads);
  }
}
