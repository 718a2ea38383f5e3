package dev.vitrine.image;

import java.util.Arrays;

/** Parts of a picture, as pictures of their own. */
final class Parts {
  private Parts() {}

  /** One channel, in grey. */
  static Raster plane(Raster picture, int channel) {
    Raster plane = Raster.black(picture.width(), picture.height(), 1);
    byte[] to = plane.samples();
    for (int i = 0; i < to.length; i++) {
      to[i] = picture.samples()[i * picture.channels() + channel];
    }
    return plane;
  }

  /** A rectangle, its upper left corner at {@code (x, y)}. */
  static Raster rectangle(Raster picture, int x, int y, int columns, int rows) {
    Raster part = Raster.black(columns, rows, picture.channels());
    int line = columns * picture.channels();
    for (int row = 0; row < rows; row++) {
      int from = ((y + row) * picture.width() + x) * picture.channels();
      System.arraycopy(picture.samples(), from, part.samples(), row * line, line);
    }
    return part;
  }

  /**
   * Squares of {@code step × step} pixels averaged; those at the right and below may be smaller.
   */
  static Raster averaged(Raster picture, int step) {
    if (step == 1) {
      return picture;
    }
    int channels = picture.channels();
    int width = Math.ceilDiv(picture.width(), step);
    Raster small = Raster.black(width, Math.ceilDiv(picture.height(), step), channels);
    int[] sums = new int[width * channels];
    for (int y = 0; y < small.height(); y++) {
      Arrays.fill(sums, 0);
      int rows = Math.min(step, picture.height() - y * step);
      for (int row = y * step; row < y * step + rows; row++) {
        int from = row * picture.width() * channels;
        for (int x = 0; x < picture.width(); x++) {
          int to = x / step * channels;
          for (int channel = 0; channel < channels; channel++) {
            sums[to + channel] += Byte.toUnsignedInt(picture.samples()[from++]);
          }
        }
      }
      for (int i = 0; i < sums.length; i++) {
        int pixels = rows * Math.min(step, picture.width() - i / channels * step);
        small.samples()[y * sums.length + i] = (byte) ((2 * sums[i] + pixels) / (2 * pixels));
      }
    }
    return small;
  }
}
