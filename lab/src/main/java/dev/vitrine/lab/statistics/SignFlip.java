package dev.vitrine.lab.statistics;

import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;

/**
 * The exact sign-flip test of paired differences (Fisher, 1935): if two arms do not differ, each
 * difference might as well have had the other sign. Of all 2ⁿ ways to choose the signs, p is the
 * share of those whose sum is at least as far from 0 as the one seen. It assumes nothing of how the
 * differences are spread but that their signs are free; it cannot go below {@code 2/2ⁿ}. Of more
 * than {@value #MOST} differences {@value #DRAWN} choices are drawn from a fixed seed, and the one
 * seen is counted among them, so that the test keeps its level (Phipson and Smyth, 2010).
 */
public final class SignFlip {
  private static final int MOST = 40;

  private static final int DRAWN = 100_000;

  private SignFlip() {}

  /**
   * {@return the two-sided p}
   *
   * @param differences paired, finite
   */
  public static double p(Sample differences) {
    int n = differences.size();
    if (!differences.isFinite()) {
      throw new IllegalArgumentException(
          "A sign-flip test expects finite differences, but got " + differences.values());
    }
    double[] sizes = differences.values().stream().mapToDouble(Math::abs).toArray();
    double total = 0;
    double seen = 0;
    for (int i = 0; i < n; i++) {
      total += sizes[i];
      seen += differences.values().get(i);
    }
    // Equal sums count as equal whatever the order of addition: a hair below what was seen.
    double bound = Math.abs(seen) - total * 1e-12;
    if (bound <= 0) {
      return 1;
    }
    if (n > MOST) {
      return drawn(sizes, bound);
    }
    // A choice of signs with sum s = 2·(what is taken) − total; |s| ≥ bound by symmetry twice.
    double taken = (total + bound) / 2;
    return Math.min(1, 2 * (double) SubsetSums.atLeast(sizes, taken) / Math.pow(2, n));
  }

  private static double drawn(double[] sizes, double bound) {
    RandomStream signs = Seed.of(1).stream("sign-flip");
    long words = Math.ceilDiv(sizes.length, Long.SIZE);
    int asFar = 1;
    for (int choice = 0; choice < DRAWN; choice++) {
      double sum = 0;
      for (int i = 0; i < sizes.length; i++) {
        long word = signs.bits(choice * words + i / Long.SIZE);
        sum += (word >>> i % Long.SIZE & 1) == 0 ? sizes[i] : -sizes[i];
      }
      asFar += Math.abs(sum) >= bound ? 1 : 0;
    }
    return asFar / (1.0 + DRAWN);
  }

  /**
   * {@return the smallest p that so many differences can give: 2/2ⁿ, or one of all that are drawn}
   *
   * @param n how many, at least 1
   */
  public static double smallest(int n) {
    return n > MOST ? 1 / (1.0 + DRAWN) : Math.min(1, 2 / Math.pow(2, n));
  }

  /**
   * {@return how many differences it takes for a p at or below a level: 6 for 0.05}
   *
   * @param level in (0, 1)
   */
  public static int needed(double level) {
    int n = 1;
    while (smallest(n) > level) {
      n++;
    }
    return n;
  }
}
