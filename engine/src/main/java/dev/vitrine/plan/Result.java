package dev.vitrine.plan;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.plan.steps.Lowering;

/**
 * Where an output of a plan is read.
 *
 * @param buffer its place
 * @param placed how the numbers of an example lie there, if each has its own; else {@code null}
 */
record Result(Buffer buffer, Placed placed) {
  private static final int LANES = Kernels.LANES;

  static Result of(Lowering l, Value value) {
    if (!value.perExample()) {
      return new Result(l.flat(value), null);
    }
    Placed placed = l.placed(value);
    return placed == null ? new Result(l.lanes(value), null) : new Result(placed.buffer(), placed);
  }

  /** Copies an example's numbers, row-major; those of a shared value, whatever the example. */
  void read(int example, float[] to) {
    float[] from = buffer.data();
    if (placed != null) {
      int start = buffer.block(example);
      for (int e = 0; e < to.length; e++) {
        to[e] = from[start + placed.offset(e)];
      }
    } else if (buffer.perExample()) {
      int start = buffer.block(example / LANES) + example % LANES;
      for (int e = 0; e < to.length; e++) {
        to[e] = from[start + e * LANES];
      }
    } else {
      System.arraycopy(from, buffer.offset(), to, 0, to.length);
    }
  }
}
