package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;

/**
 * Weights and biases as vectors of 16 outputs: {@code [output / 16][term][16 outputs]}, zeros
 * behind the last output.
 */
public final class ChannelWeights {
  private static final int LANES = Kernels.LANES;

  private ChannelWeights() {}

  /** Weights (outputs, terms) as vectors; made once for all plans. */
  public static float[] of(Lowering l, Value w, int outputs, int terms) {
    return l.few.form(w, "outputs in lanes", () -> turned(l.flat(w), outputs, terms));
  }

  private static float[] turned(Buffer rows, int outputs, int terms) {
    int blocks = (outputs + LANES - 1) / LANES;
    float[] y = new float[size((long) blocks * terms)];
    for (int o = 0; o < outputs; o++) {
      int from = rows.offset() + o * terms;
      int to = o / LANES * terms * LANES + o % LANES;
      for (int t = 0; t < terms; t++) {
        y[to + t * LANES] = rows.data()[from + t];
      }
    }
    return y;
  }

  private static int size(long vectors) {
    return Math.toIntExact(vectors * LANES);
  }

  /** Biases as vectors, or zeros if there are none. */
  public static float[] biases(Lowering l, Value b, int outputs) {
    int floats = (outputs + LANES - 1) / LANES * LANES;
    if (b == null) {
      return new float[floats];
    }
    return l.few.form(
        b,
        "biases in lanes",
        () -> {
          Buffer stored = l.flat(b);
          float[] y = new float[floats];
          System.arraycopy(stored.data(), stored.offset(), y, 0, outputs);
          return y;
        });
  }
}
