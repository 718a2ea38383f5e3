package dev.vitrine.data.digits;

/**
 * A writer's hand: how far the pen strays from the skeleton. Small errors of each point follow one
 * another along the stroke, whole strokes are misplaced, and a neat hand does less of all than a
 * sloppy one.
 */
final class Hand {
  /** Standard deviations, in hundredths of the height, for a hand of average neatness. */
  private static final double POINT = 3.2;

  private static final double STROKE = 4;

  /** The share of a point's error that passes to the next. */
  private static final double MEMORY = 0.5;

  private Hand() {}

  /** Writes a skeleton: its shape, jittered, as a curve. */
  static PenPath write(Skeleton skeleton, double sloppiness, Draws draws) {
    double[] points = skeleton.shape(draws);
    double fresh = POINT * sloppiness * Math.sqrt(1 - MEMORY * MEMORY);
    for (int stroke = 0; stroke < skeleton.strokes(); stroke++) {
      boolean alone = skeleton.strokes() == 1;
      double strayX = alone ? 0 : STROKE * sloppiness * draws.bell();
      double strayY = alone ? 0 : STROKE * sloppiness * draws.bell();
      double errorX = POINT * sloppiness * draws.bell();
      double errorY = POINT * sloppiness * draws.bell();
      for (int i = skeleton.start(stroke); i < skeleton.start(stroke + 1); i++) {
        points[2 * i] += strayX + errorX;
        points[2 * i + 1] += strayY + errorY;
        errorX = MEMORY * errorX + fresh * draws.bell();
        errorY = MEMORY * errorY + fresh * draws.bell();
      }
    }
    return Spline.path(skeleton, points);
  }
}
