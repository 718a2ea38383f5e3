package dev.vitrine.data.digits;

/**
 * Draws one digit, from its skeleton to its pixels. The numbers here say how much people's hands
 * differ; they were tuned until a LeNet trained on these digits read MNIST's training images well.
 */
final class Painter {
  /** Errors of the hand, as a multiple of {@link Hand}'s: from neat to sloppy. */
  private static final double NEAT = 0.4;

  private static final double SLOPPY = 1.6;

  /** Displacement of the elastic field's knots for a hand of average neatness, in hundredths. */
  private static final double ELASTIC = 10;

  /** How far the middle moves up or down, in hundredths, and how much top and bottom differ. */
  private static final double MIDDLE = 6;

  private static final double TAPER = 0.15;

  /** Relative deviation of the width, mean and deviation of the slant, and radians of rotation. */
  private static final double WIDTH = 0.2;

  private static final double SLANT_MEAN = 0.1;
  private static final double SLANT = 0.29;
  private static final double ROTATION = 0.1;

  /** The pen's median radius in pixels, its relative deviation from digit to digit, and within. */
  private static final double RADIUS = 1.19;

  private static final double RADIUS_SPREAD = 0.29;
  private static final double PRESSURE = 0.13;

  private Painter() {}

  /** Draws a digit into {@code pixels} at {@code offset}, 28×28 grey levels, ink bright. */
  static void paint(int digit, Draws draws, byte[] pixels, int offset) {
    double sloppiness = draws.uniform(NEAT, SLOPPY);
    Skeleton skeleton = Skeletons.pick(digit, draws);
    PenPath path = strokes(skeleton, sloppiness, draws);

    double radius = RADIUS * StrictMath.exp(RADIUS_SPREAD * draws.bell());
    Pen.press(path, radius, PRESSURE, draws);
    Frame.fit(path);
    Frame.centre(Ink.grey(Pen.distances(path, Frame.BOX), draws), pixels, offset);
  }

  /** One writing of a skeleton, its radii multiples of the pen's. */
  static PenPath write(Skeleton skeleton, double sloppiness, Draws draws) {
    PenPath path = strokes(skeleton, sloppiness, draws);
    Pen.press(path, 1, PRESSURE, draws);
    return path;
  }

  private static PenPath strokes(Skeleton skeleton, double sloppiness, Draws draws) {
    PenPath path = Hand.write(skeleton, sloppiness, draws);
    Distortion.elastic(path, ELASTIC * sloppiness, draws);
    Distortion.proportions(path, MIDDLE * draws.bell(), TAPER * draws.bell());
    double width = StrictMath.exp(WIDTH * draws.bell());
    double slant = SLANT_MEAN + SLANT * draws.bell();
    Distortion.affine(path, width, slant, ROTATION * draws.bell());
    return path;
  }
}
