package dev.vitrine.lab.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The exact sign test: of events that are of one of two kinds, whether both kinds are as likely. Of
 * networks' errors, whether two pairs of classes are confused equally often; of images that only
 * one of two networks reads rightly, whether the networks differ (McNemar, 1947).
 */
public final class SignTest {
  private SignTest() {}

  /**
   * {@return the two-sided p: of n = first + second tosses of a fair coin, the chance of a split at
   * least as uneven; 1 without any}
   *
   * @param first how many events of one kind
   * @param second how many of the other
   */
  public static double p(long first, long second) {
    int n = Math.toIntExact(first + second);
    if (first < 0 || second < 0) {
      throw new IllegalArgumentException(
          "A sign test expects counts of 0 or more, but got %s and %s".formatted(first, second));
    }
    if (n == 0) {
      return 1;
    }
    int fewer = (int) Math.min(first, second);
    return Math.min(1, 2 * BinomialDistribution.of(n, 0.5).cumulativeProbability(fewer));
  }
}
