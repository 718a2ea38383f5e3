package dev.vitrine.image;

/** How often each level, or difference of levels, occurs: whole numbers from −255 to 255. */
final class Levels {
  private static final int MOST = 255;

  private final int[] counts = new int[2 * MOST + 1];
  private int total;

  /** Of a grey picture. */
  static Levels of(Raster grey) {
    Levels levels = new Levels();
    for (int y = 0; y < grey.height(); y++) {
      for (int x = 0; x < grey.width(); x++) {
        levels.add(grey.get(x, y, 0));
      }
    }
    return levels;
  }

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

  /** The level of the one that is the {@code count}th from below, or the highest. */
  int smallest(int count) {
    int level = -MOST;
    for (int sum = counts[0]; sum < count && level < MOST; sum += counts[level + MOST]) {
      level++;
    }
    return level;
  }

  /** The level of the one that is the {@code count}th from above, or the lowest. */
  int largest(int count) {
    return smallest(Math.max(1, total - count + 1));
  }

  /** How far the levels are apart, but for a few on each side. */
  int range(int few) {
    return largest(few) - smallest(few);
  }

  /** From the 10th percentile to the 90th. */
  int spread() {
    return percentile(90) - percentile(10);
  }
}
