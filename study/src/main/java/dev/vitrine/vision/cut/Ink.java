package dev.vitrine.vision.cut;

import java.util.Objects;

/**
 * How much ink lies on each point of a piece of paper: 0 (none) … 1 (as dark as the pen writes).
 * Values outside that range are taken for the nearer end.
 */
public final class Ink {
  private final int width;
  private final int height;
  private final float[] values;

  /**
   * Ink on a rectangle.
   *
   * @param width columns, at least 1
   * @param height rows, at least 1
   * @param values row by row; the array is kept, not copied
   * @throws IllegalArgumentException if there are not {@code width · height} values, or none
   */
  public Ink(int width, int height, float[] values) {
    Objects.requireNonNull(values, "values");
    if (width < 1 || height < 1 || values.length != (long) width * height) {
      throw new IllegalArgumentException(
          "Ink of %s × %s expects as many values, but got %s"
              .formatted(width, height, values.length));
    }
    this.width = width;
    this.height = height;
    this.values = values;
  }

  /** {@return how many columns there are} */
  public int width() {
    return width;
  }

  /** {@return how many rows there are} */
  public int height() {
    return height;
  }

  /**
   * {@return the ink of a point, 0 … 1; 0 outside}
   *
   * @param x the column
   * @param y the row
   */
  public float at(int x, int y) {
    if (x < 0 || y < 0 || x >= width || y >= height) {
      return 0;
    }
    return Math.clamp(values[y * width + x], 0f, 1f);
  }

  /**
   * {@return the ink between points, by bilinear interpolation; the centre of the first point is at
   * (0, 0)}
   *
   * @param x along the columns
   * @param y along the rows
   */
  public float between(double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    float right = (float) (x - left);
    float below = (float) (y - top);
    float upper = at(left, top) * (1 - right) + at(left + 1, top) * right;
    float lower = at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right;
    return upper * (1 - below) + lower * below;
  }
}
