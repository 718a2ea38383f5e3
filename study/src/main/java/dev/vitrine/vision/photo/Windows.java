package dev.vitrine.vision.photo;

import java.util.Arrays;

/**
 * The largest, the smallest and the mean number of the square around each pixel, all in a time that
 * does not depend on the square (van Herk 1992; Gil, Werman 1993). Squares end at the border.
 */
final class Windows {
  private Windows() {}

  /** The largest within {@code reach} pixels in both directions; in place. */
  static void largest(Plane plane, int reach) {
    extreme(plane, reach, 1);
  }

  /** The smallest within {@code reach} pixels in both directions; in place. */
  static void smallest(Plane plane, int reach) {
    extreme(plane, reach, -1);
  }

  private static void extreme(Plane plane, int reach, int sign) {
    int width = plane.width();
    int height = plane.height();
    if (reach < 1) {
      return;
    }
    float[] values = plane.values();
    Line line = new Line(Math.max(width, height), reach, sign);
    for (int y = 0; y < height; y++) {
      line.pass(values, y * width, 1, width);
    }
    for (int x = 0; x < width; x++) {
      line.pass(values, x, width, height);
    }
  }

  /** Buffers for one row or column after the other. */
  private static final class Line {
    private final int window;
    private final int reach;
    private final int sign;
    private final float[] padded;
    private final float[] forward;
    private final float[] backward;

    Line(int longest, int reach, int sign) {
      this.reach = reach;
      this.sign = sign;
      window = 2 * reach + 1;
      int room = (Math.ceilDiv(longest + 2 * reach, window) + 1) * window;
      padded = new float[room];
      forward = new float[room];
      backward = new float[room];
    }

    void pass(float[] values, int from, int step, int length) {
      int total = Math.ceilDiv(length + 2 * reach, window) * window;
      Arrays.fill(padded, 0, total, Float.NEGATIVE_INFINITY);
      for (int i = 0; i < length; i++) {
        padded[reach + i] = sign * values[from + i * step];
      }
      for (int i = 0; i < total; i++) {
        forward[i] = i % window == 0 ? padded[i] : Math.max(forward[i - 1], padded[i]);
      }
      for (int i = total - 1; i >= 0; i--) {
        boolean last = i % window == window - 1;
        backward[i] = last ? padded[i] : Math.max(backward[i + 1], padded[i]);
      }
      for (int i = 0; i < length; i++) {
        values[from + i * step] = sign * Math.max(backward[i], forward[i + window - 1]);
      }
    }
  }

  /** The mean within {@code reach} pixels in both directions; in place. */
  static void mean(Plane plane, int reach) {
    int width = plane.width();
    int height = plane.height();
    float[] values = plane.values();
    double[] sums = new double[Math.max(width, height) + 1];
    for (int y = 0; y < height; y++) {
      mean(values, y * width, 1, width, reach, sums);
    }
    for (int x = 0; x < width; x++) {
      mean(values, x, width, height, reach, sums);
    }
  }

  private static void mean(
      float[] values, int from, int step, int length, int reach, double[] sums) {
    for (int i = 0; i < length; i++) {
      sums[i + 1] = sums[i] + values[from + i * step];
    }
    for (int i = 0; i < length; i++) {
      int low = Math.max(0, i - reach);
      int high = Math.min(length, i + reach + 1);
      values[from + i * step] = (float) ((sums[high] - sums[low]) / (high - low));
    }
  }
}
