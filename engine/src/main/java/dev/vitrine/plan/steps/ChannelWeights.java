package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.tensor.Frozen;
import java.util.Optional;

/**
 * Weights and biases as vectors of 16 outputs: {@code [output / 16][term][16 outputs]}, zeros
 * behind the last output.
 */
public final class ChannelWeights {
  private static final int LANES = Kernels.LANES;

  private ChannelWeights() {}

  /**
   * Weights (outputs, terms) as vectors; made once for all plans, and all that is kept of them. 16
   * rows lie where their vectors will, so that they are turned in their place if they may.
   */
  public static Frozen.Place of(Lowering l, Value w, int outputs, int terms) {
    return l.few.form(w, "outputs in lanes", () -> of(l.few.frozen(), w, outputs, terms));
  }

  private static Frozen.Place of(Frozen frozen, Value w, int outputs, int terms) {
    String name = FewExamples.name(w);
    Optional<Frozen.Place> inPlace =
        outputs % LANES == 0
            ? frozen.turn(name, at -> turn(at, outputs, terms), at -> rows(at, outputs, terms))
            : Optional.empty();
    return inPlace.orElseGet(() -> {
      Frozen.Place made = frozen.read(name, rows -> turned(rows, outputs, terms));
      frozen.restore(name, () -> rows(made, outputs, terms));
      return made;
    });
  }

  /** Each 16 rows in their own place. */
  private static void turn(Frozen.Place at, int outputs, int terms) {
    float[] block = new float[LANES * terms];
    for (int o = 0; o < outputs; o += LANES) {
      int from = at.offset() + o * terms;
      System.arraycopy(at.array(), from, block, 0, block.length);
      for (int row = 0; row < LANES; row++) {
        for (int t = 0; t < terms; t++) {
          at.array()[from + t * LANES + row] = block[row * terms + t];
        }
      }
    }
  }

  private static Frozen.Place turned(Frozen.Place rows, int outputs, int terms) {
    int blocks = (outputs + LANES - 1) / LANES;
    float[] y = new float[size((long) blocks * terms)];
    for (int o = 0; o < outputs; o++) {
      int from = rows.offset() + o * terms;
      int to = o / LANES * terms * LANES + o % LANES;
      for (int t = 0; t < terms; t++) {
        y[to + t * LANES] = rows.array()[from + t];
      }
    }
    return new Frozen.Place(y, 0);
  }

  /** The weights (outputs, terms) again. */
  private static float[] rows(Frozen.Place vectors, int outputs, int terms) {
    float[] rows = new float[outputs * terms];
    for (int o = 0; o < outputs; o++) {
      int from = vectors.offset() + o / LANES * terms * LANES + o % LANES;
      for (int t = 0; t < terms; t++) {
        rows[o * terms + t] = vectors.array()[from + t * LANES];
      }
    }
    return rows;
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
