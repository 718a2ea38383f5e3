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
    float[] window = new float[(2 * reach / stride + 2) * (2 * reach / stride + 2)];
    for (int row = 0, i = 0; row < level.height(); row++) {
      for (int column = 0; column < level.width(); column++, i++) {
        int found = gather(plane, column * step, row * step, reach, stride, window);
        Arrays.sort(window, 0, found);
        level.values()[i] = window[found * MIDDLE / ALL];
        spread.values()[i] = (level.values()[i] - window[found * LOW / ALL]) / DEVIATIONS;
      }
    }
    return new Local(level, spread, step);
  }

  private static int gather(Plane plane, int x, int y, int reach, int stride, float[] window) {
    int midX = Math.min(x, plane.width() - 1);
    int midY = Math.min(y, plane.height() - 1);
    int found = 0;
    for (int dy = -reach; dy <= reach; dy += stride) {
      int atY = midY + dy;
      for (int dx = -reach; atY >= 0 && atY < plane.height() && dx <= reach; dx += stride) {
        int atX = midX + dx;
        if (atX >= 0 && atX < plane.width()) {
          window[found++] = plane.at(atX, atY);
        }
      }
    }
    return found;
  }

  float levelAt(int x, int y) {
    return level.between((float) x / step, (float) y / step);
  }

  float spreadAt(int x, int y) {
    return spread.between((float) x / step, (float) y / step);
  }
}
