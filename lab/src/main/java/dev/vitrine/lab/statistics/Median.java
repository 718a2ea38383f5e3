package dev.vitrine.lab.statistics;

import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The median of measurements, and an interval of it that assumes nothing of how they are spread: it
 * reaches from the k-th smallest to the k-th largest value, with the largest k for which fewer than
 * k heads in n tosses, or tails, have no more than the chance that is left (the sign test turned
 * round).
 *
 * @param value the median
 * @param interval of the true median; without bounds if there are too few values
 */
public record Median(double value, Interval interval) {
  /**
   * {@return the median of a sample}
   *
   * @param sample finite values
   * @param level of the interval, such as 0.95; it holds the true median at least so often
   */
  public static Median of(Sample sample, double level) {
    List<Double> sorted = sample.values().stream().sorted().toList();
    int n = sorted.size();
    double value = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    BinomialDistribution heads = BinomialDistribution.of(n, 0.5);
    int k = 0;
    while (2 * heads.cumulativeProbability(k) <= 1 - level) {
      k++;
    }
    return new Median(
        value,
        k == 0
            ? new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, level)
            : new Interval(sorted.get(k - 1), sorted.get(n - k), level));
  }
}
