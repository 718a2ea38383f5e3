package dev.vitrine.data.digits;

/**
 * Distortions of the whole digit. Elastic: every point is displaced by a smooth random field, a
 * uniform cubic B-spline over a coarse grid of random vectors (in the spirit of Simard, Steinkraus
 * and Platt, "Best Practices for Convolutional Neural Networks", ICDAR 2003, applied to the path of
 * the pen and not to pixels). Affine: width, slant and rotation.
 */
final class Distortion {
  private static final int CELLS = 2;
  private static final int KNOTS = CELLS + 3;
  private static final double LOW = -10;
  private static final double CELL = 60;

  private Distortion() {}

  /** Displaces the points by a smooth field whose knots have the given standard deviation. */
  static void elastic(PenPath path, double deviation, Draws draws) {
    double[] fieldX = new double[KNOTS * KNOTS];
    double[] fieldY = new double[KNOTS * KNOTS];
    for (int k = 0; k < fieldX.length; k++) {
      fieldX[k] = deviation * draws.bell();
      fieldY[k] = deviation * draws.bell();
    }
    double[] wx = new double[4];
    double[] wy = new double[4];
    for (int i = 0; i < path.size(); i++) {
      int column = weights(path.x(i), wx);
      int row = weights(path.y(i), wy);
      double dx = 0;
      double dy = 0;
      for (int a = 0; a < 4; a++) {
        for (int b = 0; b < 4; b++) {
          double w = wy[a] * wx[b];
          int knot = (row + a) * KNOTS + column + b;
          dx += w * fieldX[knot];
          dy += w * fieldY[knot];
        }
      }
      path.move(i, path.x(i) + dx, path.y(i) + dy);
    }
  }

  /** The cell of a coordinate, and the four B-spline weights of the knots around it. */
  private static int weights(double coordinate, double[] w) {
    double u = (coordinate - LOW) / CELL;
    int cell = Math.clamp((long) Math.floor(u), 0, CELLS - 1);
    double t = Math.max(0, Math.min(1, u - cell));
    double s = 1 - t;
    w[0] = s * s * s / 6;
    w[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
    w[2] = (3 * s * s * s - 6 * s * s + 4) / 6;
    w[3] = t * t * t / 6;
    return cell;
  }

  /**
   * Changes proportions between top and bottom: the middle moves down by {@code middle}, so that
   * one loop grows at the other's cost, and widths change from {@code 1 − taper} at the top to
   * {@code 1 + taper} at the bottom.
   */
  static void proportions(PenPath path, double middle, double taper) {
    for (int i = 0; i < path.size(); i++) {
      double t = path.y(i) / 100;
      double x = 50 + (path.x(i) - 50) * (1 + taper * (2 * t - 1));
      path.move(i, x, path.y(i) + middle * 4 * Math.max(0, t * (1 - t)));
    }
  }

  /**
   * Scales x by {@code width}, leans the digit by {@code slant} (x grows by slant · height, so a
   * positive slant leans to the right), then rotates it clockwise by {@code angle} radians.
   */
  static void affine(PenPath path, double width, double slant, double angle) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    for (int i = 0; i < path.size(); i++) {
      double y = path.y(i) - 50;
      double x = width * (path.x(i) - 50) - slant * y;
      path.move(i, cos * x - sin * y, sin * x + cos * y);
    }
  }
}
