package dev.vitrine.lab.statistics;

import java.util.Arrays;

/** Counts subsets by their sums: both halves are listed, sorted, and met in the middle. */
final class SubsetSums {
  private SubsetSums() {}

  /** How many of the 2ⁿ subsets have a sum of at least {@code bound}. */
  static long atLeast(double[] values, double bound) {
    int half = values.length / 2;
    double[] left = sums(values, 0, half);
    double[] right = sums(values, half, values.length);
    long count = 0;
    int from = right.length;
    for (double sum : left) { // rising, so that ever more of the right will do
      while (from > 0 && sum + right[from - 1] >= bound) {
        from--;
      }
      count += right.length - from;
    }
    return count;
  }

  private static double[] sums(double[] values, int from, int to) {
    double[] sums = new double[1 << (to - from)];
    for (int mask = 1; mask < sums.length; mask++) {
      int lowest = Integer.numberOfTrailingZeros(mask);
      sums[mask] = sums[mask & (mask - 1)] + values[from + lowest];
    }
    Arrays.sort(sums);
    return sums;
  }
}
