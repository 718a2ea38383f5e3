package dev.vitrine.data;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;

/** Arrays of numbers as images: bytes if they are 256 levels, else numbers from 0 to 255. */
final class ImageArrays {
  private static final float WHITE = 255;

  /** How far from a whole level a number in single precision may be that stands for it. */
  private static final float ROUNDING = 1e-3f;

  private ImageArrays() {}

  /**
   * The images.
   *
   * @param name what messages call the data
   * @param values from 0 to 255, or from 0 to 1; changed
   * @param levels whether they are from 0 to 255 in any case
   * @throws UserException if they are neither
   */
  static Dataset dataset(
      String name, Shape shape, float[] values, boolean levels, Targets targets) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (!(least >= 0 && most <= WHITE)) {
      throw new UserException(
          "%s: samples of images are 0 to 255, or 0 to 1, but there are some from %s to %s"
              .formatted(name, Decimal.text(least), Decimal.text(most)));
    }
    if (most <= 1 && !levels) {
      for (int i = 0; i < values.length; i++) {
        values[i] *= WHITE;
      }
    }
    byte[] pixels = levels(values);
    return pixels.length == 0
        ? Dataset.of(name, shape, values, targets)
        : Dataset.of(name, shape, pixels, targets);
  }

  /** The levels that numbers stand for; empty if some stand between two. */
  private static byte[] levels(float[] values) {
    byte[] levels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      int level = Math.round(values[i]);
      if (Math.abs(values[i] - level) > ROUNDING) {
        return new byte[0];
      }
      levels[i] = (byte) level;
    }
    return levels;
  }

  /** Images of channels side by side, in the order of planes. */
  static void toPlanes(byte[] pixels, int channels, int area) {
    byte[] one = new byte[channels * area];
    for (int at = 0; at < pixels.length; at += one.length) {
      System.arraycopy(pixels, at, one, 0, one.length);
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < area; i++) {
          pixels[at + c * area + i] = one[i * channels + c];
        }
      }
    }
  }

  /** The same of numbers. */
  static void toPlanes(float[] samples, int channels, int area) {
    float[] one = new float[channels * area];
    for (int at = 0; at < samples.length; at += one.length) {
      System.arraycopy(samples, at, one, 0, one.length);
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < area; i++) {
          samples[at + c * area + i] = one[i * channels + c];
        }
      }
    }
  }
}
