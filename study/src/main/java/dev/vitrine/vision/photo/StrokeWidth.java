package dev.vitrine.vision.photo;

/**
 * How wide strokes usually are, from runs: the median over all set pixels of the shorter of the two
 * runs, along its row and along its column, that a pixel is part of.
 */
final class StrokeWidth {
  private static final int LONGEST = 4096;

  private StrokeWidth() {}

  /** In pixels; 0 if nothing is set. */
  static float of(boolean[] set, int width, int height) {
    short[] rows = new short[set.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = x;
        while (x < width && set[y * width + x]) {
          x++;
        }
        for (int i = from; i < x; i++) {
          rows[y * width + i] = (short) Math.min(LONGEST, x - from);
        }
      }
    }
    int[] counts = new int[LONGEST + 1];
    int[] open = new int[width];
    int total = 0;
    for (int y = 0; y <= height; y++) {
      for (int x = 0; x < width; x++) {
        if (y < height && set[y * width + x]) {
          open[x]++;
        } else if (open[x] > 0) {
          for (int row = y - open[x]; row < y; row++) {
            counts[Math.min(rows[row * width + x], Math.min(LONGEST, open[x]))]++;
            total++;
          }
          open[x] = 0;
        }
      }
    }
    int passed = 0;
    for (int length = 1; length <= LONGEST; length++) {
      passed += counts[length];
      if (2 * passed >= total && total > 0) {
        return length;
      }
    }
    return 0;
  }
}
