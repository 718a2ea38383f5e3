package dev.vitrine.vision.photo;

import dev.vitrine.image.Raster;
import java.util.Objects;

/**
 * One number for each pixel of a picture. It is written while it is made, and then only read.
 *
 * @param width columns
 * @param height rows
 * @param values row by row; the array is shared, not copied
 */
public record Plane(int width, int height, float[] values) {
  /**
   * The numbers.
   *
   * @throws IllegalArgumentException if there are not {@code width · height}, or none
   */
  public Plane {
    Objects.requireNonNull(values, "values");
    if (width < 1 || height < 1 || values.length != width * height) {
      throw new IllegalArgumentException(
          "A plane of %s × %s expects as many numbers, but got %s"
              .formatted(width, height, values.length));
    }
  }

  /** {@return a plane of zeros} */
  static Plane zeros(int width, int height) {
    return new Plane(width, height, new float[width * height]);
  }

  /** {@return one channel of a picture, 0 … 255} */
  static Plane channel(Raster picture, int channel) {
    Plane plane = zeros(picture.width(), picture.height());
    for (int y = 0, i = 0; y < plane.height; y++) {
      for (int x = 0; x < plane.width; x++, i++) {
        plane.values[i] = picture.get(x, y, channel);
      }
    }
    return plane;
  }

  /**
   * {@return the number of a pixel}
   *
   * @param x the column
   * @param y the row
   */
  public float at(int x, int y) {
    return values[y * width + x];
  }

  /** {@return the plane averaged over squares of {@code step × step}, the last ones smaller} */
  Plane averaged(int step) {
    if (step == 1) {
      return new Plane(width, height, values.clone());
    }
    Plane small = zeros(Math.ceilDiv(width, step), Math.ceilDiv(height, step));
    for (int y = 0; y < height; y++) {
      int to = y / step * small.width;
      for (int x = 0; x < width; x++) {
        small.values[to + x / step] += values[y * width + x];
      }
    }
    for (int y = 0, i = 0; y < small.height; y++) {
      int rows = Math.min(step, height - y * step);
      for (int x = 0; x < small.width; x++, i++) {
        small.values[i] /= rows * Math.min(step, width - x * step);
      }
    }
    return small;
  }

  /** {@return what lies between the pixels, bilinearly; what lies outside is as the border} */
  float between(float x, float y) {
    float inX = Math.clamp(x, 0, width - 1);
    float inY = Math.clamp(y, 0, height - 1);
    int left = Math.min((int) inX, Math.max(0, width - 2));
    int top = Math.min((int) inY, Math.max(0, height - 2));
    int right = Math.min(left + 1, width - 1);
    int below = Math.min(top + 1, height - 1);
    float shareX = inX - left;
    float shareY = inY - top;
    float upper = at(left, top) * (1 - shareX) + at(right, top) * shareX;
    float lower = at(left, below) * (1 - shareX) + at(right, below) * shareX;
    return upper * (1 - shareY) + lower * shareY;
  }

  /** {@return the plane turned by quarters of a turn, clockwise} */
  Plane turned(int quarters) {
    boolean swaps = quarters % 2 == 1;
    Plane other = zeros(swaps ? height : width, swaps ? width : height);
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        int to =
            switch (quarters) {
              case 1 -> x * other.width + (height - 1 - y);
              case 2 -> (height - 1 - y) * width + (width - 1 - x);
              case 3 -> (width - 1 - x) * other.width + y;
              default -> i;
            };
        other.values[to] = values[i];
      }
    }
    return other;
  }
}
