package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Broadcast;
import dev.vitrine.op.Concat;
import dev.vitrine.op.Permute;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Sum;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import java.util.Arrays;
import java.util.List;

/** Steps that move, repeat or add up elements within an example; a task is a block. */
public final class MoveSteps {
  private static final int LANES = Kernels.LANES;

  private MoveSteps() {}

  private interface PerBlock {
    void run(int block);
  }

  private static void add(Lowering l, String name, List<Buffer> reads, Buffer y, PerBlock body) {
    l.add(
        new Step(
            name,
            reads,
            List.of(y),
            batch -> batch.blocks(y),
            (block, batch, scratch) -> body.run(block)));
  }

  public static void concat(Lowering l, Concat op, Value value) {
    Buffer y = l.newLanes(value);
    int from = 0;
    for (Value input : value.inputs()) {
      Buffer x = l.lanes(input);
      Slice slice = new Slice(op.axis(), from, input.shape().size(op.axis()));
      Run run = new Run(slice, value.shape());
      add(l, Lowering.name(value), List.of(x), y, b -> run.copy(x, b, y, b, false));
      from += slice.length();
    }
  }

  public static void slice(Lowering l, Slice op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer y = l.newLanes(value);
    Run run = new Run(op, value.inputs().getFirst().shape());
    add(l, Lowering.name(value), List.of(x), y, b -> run.copy(y, b, x, b, true));
  }

  public static void sliceGradient(Lowering l, Slice.Gradient op, Value value) {
    Buffer dy = l.lanes(value, 0);
    Buffer dx = l.newLanes(value);
    Run run = new Run(op.of(), op.whole());
    add(
        l,
        Lowering.name(value, "Slice.Gradient"),
        List.of(dy),
        dx,
        b -> {
          Arrays.fill(dx.data(), dx.block(b), dx.block(b) + dx.elements * LANES, 0);
          run.copy(dy, b, dx, b, false);
        });
  }

  /** The stretches of memory that a slice consists of. */
  private record Run(int count, int length, int partStride, int wholeStride, int wholeStart) {
    Run(Slice slice, dev.vitrine.tensor.Shape whole) {
      int inner = slice.inner(whole) * LANES;
      int axis = whole.size(slice.axis());
      this(
          whole.elements() * LANES / (inner * axis),
          slice.length() * inner,
          slice.length() * inner,
          axis * inner,
          slice.from() * inner);
    }

    void copy(Buffer part, int partBlock, Buffer whole, int wholeBlock, boolean out) {
      for (int i = 0; i < count; i++) {
        int p = part.block(partBlock) + i * partStride;
        int w = whole.block(wholeBlock) + wholeStart + i * wholeStride;
        if (out) {
          System.arraycopy(whole.data(), w, part.data(), p, length);
        } else {
          System.arraycopy(part.data(), p, whole.data(), w, length);
        }
      }
    }
  }

  public static void sum(Lowering l, Sum op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer y = l.newLanes(value);
    int[] to = op.projection();
    add(
        l,
        Lowering.name(value, "Sum"),
        List.of(x),
        y,
        b -> {
          Arrays.fill(y.data(), y.block(b), y.block(b) + y.elements * LANES, 0);
          for (int e = 0; e < to.length; e++) {
            int from = x.block(b) + e * LANES;
            int at = y.block(b) + to[e] * LANES;
            for (int lane = 0; lane < LANES; lane++) {
              y.data()[at + lane] += x.data()[from + lane];
            }
          }
        });
  }

  public static void broadcast(Lowering l, Broadcast op, Value value) {
    take(l, op.projection(value.inputs().getFirst().shape()), value);
  }

  public static void permute(Lowering l, Permute op, Value value) {
    take(l, op.projection(value.inputs().getFirst().shape()), value);
  }

  /** Each element a copy of the input's element {@code from[e]}. */
  private static void take(Lowering l, int[] from, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer y = l.newLanes(value);
    add(
        l,
        Lowering.name(value),
        List.of(x),
        y,
        b -> {
          for (int e = 0; e < from.length; e++) {
            System.arraycopy(
                x.data(), x.block(b) + from[e] * LANES, y.data(), y.block(b) + e * LANES, LANES);
          }
        });
  }

  /** A copy of a buffer's planes with a border of zeros. */
  static Buffer pad(Lowering l, Buffer x, Padding p) {
    int height = p.paddedHeight();
    int width = p.paddedWidth() * LANES;
    Buffer y = l.newLike(x, (long) p.channels() * height * p.paddedWidth());
    l.add(
        new Step(
            "Pad",
            List.of(x),
            List.of(y),
            batch -> batch.blocks(y) * p.channels(),
            (task, batch, scratch) -> {
              int block = task / p.channels();
              int channel = task % p.channels();
              int to = y.block(block) + channel * height * width;
              int from = x.block(block) + channel * p.height() * p.width() * LANES;
              Arrays.fill(y.data(), to, to + height * width, 0);
              for (int row = 0; row < p.height(); row++) {
                System.arraycopy(
                    x.data(),
                    from + row * p.width() * LANES,
                    y.data(),
                    to + (p.top() + row) * width + p.left() * LANES,
                    p.width() * LANES);
              }
            }));
    return y;
  }
}
