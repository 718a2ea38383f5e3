package dev.vitrine.image;

import java.util.Objects;

/**
 * Bilinear resizing with antialiasing, bit for bit that of Pillow's {@code Image.resize(size,
 * BILINEAR)} (Pillow, {@code Resample.c}): along each axis, output {@code o} is the weighted mean
 * of the inputs around {@code c = (o + ½)·s}, {@code s = in/out}, with weights {@code max(0, 1 − |i
 * + ½ − c|/max(1, s))}, in fixed point of 22 bits; first the rows, rounded to 8 bits, then the
 * columns.
 */
public final class Resampler {
  /** Of a weight's fraction. */
  static final int BITS = 22;

  private Resampler() {}

  /**
   * {@return a part of a picture that is resized} Only that part is computed, so the whole may be
   * large.
   *
   * @param picture of any size
   * @param width of the whole after resizing
   * @param height of the whole after resizing
   * @param part what to compute of it
   * @throws IndexOutOfBoundsException if the part reaches over the edge
   */
  public static Raster resize(Raster picture, int width, int height, Box part) {
    Objects.checkFromIndexSize(part.x(), part.width(), width);
    Objects.checkFromIndexSize(part.y(), part.height(), height);
    Weights across = Weights.of(picture.width(), width, part.x(), part.width());
    Weights down = Weights.of(picture.height(), height, part.y(), part.height());
    // Rows that no output reads are left out.
    int top = down.first[0];
    int bottom = down.first[part.height() - 1] + down.count[part.height() - 1];
    Raster narrow = Raster.black(part.width(), bottom - top, picture.channels());
    for (int y = top; y < bottom; y++) {
      across.row(picture, y, narrow, y - top);
    }
    Raster resized = Raster.black(part.width(), part.height(), picture.channels());
    for (int y = 0; y < part.height(); y++) {
      down.column(narrow, top, resized, y);
    }
    return resized;
  }

  /**
   * {@return what {@link #resize(Raster, int, int, Box)} gives for the whole}
   *
   * @param picture of any size
   * @param width columns afterwards
   * @param height rows afterwards
   */
  public static Raster resize(Raster picture, int width, int height) {
    return resize(picture, width, height, new Box(0, 0, width, height));
  }

  /**
   * A part of a picture.
   *
   * @param x its left column
   * @param y its upper row
   * @param width columns, at least 1
   * @param height rows, at least 1
   */
  public record Box(int x, int y, int width, int height) {}

  /** Of each output along an axis: the first input that counts, how many do, and their weights. */
  record Weights(int[] first, int[] count, int[][] weight) {
    static Weights of(int in, int out, int from, int outputs) {
      Weights all = new Weights(new int[outputs], new int[outputs], new int[outputs][]);
      double scale = (double) in / out;
      double reach = Math.max(1, scale);
      for (int o = 0; o < outputs; o++) {
        double centre = (from + o + 0.5) * scale;
        int low = Math.max(0, (int) (centre - reach + 0.5));
        int high = Math.min(in, (int) (centre + reach + 0.5));
        all.first[o] = low;
        all.count[o] = high - low;
        all.weight[o] = normalised(low, high, centre, reach);
      }
      return all;
    }

    int outputs() {
      return first.length;
    }

    int first(int output) {
      return first[output];
    }

    int[] weight(int output) {
      return weight[output];
    }

    private static int[] normalised(int low, int high, double centre, double reach) {
      double[] exact = new double[high - low];
      double sum = 0;
      for (int i = 0; i < exact.length; i++) {
        exact[i] = Math.max(0, 1 - Math.abs((i + low - centre + 0.5) * (1 / reach)));
        sum += exact[i];
      }
      int[] fixed = new int[exact.length];
      for (int i = 0; i < fixed.length; i++) {
        fixed[i] = (int) (0.5 + exact[i] / sum * (1 << BITS));
      }
      return fixed;
    }

    void row(Raster from, int y, Raster to, int row) {
      for (int x = 0; x < to.width(); x++) {
        for (int channel = 0; channel < to.channels(); channel++) {
          long sum = 1 << (BITS - 1);
          for (int i = 0; i < count[x]; i++) {
            sum += (long) weight[x][i] * from.get(first[x] + i, y, channel);
          }
          to.set(x, row, channel, (int) Math.min(255, sum >> BITS));
        }
      }
    }

    void column(Raster from, int top, Raster to, int y) {
      for (int x = 0; x < to.width(); x++) {
        for (int channel = 0; channel < to.channels(); channel++) {
          long sum = 1 << (BITS - 1);
          for (int i = 0; i < count[y]; i++) {
            sum += (long) weight[y][i] * from.get(x, first[y] - top + i, channel);
          }
          to.set(x, y, channel, (int) Math.min(255, sum >> BITS));
        }
      }
    }
  }
}
