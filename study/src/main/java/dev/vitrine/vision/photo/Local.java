package dev.vitrine.vision.photo;

import java.util.Arrays;

/**
 * What is usual around each pixel of a plane: a low percentile, which is the paper's even where a
 * third of the window is ink, and how far the paper strays from it. Both are found at the nodes of
 * a coarse grid and lie between them bilinearly.
 *
 * @param level the 40th percentile of the window
 * @param spread from the 10th to the 40th percentile, as deviations of a normal distribution
 * @param step how many pixels the nodes are apart
 */
record Local(Plane level, Plane spread, int step) {
  private static final int NODES = 72;
  private static final int SAMPLES = 20;
  private static final int LOW = 10;
  private static final int MIDDLE = 40;
  private static final int ALL = 100;

  /** Contrasts are counted from here on, in so many bins for each 1. */
  private static final float LEAST = -0.3f;

  private static final int BINS = 600;
  private static final int LEVELS = 800;

  /** Between these two percentiles a normal distribution has so many deviations. */
  private static final float DEVIATIONS = 1.03f;

  /**
   * {@return what is usual}
   *
   * @param plane any numbers
   * @param reach how far the window reaches from its middle, in pixels
   */
  static Local of(Plane plane, int reach) {
    int step = Math.max(4, Math.max(plane.width(), plane.height()) / NODES);
    Plane level = Plane.zeros(plane.width() / step + 2, plane.height() / step + 2);
    Plane spread = Plane.zeros(level.width(), level.height());
    int stride = Math.max(1, reach / SAMPLES);
    int[] counts = new int[LEVELS];
    for (int row = 0, i = 0; row < level.height(); row++) {
      for (int column = 0; column < level.width(); column++, i++) {
        Arrays.fill(counts, 0);
        int found = gather(plane, column * step, row * step, reach, stride, counts);
        float middle = percentile(counts, found, MIDDLE);
        level.values()[i] = middle;
        spread.values()[i] = (middle - percentile(counts, found, LOW)) / DEVIATIONS;
      }
    }
    return new Local(level, spread, step);
  }

  private static int gather(Plane plane, int x, int y, int reach, int stride, int[] counts) {
    int midX = Math.min(x, plane.width() - 1);
    int midY = Math.min(y, plane.height() - 1);
    int left = midX - Math.min(midX, reach) / stride * stride;
    int right = Math.min(plane.width() - 1, midX + reach);
    int found = 0;
    for (int atY = midY - Math.min(midY, reach) / stride * stride;
        atY <= Math.min(plane.height() - 1, midY + reach);
        atY += stride) {
      int line = atY * plane.width();
      for (int atX = left; atX <= right; atX += stride) {
        int bin = (int) ((plane.values()[line + atX] - LEAST) * BINS);
        counts[Math.clamp(bin, 0, LEVELS - 1)]++;
        found++;
      }
    }
    return found;
  }

  /** Between the two ends of the bin that it falls into. */
  private static float percentile(int[] counts, int found, int percent) {
    float wanted = (float) found * percent / ALL;
    int passed = 0;
    int bin = 0;
    while (passed + counts[bin] < wanted) {
      passed += counts[bin++];
    }
    float share = counts[bin] == 0 ? 0 : (wanted - passed) / counts[bin];
    return LEAST + (bin + share) / BINS;
  }

  float levelAt(int x, int y) {
    return level.between((float) x / step, (float) y / step);
  }

  float spreadAt(int x, int y) {
    return spread.between((float) x / step, (float) y / step);
  }
}
