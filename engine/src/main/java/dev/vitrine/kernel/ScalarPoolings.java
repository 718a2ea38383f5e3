package dev.vitrine.kernel;

import java.util.Arrays;

/** The poolings of {@link ScalarKernels}. */
public final class ScalarPoolings {
  private static final int LANES = Kernels.LANES;

  private ScalarPoolings() {}

  static void max(PoolTable t, float[] x, int x0, float[] y, int y0) {
    for (int p = 0; p + 1 < t.start().length; p++) {
      for (int lane = 0; lane < LANES; lane++) {
        int best = first(t, p, x, x0 + lane);
        y[y0 + p * LANES + lane] = best < 0 ? 0 : x[best];
      }
    }
  }

  /** The index of a window's first maximum, or of its last NaN; −1 if the window is empty. */
  private static int first(PoolTable t, int p, float[] x, int x0) {
    int best = -1;
    for (int m = t.start()[p]; m < t.start()[p + 1]; m++) {
      int at = x0 + t.member()[m];
      if (best < 0 || x[at] > x[best] || Float.isNaN(x[at])) {
        best = at;
      }
    }
    return best;
  }

  static void maxGradient(
      PoolTable t, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0) {
    Arrays.fill(dx, dx0, dx0 + t.inSize(), 0);
    for (int p = 0; p + 1 < t.start().length; p++) {
      addToMaxima(t, p, x, x0, dy, dy0, dx, dx0);
    }
  }

  /**
   * Adds the dy of window p to its first maximum.
   *
   * @param t the windows' elements in the plane
   * @param p the window's number
   * @param x inputs of the plane
   * @param x0 where x starts in its array
   * @param dy gradients with respect to the outputs
   * @param dy0 where dy starts in its array
   * @param dx gradients with respect to the inputs, added to
   * @param dx0 where dx starts in its array
   */
  public static void addToMaxima(
      PoolTable t, int p, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0) {
    for (int lane = 0; lane < LANES; lane++) {
      int best = first(t, p, x, x0 + lane);
      if (best >= 0) {
        dx[dx0 + best - x0] += dy[dy0 + p * LANES + lane];
      }
    }
  }

  static void average(PoolTable t, float[] x, int x0, float[] y, int y0) {
    for (int p = 0; p < t.scale().length; p++) {
      for (int lane = 0; lane < LANES; lane++) {
        float sum = 0;
        for (int m = t.start()[p]; m < t.start()[p + 1]; m++) {
          sum += x[x0 + t.member()[m] + lane];
        }
        y[y0 + p * LANES + lane] = sum * t.scale()[p];
      }
    }
  }

  static void averageGradient(PoolTable t, float[] dy, int dy0, float[] dx, int dx0) {
    Arrays.fill(dx, dx0, dx0 + t.inSize(), 0);
    for (int p = 0; p < t.scale().length; p++) {
      for (int m = t.start()[p]; m < t.start()[p + 1]; m++) {
        for (int lane = 0; lane < LANES; lane++) {
          int at = dx0 + t.member()[m] + lane;
          dx[at] = Math.fma(dy[dy0 + p * LANES + lane], t.scale()[p], dx[at]);
        }
      }
    }
  }
}
