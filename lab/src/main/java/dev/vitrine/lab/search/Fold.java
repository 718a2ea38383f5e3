package dev.vitrine.lab.search;

import dev.vitrine.lab.statistics.Sample;
import java.util.List;

/**
 * What a {@link Sample} comes to, or none.
 *
 * @param mean of all; NaN of none
 * @param deviation the standard deviation of a sample, with n − 1; NaN of fewer than two
 * @param n how many
 */
public record Fold(double mean, double deviation, int n) {
  /**
   * {@return the numbers folded}
   *
   * @param values of the seeds, in their order
   */
  public static Fold of(List<Double> values) {
    if (values.isEmpty()) {
      return new Fold(Double.NaN, Double.NaN, 0);
    }
    Sample sample = new Sample(values);
    int n = sample.size();
    return new Fold(sample.mean(), n < 2 ? Double.NaN : sample.deviation(), n);
  }
}
