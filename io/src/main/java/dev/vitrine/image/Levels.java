package dev.vitrine.image;

/** How often each level, or difference of levels, occurs: whole numbers from −255 to 255. */
final class Levels {
  private static final int MOST = 255;

  private final int[] counts = new int[2 * MOST + 1];
  private int total;

  void add(int level) {
    counts[level + MOST]++;
    total++;
  }

  /** How many were added. */
  int total() {
    return total;
  }

  /** How many are from {@code −most} to {@code most}. */
  int within(int most) {
    int sum = 0;
    for (int level = -most; level <= most; level++) {
      sum += counts[level + MOST];
    }
    return sum;
  }

  /** The smallest level that {@code percent} of all do not exceed. */
  int percentile(int percent) {
    long sum = counts[0];
    int level = -MOST;
    while (sum * 100 < (long) percent * total) {
      level++;
      sum += counts[level + MOST];
    }
    return level;
  }

  /** From the 10th percentile to the 90th. */
  int spread() {
    return percentile(90) - percentile(10);
  }
}
