package dev.vitrine.data.digits;

/** What the scanner sees: grey levels, from soft and ragged edges of the ink. */
final class Ink {
  private static final int WHITE = 255;

  private Ink() {}

  /**
   * The grey levels, 0 (paper) … 255 (ink), of pixels at signed distances d from the ink's edge:
   * the smooth step 3t² − 2t³ of t = ½ − d/softness, cut to 0 … 1. That is a scan averaged over a
   * pixel by a soft window; its histogram of greys is close to MNIST's. Each pixel's edge has a
   * small error of its own, the paper's grain.
   */
  static int[] grey(double[] distance, Draws draws) {
    double softness = draws.uniform(1.1, 1.6);
    double grain = draws.uniform(0.05, 0.3);
    int[] grey = new int[distance.length];
    long bits = 0;
    for (int i = 0; i < grey.length; i++) {
      if ((i & 3) == 0) {
        bits = draws.bits();
      }
      // One draw serves four pixels, 16 bits each: an error in [−grain, grain).
      double error = (((bits >>> (16 * (i & 3))) & 0xFFFF) * 0x1p-15 - 1) * grain;
      double depth = 0.5 - (distance[i] + error) / softness;
      double t = Math.max(0, Math.min(1, depth));
      grey[i] = (int) (WHITE * t * t * (3 - 2 * t) + 0.5);
    }
    return grey;
  }
}
