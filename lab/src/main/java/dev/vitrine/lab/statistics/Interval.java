package dev.vitrine.lab.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * An interval that holds the true value in a stated share of experiments.
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
   * {@return Wilson's interval of a proportion (1927), such as an accuracy}
   *
   * @param hits how many were right
   * @param of how many there were, at least 1
   * @param level in (0, 1)
   */
  public static Interval ofProportion(long hits, long of, double level) {
    if (of < 1 || hits < 0 || hits > of) {
      throw new IllegalArgumentException(
          "A proportion expects 0 to %s hits of 1 or more, but got %s".formatted(of, hits));
    }
    double z = z((1 - level) / 2);
    double share = (double) hits / of;
    double shrink = 1 + z * z / of;
    double centre = (share + z * z / (2.0 * of)) / shrink;
    double half = z * Math.sqrt(share * (1 - share) / of + z * z / (4.0 * of * of)) / shrink;
    double low = hits == 0 ? 0 : centre - half;
    double high = hits == of ? 1 : centre + half;
    return new Interval(low, high, level);
  }

  /** What Student's t exceeds with that probability. */
  static double t(int degrees, double probability) {
    return TDistribution.of(degrees).inverseSurvivalProbability(probability);
  }

  private static double z(double probability) {
    return NormalDistribution.of(0, 1).inverseSurvivalProbability(probability);
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
