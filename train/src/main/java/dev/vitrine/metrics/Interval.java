package dev.vitrine.metrics;

/**
 * A range of plausible values for a proportion.
 *
 * @param low the lower end, in [0, 1]
 * @param high the upper end, in [low, 1]
 */
public record Interval(double low, double high) {
  /** The 0.975 quantile of the standard normal distribution: 95 % lie within ± this. */
  private static final double Z95 = 1.959963984540054;

  /** Checks the ends. */
  public Interval {
    if (!(0 <= low && low <= high && high <= 1)) {
      throw new IllegalArgumentException(
          "Interval expects 0 ≤ low ≤ high ≤ 1, but got %s and %s".formatted(low, high));
    }
  }

  /**
   * {@return Wilson's score interval (Wilson, 1927), which covers the true proportion in about 95 %
   * of experiments} Unlike {@code p ± 1.96·√(p(1−p)/n)} it stays inside [0, 1] and is not empty
   * when nothing, or everything, succeeds:
   *
   * <pre>(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)</pre>
   *
   * @param successes how many trials succeeded
   * @param trials how many were made; with none the interval is [0, 1]
   * @throws IllegalArgumentException unless {@code 0 ≤ successes ≤ trials}
   */
  public static Interval wilson95(long successes, long trials) {
    if (successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "Wilson's interval expects 0 ≤ successes ≤ trials, but got %s of %s"
              .formatted(successes, trials));
    }
    if (trials == 0) {
      return new Interval(0, 1);
    }
    double p = (double) successes / trials;
    double z2 = Z95 * Z95 / trials;
    double centre = p + z2 / 2;
    double reach = Math.sqrt(p * (1 - p) * z2 + z2 * z2 / 4);
    double low = successes == 0 ? 0 : (centre - reach) / (1 + z2);
    double high = successes == trials ? 1 : (centre + reach) / (1 + z2);
    return new Interval(low, high);
  }
}
