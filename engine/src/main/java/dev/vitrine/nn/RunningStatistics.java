package dev.vitrine.nn;

import dev.vitrine.op.Value;
import java.util.Objects;

/**
 * Buffers that follow the statistics of the batches of a training. After each step
 *
 * <pre>
 *   mean     ← (1 − momentum) · mean     + momentum · batchMean
 *   variance ← (1 − momentum) · variance + momentum · batchVariance · M / (M − 1)
 * </pre>
 *
 * with M = positions · examples of the batch, as PyTorch does it: the batch's own variance is the
 * biased estimate, the running one follows the unbiased. A batch of M = 1 leaves the variance as it
 * is: one number says nothing of it.
 *
 * @param mean the name of the buffer of means
 * @param variance the name of the buffer of variances
 * @param batchMean the batch's means, a value of the training graph
 * @param batchVariance the batch's biased variances, a value of the training graph
 * @param positions how many elements of each channel an example has
 * @param momentum the weight of the newest batch
 */
public record RunningStatistics(
    String mean,
    String variance,
    Value batchMean,
    Value batchVariance,
    int positions,
    double momentum) {
  /** Refuses {@code null}. */
  public RunningStatistics {
    Objects.requireNonNull(mean, "mean");
    Objects.requireNonNull(variance, "variance");
    Objects.requireNonNull(batchMean, "batchMean");
    Objects.requireNonNull(batchVariance, "batchVariance");
  }
}
