package dev.vitrine.data.digits;

import java.util.Arrays;

/**
 * The pen: how wide its line is, and which pixels the line covers.
 *
 * <p>A segment of the path from p to q with radii r and s covers the points whose distance to it,
 * less the radius there, is negative. The smallest such signed distance over all segments is how
 * far a pixel lies outside the ink; {@link Ink} makes a grey level of it.
 */
final class Pen {
  private static final int KNOTS = 4;

  private Pen() {}

  /** Sets the radii: {@code radius} pixels, changed smoothly by pressure along each stroke. */
  static void press(PenPath path, double radius, double pressure, Draws draws) {
    for (int first = 0; first < path.size(); ) {
      int end = first + 1;
      while (end < path.size() && !path.begins(end)) {
        end++;
      }
      double[] knots = new double[KNOTS + 1];
      for (int k = 0; k < KNOTS; k++) {
        knots[k] = 1 + pressure * draws.bell();
      }
      knots[KNOTS] = knots[KNOTS - 1];
      for (int i = first; i < end; i++) {
        double u = (double) (KNOTS - 1) * (i - first) / Math.max(1, end - 1 - first);
        int k = (int) u;
        double factor = knots[k] + (u - k) * (knots[k + 1] - knots[k]);
        path.radius(i, radius * Math.max(0.45, factor));
      }
      first = end;
    }
  }

  /**
   * The signed distances, in pixels, of the centres of a {@code side}×{@code side} box's pixels to
   * the ink; pixels far from it hold a large number.
   */
  static double[] distances(PenPath path, int side) {
    double[] distance = new double[side * side];
    Arrays.fill(distance, side);
    for (int i = 1; i < path.size(); i++) {
      if (!path.begins(i)) {
        segment(path, i - 1, i, distance, side);
      }
    }
    return distance;
  }

  /** Lowers the distances of the pixels near the segment between points i and j. */
  private static void segment(PenPath path, int i, int j, double[] distance, int side) {
    double px = path.x(i);
    double py = path.y(i);
    double dx = path.x(j) - px;
    double dy = path.y(j) - py;
    double r = path.radius(i);
    double dr = path.radius(j) - r;
    double perLength = 1 / Math.max(1e-12, dx * dx + dy * dy);
    double reach = Math.max(r, r + dr) + 1.5;
    int left = Math.max(0, (int) Math.ceil(Math.min(px, px + dx) - reach - 0.5));
    int right = Math.min(side - 1, (int) Math.floor(Math.max(px, px + dx) + reach - 0.5));
    int top = Math.max(0, (int) Math.ceil(Math.min(py, py + dy) - reach - 0.5));
    int bottom = Math.min(side - 1, (int) Math.floor(Math.max(py, py + dy) + reach - 0.5));
    for (int row = top; row <= bottom; row++) {
      double ay = row + 0.5 - py;
      for (int column = left; column <= right; column++) {
        double ax = column + 0.5 - px;
        double t = Math.max(0, Math.min(1, (ax * dx + ay * dy) * perLength));
        double ex = ax - t * dx;
        double ey = ay - t * dy;
        double square = ex * ex + ey * ey;
        double ink = r + t * dr;
        int pixel = row * side + column;
        double nearer = distance[pixel] + ink;
        if (nearer > 0 && square < nearer * nearer) {
          distance[pixel] = Math.sqrt(square) - ink;
        }
      }
    }
  }
}
