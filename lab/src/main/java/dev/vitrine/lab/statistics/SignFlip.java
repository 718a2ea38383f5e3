package dev.vitrine.lab.statistics;

/**
 * The exact sign-flip test of paired differences (Fisher, 1935): if two arms do not differ, each
 * difference might as well have had the other sign. Of all 2ⁿ ways to choose the signs, p is the
 * share of those whose sum is at least as far from 0 as the one seen. It assumes nothing of how the
 * differences are spread but that their signs are free; it cannot go below {@code 2/2ⁿ}.
 */
public final class SignFlip {
  /** With more than so many differences the tails are counted by halves. */
  private static final int MOST = 40;

  private SignFlip() {}

  /**
   * {@return the two-sided p}
   *
   * @param differences paired, finite, 1 to 40
   */
  public static double p(Sample differences) {
    int n = differences.size();
    if (n > MOST || !differences.isFinite()) {
      throw new IllegalArgumentException(
          "A sign-flip test expects 1 to %s finite differences, but got %s of %s"
              .formatted(MOST, n, differences.values()));
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
    // A choice of signs with sum s = 2·(what is taken) − total; |s| ≥ bound by symmetry twice.
    double taken = (total + bound) / 2;
    return Math.min(1, 2 * (double) SubsetSums.atLeast(sizes, taken) / Math.pow(2, n));
  }

  /**
   * {@return the smallest p that so many differences can give: 2/2ⁿ}
   *
   * @param n how many, at least 1
   */
  public static double smallest(int n) {
    return Math.min(1, 2 / Math.pow(2, n));
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
