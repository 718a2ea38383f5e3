package dev.vitrine.vision.cut;

import java.util.Arrays;
import java.util.Objects;

/**
 * How far points are from the edge of a mask, by the exact Euclidean transform in two passes of
 * lower envelopes of parabolas (Felzenszwalb, Huttenlocher 2012).
 */
public final class Distances {
  private static final float FAR = 1e12f;

  private Distances() {}

  /**
   * {@return for each point its distance from the nearest point that is not set, in points: 0 where
   * it is not set itself, 1 next to such a one} What lies outside is not set.
   *
   * @param mask row by row
   * @param width columns
   * @param height rows
   */
  public static float[] inside(boolean[] mask, int width, int height) {
    Objects.requireNonNull(mask, "mask");
    int wide = width + 2;
    int high = height + 2;
    float[] squares = new float[wide * high];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        squares[(y + 1) * wide + x + 1] = mask[y * width + x] ? FAR : 0;
      }
    }
    transform(squares, wide, high);
    float[] distances = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        distances[y * width + x] = (float) Math.sqrt(squares[(y + 1) * wide + x + 1]);
      }
    }
    return distances;
  }

  /**
   * {@return for each point its distance from the edge, positive inside the mask and negative
   * outside it, ½ and −½ on both sides of the edge}
   *
   * @param mask row by row, with nothing set on its border
   * @param width columns
   * @param height rows
   */
  public static float[] signed(boolean[] mask, int width, int height) {
    Objects.requireNonNull(mask, "mask");
    float[] within = new float[mask.length];
    float[] beyond = new float[mask.length];
    for (int i = 0; i < mask.length; i++) {
      within[i] = mask[i] ? FAR : 0;
      beyond[i] = mask[i] ? 0 : FAR;
    }
    transform(within, width, height);
    transform(beyond, width, height);
    float[] signed = new float[mask.length];
    for (int i = 0; i < mask.length; i++) {
      signed[i] =
          (float)
              (mask[i] ? Math.sqrt(within[i]) - 0.5 : 0.5 - Math.sqrt(Math.min(beyond[i], FAR)));
    }
    return signed;
  }

  /**
   * {@return how wide a pen's stroke is, in points: twice the median distance from the edge along
   * the strokes' middle; 0 for an empty mask}
   *
   * @param mask row by row
   * @param width columns
   * @param height rows
   */
  public static float stroke(boolean[] mask, int width, int height) {
    return ridges(mask, inside(mask, width, height), width, height);
  }

  /** {@link #stroke(boolean[], int, int)} where the signed distances are known already. */
  static float stroke(boolean[] mask, float[] signed, int width, int height) {
    float[] distances = new float[signed.length];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = mask[i] ? signed[i] + 0.5f : 0;
    }
    return ridges(mask, distances, width, height);
  }

  private static float ridges(boolean[] mask, float[] distances, int width, int height) {
    float[] ridge = new float[distances.length];
    int found = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (mask[y * width + x] && isRidge(distances, width, height, x, y)) {
          ridge[found++] = distances[y * width + x];
        }
      }
    }
    if (found == 0) {
      return 0;
    }
    Arrays.sort(ridge, 0, found);
    // A stroke one point wide has the distance 1 there, one of two points too, one of three 2.
    return Math.max(1, 2 * ridge[found / 2] - 1);
  }

  private static boolean isRidge(float[] distances, int width, int height, int x, int y) {
    float own = distances[y * width + x];
    float left = x > 0 ? distances[y * width + x - 1] : 0;
    float right = x < width - 1 ? distances[y * width + x + 1] : 0;
    float above = y > 0 ? distances[(y - 1) * width + x] : 0;
    float below = y < height - 1 ? distances[(y + 1) * width + x] : 0;
    return own >= left && own >= right && own >= above && own >= below;
  }

  private static void transform(float[] squares, int width, int height) {
    int most = Math.max(width, height);
    float[] line = new float[most];
    int[] apex = new int[most];
    double[] from = new double[most + 1];
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        line[y] = squares[y * width + x];
      }
      if (isLevel(line, height)) {
        continue;
      }
      envelope(line, height, apex, from);
      for (int y = 0, k = 0; y < height; y++) {
        while (from[k + 1] < y) {
          k++;
        }
        float gap = y - apex[k];
        squares[y * width + x] = gap * gap + line[apex[k]];
      }
    }
    for (int y = 0; y < height; y++) {
      System.arraycopy(squares, y * width, line, 0, width);
      if (isLevel(line, width)) {
        continue;
      }
      envelope(line, width, apex, from);
      for (int x = 0, k = 0; x < width; x++) {
        while (from[k + 1] < x) {
          k++;
        }
        float gap = x - apex[k];
        squares[y * width + x] = gap * gap + line[apex[k]];
      }
    }
  }

  /** Whether all are equal, as in a row without an edge: nothing changes there. */
  private static boolean isLevel(float[] line, int length) {
    for (int i = 1; i < length; i++) {
      if (line[i] != line[0]) {
        return false;
      }
    }
    return true;
  }

  /** Which parabolas are lowest, and from where on. */
  private static void envelope(float[] line, int length, int[] apex, double[] from) {
    int k = 0;
    apex[0] = 0;
    from[0] = Double.NEGATIVE_INFINITY;
    from[1] = Double.POSITIVE_INFINITY;
    for (int q = 1; q < length; q++) {
      double meet = meeting(line, q, apex[k]);
      while (meet <= from[k]) {
        k--;
        meet = meeting(line, q, apex[k]);
      }
      k++;
      apex[k] = q;
      from[k] = meet;
      from[k + 1] = Double.POSITIVE_INFINITY;
    }
  }

  private static double meeting(float[] line, int q, int p) {
    double right = line[q] + (double) q * q;
    double left = line[p] + (double) p * p;
    return (right - left) / (2.0 * (q - p));
  }
}
