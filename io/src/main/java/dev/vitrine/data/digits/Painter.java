package dev.vitrine.data.digits;

/** Draws one digit: skeleton, hand, distortion, pen, frame. */
final class Painter {
  private Painter() {}

  /** Draws a digit into {@code pixels} at {@code offset}, 28×28 grey levels, ink bright. */
  static void paint(int digit, Draws draws, byte[] pixels, int offset) {
    double sloppiness = draws.uniform(0.4, 1.6);
    Trace trace = Hand.write(Skeletons.pick(digit, draws), sloppiness, draws);
    Distortion.elastic(trace, 10 * sloppiness, draws);
    Distortion.proportions(trace, 6 * draws.bell(), 0.15 * draws.bell());
    double width = StrictMath.exp(0.2 * draws.bell());
    double slant = 0.1 + 0.29 * draws.bell();
    Distortion.affine(trace, width, slant, 0.1 * draws.bell());
    Pen.press(trace, 1.22 * StrictMath.exp(0.32 * draws.bell()), 0.13, draws);
    Frame.fit(trace);
    double[] distance = Pen.distances(trace, Frame.BOX);
    Frame.centre(ink(distance, draws), pixels, offset);
  }

  /** Grey levels from signed distances, with ragged edges. */
  private static int[] ink(double[] distance, Draws draws) {
    double softness = draws.uniform(0.8, 1.2);
    double ragged = draws.uniform(0.05, 0.3);
    int[] grey = new int[distance.length];
    long bits = 0;
    for (int i = 0; i < grey.length; i++) {
      if ((i & 3) == 0) {
        bits = draws.bits();
      }
      double noise = ((bits >>> 16 * (i & 3) & 0xFFFF) * 0x1p-15 - 1) * ragged;
      double cover = 0.5 - (distance[i] + noise) / softness;
      grey[i] = (int) (255 * Math.max(0, Math.min(1, cover)) + 0.5);
    }
    return grey;
  }
}
