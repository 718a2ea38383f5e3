package dev.vitrine.lab.search;

import java.util.List;

/**
 * Several numbers as one.
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
    int n = values.size();
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / n;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Fold(mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)), n);
  }
}
