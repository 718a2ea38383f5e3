package dev.vitrine.lab.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * An interval that holds what it is of, such as a true mean, in a stated share of experiments; of a
 * proportion {@link dev.vitrine.metrics.Interval} has it.
 *
 * @param low its lower end
 * @param high its upper end
 * @param level that share, such as 0.95
 */
public record Interval(double low, double high, double level) {
  /**
   * {@return Student's interval of a mean: mean ± t·s/√n, with t of n − 1 degrees of freedom} Of
   * paired differences it is that of the paired t test. One value gives all numbers.
   *
   * @param sample what was measured
   * @param level in (0, 1)
   */
  public static Interval ofMean(Sample sample, double level) {
    int n = sample.size();
    double half =
        n == 1
            ? Double.POSITIVE_INFINITY
            : t(n - 1, (1 - level) / 2) * sample.deviation() / Math.sqrt(n);
    return new Interval(sample.mean() - half, sample.mean() + half, level);
  }

  /**
   * {@return the interval in which one more value would lie: mean ± t·s·√(1 + 1/n), with t of n − 1
   * degrees of freedom, if values are normal} One value gives all numbers.
   *
   * @param sample what was measured
   * @param level in (0, 1)
   */
  public static Interval ofNext(Sample sample, double level) {
    Interval mean = ofMean(sample, level);
    double half = (mean.high - sample.mean()) * Math.sqrt(sample.size() + 1.0);
    return new Interval(sample.mean() - half, sample.mean() + half, level);
  }

  /** What Student's t exceeds with that probability. */
  static double t(int degrees, double probability) {
    return TDistribution.of(degrees).inverseSurvivalProbability(probability);
  }

  /**
   * {@return whether a value lies within}
   *
   * @param value any number
   */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
