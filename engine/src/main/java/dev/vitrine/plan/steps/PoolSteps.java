package dev.vitrine.plan.steps;

import dev.vitrine.error.UserException;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.PoolTable;
import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Span;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Poolings: a task is one channel of one block. */
public final class PoolSteps {
  private static final int LANES = Kernels.LANES;

  private PoolSteps() {}

  private interface PerPlane {
    void run(int block, int channel);
  }

  private static void add(
      Lowering l, String name, List<Buffer> reads, Buffer y, int channels, PerPlane body) {
    l.add(
        new Step(
            name,
            reads,
            List.of(y),
            batch -> batch.blocks(y) * channels,
            (task, batch, scratch) -> body.run(task / channels, task % channels)));
  }

  public static void max(Lowering l, MaxPool op, Value value) {
    max(l, op, value, l.lanes(value, 0), l.newLanes(value), value.shape().size(0));
  }

  /** With so many planes of vectors, whatever their lanes are. */
  static void max(Lowering l, MaxPool op, Value value, Buffer x, Buffer y, int planes) {
    PoolTable t = table(op.window(), value.inputs().getFirst().shape(), value.shape(), null);
    l.kernels.expect(t);
    add(
        l,
        Lowering.name(value),
        List.of(x),
        y,
        planes,
        (b, c) ->
            l.kernels.maxPool(
                t, x.data(), x.block(b) + c * t.inSize(), y.data(), y.block(b) + c * t.outSize()));
  }

  /** With the derivative of the activation before it, if nothing else reads the gradient. */
  public static void maxGradient(Lowering l, MaxPool.Gradient op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer dy = l.lanes(value, 1);
    PoolTable t = table(op.window(), value.shape(), value.inputs().get(1).shape(), null);
    Value derivative = l.fusibleDerivative(value);
    Unary f = derivative == null ? null : ((Unary.Gradient) derivative.op()).of();
    Buffer v = f == null ? null : l.lanes(derivative, 0);
    Buffer dx = l.newLanes(derivative == null ? value : derivative);
    String name = Lowering.name(value, "MaxPool.Gradient");
    add(
        l,
        f == null ? name : name + "+" + f.getClass().getSimpleName(),
        f == null ? List.of(x, dy) : List.of(x, dy, v),
        dx,
        value.shape().size(0),
        (b, c) -> {
          int at = c * t.inSize();
          int to = dx.block(b) + at;
          int from = dy.block(b) + c * t.outSize();
          l.kernels.maxPoolGradient(t, x.data(), x.block(b) + at, dy.data(), from, dx.data(), to);
          if (f != null) {
            l.kernels.unaryGradient(
                f, v.data(), v.block(b) + at, dx.data(), to, dx.data(), to, t.inSize());
          }
        });
  }

  public static void average(Lowering l, AveragePool op, Value value) {
    average(l, table(op, value), value);
  }

  static PoolTable table(AveragePool op, Value value) {
    return table(op.window(), value.inputs().getFirst().shape(), value.shape(), op);
  }

  public static void adaptive(Lowering l, AdaptiveAveragePool op, Value value) {
    average(l, table(op, value.inputs().getFirst().shape()), value);
  }

  private static void average(Lowering l, PoolTable t, Value value) {
    average(l, t, value, l.lanes(value, 0), l.newLanes(value), value.shape().size(0));
  }

  /** With so many planes of vectors, whatever their lanes are. */
  static void average(Lowering l, PoolTable t, Value value, Buffer x, Buffer y, int planes) {
    add(
        l,
        Lowering.name(value),
        List.of(x),
        y,
        planes,
        (b, c) ->
            l.kernels.averagePool(
                t, x.data(), x.block(b) + c * t.inSize(), y.data(), y.block(b) + c * t.outSize()));
  }

  public static void averageGradient(Lowering l, AveragePool.Gradient op, Value value) {
    Shape out = value.inputs().getFirst().shape();
    PoolTable t = table(op.of().window(), value.shape(), out, op.of());
    averageGradient(l, "AveragePool.Gradient", t, value);
  }

  public static void adaptiveGradient(Lowering l, AdaptiveAveragePool.Gradient op, Value value) {
    averageGradient(l, "AdaptiveAveragePool.Gradient", table(op.of(), value.shape()), value);
  }

  private static void averageGradient(Lowering l, String name, PoolTable t, Value value) {
    Buffer dy = l.lanes(value, 0);
    Buffer dx = l.newLanes(value);
    add(
        l,
        Lowering.name(value, name),
        List.of(dy),
        dx,
        value.shape().size(0),
        (b, c) ->
            l.kernels.averagePoolGradient(
                t,
                dy.data(),
                dy.block(b) + c * t.outSize(),
                dx.data(),
                dx.block(b) + c * t.inSize()));
  }

  private static PoolTable table(Window window, Shape x, Shape y, AveragePool average) {
    int positions = y.size(1) * y.size(2);
    int[] start = new int[positions + 1];
    int[] member = new int[entries(positions, window, y)];
    float[] scale = new float[positions];
    int[] uses = new int[x.size(1) * x.size(2)];
    int n = 0;
    for (int p = 0; p < positions; p++) {
      int i = p / y.size(2);
      int j = p % y.size(2);
      for (int u = 0; u < window.h().kernel(); u++) {
        int row = inside(window.h(), i, u, x.size(1));
        for (int v = 0; v < window.w().kernel() && row >= 0; v++) {
          int column = inside(window.w(), j, v, x.size(2));
          if (column >= 0) {
            uses[row * x.size(2) + column]++;
            member[n++] = (row * x.size(2) + column) * LANES;
          }
        }
      }
      start[p + 1] = n;
      scale[p] = average == null ? 1 : (float) (1.0 / average.divisor(i, j, x));
    }
    boolean covers = Arrays.stream(uses).allMatch(count -> count == 1);
    int inSize = uses.length * LANES;
    return new PoolTable(start, Arrays.copyOf(member, n), scale, inSize, positions * LANES, covers);
  }

  /** All elements of all windows, those in the padding too: the table's size. */
  private static int entries(int positions, Window window, Shape y) {
    long entries = (long) positions * window.elements();
    if (entries > Integer.MAX_VALUE - 16) {
      throw UserException.advising(
          "A pooling of %s to %s has windows of more than 2^31 elements together"
              .formatted(window, y),
          "use a smaller window or a larger stride");
    }
    return (int) entries;
  }

  /** One window, the plane, whose sum is not divided. */
  static PoolTable sumTable(Shape x) {
    PoolTable mean = table(new AdaptiveAveragePool(1, 1), x);
    return new PoolTable(
        mean.start(), mean.member(), new float[] {1}, mean.inSize(), mean.outSize(), mean.covers());
  }

  static PoolTable table(AdaptiveAveragePool op, Shape x) {
    int positions = op.height() * op.width();
    int[] start = new int[positions + 1];
    float[] scale = new float[positions];
    for (int p = 0; p < positions; p++) {
      int n = op.count(p / op.width(), p % op.width(), x);
      start[p + 1] = start[p] + n;
      scale[p] = (float) (1.0 / n);
    }
    int[] member = new int[start[positions]];
    int m = 0;
    for (int p = 0; p < positions; p++) {
      int i = p / op.width();
      int j = p % op.width();
      int right = AdaptiveAveragePool.end(j, op.width(), x.size(2));
      int bottom = AdaptiveAveragePool.end(i, op.height(), x.size(1));
      for (int u = AdaptiveAveragePool.first(i, op.height(), x.size(1)); u < bottom; u++) {
        for (int v = AdaptiveAveragePool.first(j, op.width(), x.size(2)); v < right; v++) {
          member[m++] = (u * x.size(2) + v) * LANES;
        }
      }
    }
    int inSize = x.size(1) * x.size(2) * LANES;
    return new PoolTable(start, member, scale, inSize, positions * LANES, false);
  }

  /** The input row or column under a window's element; −1 if it is padding. */
  private static int inside(Span span, int out, int tap, int size) {
    int source = span.source(out, tap);
    return source < size ? Math.max(source, -1) : -1;
  }
}
