package dev.vitrine.data.digits;

/**
 * Smooth curves through points: centripetal Catmull–Rom splines (Catmull and Rom, 1974; the
 * centripetal knots, spaced by the square root of the distance, avoid cusps and overshoots, see
 * Yuksel et al., "Parameterization and Applications of Catmull–Rom Curves", 2011).
 */
final class Spline {
  /**
   * Samples between two points of the skeleton; at 20 pixels a height a span is under 10 pixels.
   */
  private static final int SAMPLES = 5;

  private Spline() {}

  /** The curve through a skeleton's points (x0 y0 x1 y1 …), smooth except at its corners. */
  static PenPath path(Skeleton skeleton, double[] points) {
    PenPath path = new PenPath();
    for (int stroke = 0; stroke < skeleton.strokes(); stroke++) {
      int first = skeleton.start(stroke);
      int last = skeleton.start(stroke + 1) - 1;
      path.add(points[2 * first], points[2 * first + 1], true);
      for (int i = first; i < last; i++) {
        boolean open = i == first || skeleton.corner(i);
        boolean close = i + 1 == last || skeleton.corner(i + 1);
        span(path, points, i, open, close);
      }
    }
    return path;
  }

  /** Samples the span from point i to i + 1; at an open or closing end it has no neighbour. */
  private static void span(PenPath path, double[] p, int i, boolean open, boolean close) {
    double x1 = p[2 * i];
    double y1 = p[2 * i + 1];
    double x2 = p[2 * i + 2];
    double y2 = p[2 * i + 3];
    double x0 = open ? 2 * x1 - x2 : p[2 * i - 2];
    double y0 = open ? 2 * y1 - y2 : p[2 * i - 1];
    double x3 = close ? 2 * x2 - x1 : p[2 * i + 4];
    double y3 = close ? 2 * y2 - y1 : p[2 * i + 5];
    double t01 = knot(x1 - x0, y1 - y0);
    double t12 = knot(x2 - x1, y2 - y1);
    double t23 = knot(x3 - x2, y3 - y2);
    double mx1 = tangent(x0, x1, x2, t01, t12);
    double my1 = tangent(y0, y1, y2, t01, t12);
    double mx2 = -tangent(x3, x2, x1, t23, t12);
    double my2 = -tangent(y3, y2, y1, t23, t12);
    for (int s = 1; s <= SAMPLES; s++) {
      double t = (double) s / SAMPLES;
      path.add(hermite(x1, mx1, x2, mx2, t), hermite(y1, my1, y2, my2, t), false);
    }
  }

  /** The knot interval √|Δ|; never 0, so that two equal points do no harm. */
  private static double knot(double dx, double dy) {
    return Math.sqrt(Math.sqrt(dx * dx + dy * dy)) + 1e-3;
  }

  /** The derivative at b over the span b → c, of length t12, when a came before b. */
  private static double tangent(double a, double b, double c, double t01, double t12) {
    return c - b + t12 * ((b - a) / t01 - (c - a) / (t01 + t12));
  }

  /** The cubic on [0, 1] with values a, b and derivatives ma, mb at its ends. */
  private static double hermite(double a, double ma, double b, double mb, double t) {
    double u = 1 - t;
    return u * u * ((1 + 2 * t) * a + t * ma) + t * t * ((3 - 2 * t) * b - u * mb);
  }
}
