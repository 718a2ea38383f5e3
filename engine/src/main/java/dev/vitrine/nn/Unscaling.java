package dev.vitrine.nn;

import dev.vitrine.tensor.Frozen;
import java.util.Arrays;

/**
 * What gives weights back, bit by bit, that were multiplied by a factor and rounded: divided by the
 * factor they are at most one unit in the last place from what they were, as a rule, so that two
 * bits a weight say which of three neighbours it was. Those of which that is not true, as where the
 * factor is 0, are kept.
 */
final class Unscaling {
  /** Weights to an int. */
  private static final int PACKED = 16;

  /** The code of a weight that is kept. */
  private static final int KEPT = 3;

  private final double[] s;
  private final int[] codes;

  /** The bits of those that are kept, in their order. */
  private int[] kept = {};

  private int count;

  private Unscaling(double[] s, int weights) {
    this.s = s;
    codes = new int[Math.ceilDiv(weights, PACKED)];
  }

  /**
   * Multiplies weights where they lie.
   *
   * @param at the weights, filter by filter
   * @param weights how many
   * @param s each filter's factor
   * @return what makes them what they were
   */
  static Unscaling scale(Frozen.Place at, int weights, double... s) {
    Unscaling back = new Unscaling(s, weights);
    float[] w = at.array();
    int filter = weights / s.length;
    for (int o = 0, i = 0; o < s.length; o++) {
      double inverse = 1 / s[o];
      for (int end = i + filter; i < end; i++) {
        int index = at.offset() + i;
        int was = Float.floatToRawIntBits(w[index]);
        float scaled = (float) (w[index] * s[o]);
        w[index] = scaled;
        int off = was - guess(scaled, inverse) + 1;
        // Which NaN a product of NaNs is differs between an interpreter and a compiler.
        boolean near = Float.isFinite(scaled) && off >= 0 && off < KEPT;
        back.codes[i / PACKED] |= (near ? off : KEPT) << (2 * (i % PACKED));
        if (!near) {
          back.keep(was);
        }
      }
    }
    back.kept = Arrays.copyOf(back.kept, back.count);
    return back;
  }

  /** The bits of what a weight may have been. */
  private static int guess(float scaled, double inverse) {
    return Float.floatToRawIntBits((float) (scaled * inverse));
  }

  private void keep(int bits) {
    if (count == kept.length) {
      kept = Arrays.copyOf(kept, Math.max(PACKED, 2 * count));
    }
    kept[count++] = bits;
  }

  /** The weights that became those at a place. */
  float[] weights(Frozen.Place at, int weights) {
    float[] w = new float[weights];
    int filter = weights / s.length;
    int next = 0;
    for (int o = 0, i = 0; o < s.length; o++) {
      double inverse = 1 / s[o];
      for (int end = i + filter; i < end; i++) {
        int code = codes[i / PACKED] >>> (2 * (i % PACKED)) & KEPT;
        int bits =
            code == KEPT ? kept[next++] : guess(at.array()[at.offset() + i], inverse) + code - 1;
        w[i] = Float.intBitsToFloat(bits);
      }
    }
    return w;
  }
}
