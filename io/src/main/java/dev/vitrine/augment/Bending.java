package dev.vitrine.augment;

import dev.vitrine.random.RandomStream;
import dev.vitrine.tensor.Shape;

/**
 * Smooth random displacements: a uniform number for each pixel and direction, smoothed by a
 * Gaussian along rows, then along columns. The field closes in itself, the last pixel of a row
 * beside the first, so that displacements spread alike everywhere.
 */
final class Bending {
  /** Beyond so many deviations a Gaussian is nothing. */
  private static final double REACH = 3;

  /** Of numbers uniform in [−1, 1). */
  private static final double VARIANCE = 1 / 3.0;

  private final int height;
  private final int width;
  private final float[] across;
  private final float[] down;

  /** Displacements in pixels, row by row. */
  record Field(float[] x, float[] y) {}

  Bending(Augmentation.Elastic how, Shape shape) {
    height = shape.size(1);
    width = shape.size(2);
    double[] rows = gaussian(how.sigma(), width);
    double[] columns = gaussian(how.sigma(), height);
    double spread = StrictMath.sqrt(VARIANCE * squares(rows) * squares(columns));
    across = floats(rows, 1);
    down = floats(columns, how.pixels() / spread);
  }

  /** Taps around the middle one, which sum to 1; where they go round the side, they meet. */
  private static double[] gaussian(double sigma, int side) {
    int reach = (int) Math.ceil(REACH * sigma);
    double[] taps = new double[Math.min(2 * reach + 1, side)];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      double value = StrictMath.exp(-i * i / (2 * sigma * sigma));
      taps[Math.floorMod(i + taps.length / 2, taps.length)] += value;
      sum += value;
    }
    for (int t = 0; t < taps.length; t++) {
      taps[t] /= sum;
    }
    return taps;
  }

  private static double squares(double[] taps) {
    double sum = 0;
    for (double tap : taps) {
      sum += tap * tap;
    }
    return sum;
  }

  private static float[] floats(double[] taps, double factor) {
    float[] floats = new float[taps.length];
    for (int t = 0; t < taps.length; t++) {
      floats[t] = (float) (factor * taps[t]);
    }
    return floats;
  }

  /** A field from a draw for each pixel, column by column, from the index {@code first} on. */
  Field drawn(RandomStream random, long first) {
    float[] x = new float[height * width];
    float[] y = new float[height * width];
    for (int i = 0; i < x.length; i++) {
      long bits = random.bits(first + i);
      x[i] = (int) bits * 0x1p-31f;
      y[i] = (int) (bits >> 32) * 0x1p-31f;
    }
    return new Field(smoothed(x), smoothed(y));
  }

  /** From columns to rows: what is smoothed is the outer axis each time, in long loops. */
  private float[] smoothed(float[] columns) {
    float[] once = smoothed(columns, across, height);
    float[] rows = new float[once.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rows[y * width + x] = once[x * height + y];
      }
    }
    return smoothed(rows, down, width);
  }

  /** Along the outer axis, round its end; {@code inner} is the other axis's length. */
  private static float[] smoothed(float[] field, float[] taps, int inner) {
    int n = field.length;
    float[] sums = new float[n];
    float[] turned = new float[n];
    for (int t = 0; t < taps.length; t++) {
      int ahead = Math.floorMod((t - taps.length / 2) * inner, n);
      System.arraycopy(field, ahead, turned, 0, n - ahead);
      System.arraycopy(field, 0, turned, n - ahead, ahead);
      add(taps[t], turned, sums);
    }
    return sums;
  }

  /** At the same places of both arrays: C2 makes no vectors of it otherwise. */
  private static void add(float tap, float[] from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += tap * from[i];
    }
  }
}
