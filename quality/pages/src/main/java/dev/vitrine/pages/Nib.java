package dev.vitrine.pages;

import dev.vitrine.data.digits.PenPath;

/** Draws the path of a pen as ink with anti-aliased edges. */
final class Nib {
  private Nib() {}

  /**
   * A path as ink, in a picture that it just fills, with a margin of two pixels.
   *
   * @param path in hundredths
   * @param scale pixels to a hundredth
   * @param radius of the pen in pixels
   * @param soft width of the edge in pixels
   */
  static Ink draw(PenPath path, double scale, double radius, double soft) {
    double left = Double.POSITIVE_INFINITY;
    double top = left;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = right;
    for (int i = 0; i < path.size(); i++) {
      double r = radius * path.radius(i) + soft + 1;
      left = Math.min(left, scale * path.x(i) - r);
      right = Math.max(right, scale * path.x(i) + r);
      top = Math.min(top, scale * path.y(i) - r);
      bottom = Math.max(bottom, scale * path.y(i) + r);
    }
    Ink ink = new Ink((int) Math.ceil(right - left), (int) Math.ceil(bottom - top));
    for (int i = 1; i < path.size(); i++) {
      if (!path.begins(i)) {
        double[] from = {scale * path.x(i - 1) - left, scale * path.y(i - 1) - top};
        double[] to = {scale * path.x(i) - left, scale * path.y(i) - top};
        line(ink, from, to, radius * path.radius(i - 1), radius * path.radius(i), soft);
      }
    }
    return ink;
  }

  /** A straight line of changing radius. */
  static void line(Ink ink, double[] from, double[] to, double r0, double r1, double soft) {
    double dx = to[0] - from[0];
    double dy = to[1] - from[1];
    double perLength = 1 / Math.max(1e-9, dx * dx + dy * dy);
    double reach = Math.max(r0, r1) + soft;
    int left = Math.max(0, (int) Math.floor(Math.min(from[0], to[0]) - reach));
    int right = Math.min(ink.width - 1, (int) Math.ceil(Math.max(from[0], to[0]) + reach));
    int top = Math.max(0, (int) Math.floor(Math.min(from[1], to[1]) - reach));
    int bottom = Math.min(ink.height - 1, (int) Math.ceil(Math.max(from[1], to[1]) + reach));
    for (int y = top; y <= bottom; y++) {
      double ay = y + 0.5 - from[1];
      for (int x = left; x <= right; x++) {
        double ax = x + 0.5 - from[0];
        double t = Math.clamp((ax * dx + ay * dy) * perLength, 0, 1);
        double ex = ax - t * dx;
        double ey = ay - t * dy;
        double radius = r0 + t * (r1 - r0);
        double square = ex * ex + ey * ey;
        if (square < (radius + soft) * (radius + soft)) {
          double cover = Math.clamp(0.5 + (radius - Math.sqrt(square)) / soft, 0, 1);
          // A pen thinner than a pixel leaves less ink, not a narrower pixel.
          double full = Math.min(1, 2 * radius + 0.15);
          ink.most(x, y, (float) (full * cover));
        }
      }
    }
  }
}
