package dev.vitrine.look.pixels;

import dev.vitrine.tensor.Shape;
import java.util.Objects;

/**
 * By how much a class's score falls when a square of the picture is covered.
 *
 * @param side of the square, in pixels
 * @param stride pixels from one square's middle to the next
 * @param rows of squares
 * @param columns of squares
 * @param falls by how much, square by square, row by row; below 0 where the score rises
 */
public record Occlusion(int side, int stride, int rows, int columns, double[] falls) {
  private static final int MOST_SQUARES = 1024;
  private static final int SHARE = 5;

  /**
   * {@return the falls for squares of a fifth of the picture's shorter side, as many as there are
   * pixels, but at most about 1,024}
   *
   * @param scores the network's scores
   * @param unit the class
   * @param example the numbers of a picture {@code (C, H, W)}
   * @param cover what the square's numbers become, alike
   */
  public static Occlusion of(UnitGradient scores, int unit, float[] example, float[] cover) {
    Objects.requireNonNull(scores, "scores");
    Shape shape = scores.input();
    int height = shape.size(1);
    int width = shape.size(2);
    int side = Math.max(1, Math.min(height, width) / SHARE);
    int stride = (int) Math.ceil(Math.sqrt((double) height * width / MOST_SQUARES));
    int rows = Math.ceilDiv(height, stride);
    int columns = Math.ceilDiv(width, stride);
    float[] weights = scores.unit(unit);
    double whole = scores.of(weights, new float[][] {example}).values()[0];
    double[] falls = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      float[][] covered = new float[columns][];
      for (int column = 0; column < columns; column++) {
        covered[column] = covered(shape, example, cover, side, row * stride, column * stride);
      }
      double[] left = scores.of(weights, covered).values();
      for (int column = 0; column < columns; column++) {
        falls[row * columns + column] = whole - left[column];
      }
    }
    return new Occlusion(side, stride, rows, columns, falls);
  }

  /** The picture with a square covered whose middle is at a pixel; at an edge a part of one. */
  private static float[] covered(
      Shape shape, float[] example, float[] cover, int side, int row, int column) {
    float[] covered = example.clone();
    int height = shape.size(1);
    int width = shape.size(2);
    for (int c = 0; c < shape.size(0); c++) {
      for (int r = row - side / 2; r < row - side / 2 + side; r++) {
        for (int k = column - side / 2; k < column - side / 2 + side; k++) {
          if (r >= 0 && r < height && k >= 0 && k < width) {
            int at = (c * height + r) * width + k;
            covered[at] = cover[at];
          }
        }
      }
    }
    return covered;
  }
}
