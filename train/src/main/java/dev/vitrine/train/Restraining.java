package dev.vitrine.train;

/**
 * The loops of {@link Restraints}, stretch by stretch. Sums are added up in double precision, one
 * element after the other within a stretch or row, and the stretches' in their order: which worker
 * does it changes no bit.
 */
final class Restraining {
  /** PyTorch's, added to the norm that gradients are divided by. */
  private static final double MARGIN = 1e-6;

  private final float clipValue;
  private final double clipNorm;
  private final float l1;
  private final double maxNorm;

  /** Of each stretch's gradients. */
  private final double[] squares;

  /** What makes all gradients together as long as they may be. */
  private double factor = 1;

  Restraining(Restraints restraints, int stretches) {
    double none = Double.POSITIVE_INFINITY;
    clipValue = restraints.clipValue().orElse(none).floatValue();
    clipNorm = restraints.clipNorm().orElse(none);
    l1 = restraints.l1().orElse(0.0).floatValue();
    maxNorm = restraints.maxNorm().orElse(none);
    squares = new double[stretches];
  }

  /** Whether all stretches must be measured before the first is moved. */
  boolean measures() {
    return clipNorm < Double.POSITIVE_INFINITY;
  }

  /** Whether rows must be shortened after all stretches were moved. */
  boolean shortens() {
    return maxNorm < Double.POSITIVE_INFINITY;
  }

  void measure(int stretch, float[] g, int from, int to) {
    clip(g, from, to);
    squares[stretch] = squares(g, from, to);
  }

  /** After all stretches were measured, and before the first is moved. */
  void sumUp() {
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    factor = clipNorm / (Math.sqrt(sum) + MARGIN);
  }

  /** Changes gradients before the rule sees them. */
  void restrain(float[] w, float[] g, int from, int to, boolean decay) {
    if (measures()) {
      scale(g, from, to, factor);
    } else {
      clip(g, from, to);
    }
    if (l1 > 0 && decay) {
      for (int i = from; i < to; i++) {
        g[i] = Math.fma(l1, Math.signum(w[i]), g[i]);
      }
    }
  }

  /** Shortens the rows of weights that are too long. */
  void shorten(float[] w, int from, int to, int row) {
    for (int at = from; at < to; at += row) {
      scale(w, at, at + row, maxNorm / Math.sqrt(squares(w, at, at + row)));
    }
  }

  private void clip(float[] g, int from, int to) {
    if (clipValue < Float.POSITIVE_INFINITY) {
      for (int i = from; i < to; i++) {
        g[i] = Math.clamp(g[i], -clipValue, clipValue);
      }
    }
  }

  private static double squares(float[] x, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum = Math.fma((double) x[i], (double) x[i], sum);
    }
    return sum;
  }

  /** Multiplies by what is below 1; what is not a number makes all so. */
  private static void scale(float[] x, int from, int to, double factor) {
    if (!(factor >= 1)) {
      for (int i = from; i < to; i++) {
        x[i] *= (float) factor;
      }
    }
  }
}
