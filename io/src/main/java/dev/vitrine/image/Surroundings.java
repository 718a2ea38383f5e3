package dev.vitrine.image;

/**
 * How a grey picture's pixels differ from the median of the square around them, a good quarter of
 * the picture's longer side wide. Where strokes are thinner than half of that, the median is their
 * ground, whatever lies on it: a shadow's edge, a frame.
 */
final class Surroundings {
  /** Of the longer side, on each side of the square's middle. */
  private static final int PART = 7;

  private static final int LEVELS = 256;

  private final Raster grey;
  private final int reach;
  private final int[] counts = new int[LEVELS];
  private int total;
  private int median;
  private int below;

  private Surroundings(Raster grey) {
    this.grey = grey;
    reach = Math.max(1, Math.max(grey.width(), grey.height()) / PART);
  }

  /** Every pixel less the median of its surroundings. */
  static Levels differences(Raster grey) {
    Levels differences = new Levels();
    for (int y = 0; y < grey.height(); y++) {
      var row = new Surroundings(grey);
      for (int x = -row.reach; x < grey.width(); x++) {
        row.column(x + row.reach, y, 1);
        row.column(x - row.reach - 1, y, -1);
        if (x >= 0) {
          differences.add(grey.get(x, y, 0) - row.median());
        }
      }
    }
    return differences;
  }

  /** Adds the square's part of a column, or takes it away. */
  private void column(int x, int middle, int times) {
    if (x < 0 || x >= grey.width()) {
      return;
    }
    int to = Math.min(grey.height() - 1, middle + reach);
    for (int y = Math.max(0, middle - reach); y <= to; y++) {
      int level = grey.get(x, y, 0);
      counts[level] += times;
      total += times;
      if (level < median) {
        below += times;
      }
    }
  }

  private int median() {
    while (2 * below > total) {
      median--;
      below -= counts[median];
    }
    while (2 * (below + counts[median]) < total) {
      below += counts[median];
      median++;
    }
    return median;
  }
}
