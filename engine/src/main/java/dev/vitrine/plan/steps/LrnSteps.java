package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Lrn;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.plan.memory.Step;
import java.util.Arrays;
import java.util.List;

/**
 * Local response normalisation: a task is a stretch of one block's positions, all their channels.
 * Every sum is computed anew, not slid along the channels: nothing cancels. The loops are left to
 * C2's auto-vectoriser, which cannot change an element's bits: all they do is multiply, add, divide
 * and take roots, each of which IEEE 754 rounds exactly.
 */
public final class LrnSteps {
  private static final int LANES = Kernels.LANES;

  /** Floats of a channel that a task holds in the nearest cache at a time. */
  private static final int CHUNK = 16 * LANES;

  /** Pixels that are turned at a time. */
  private static final int PIXELS = 4 * LANES;

  private static final Unary LOG = new Elementary.Log();
  private static final Unary EXP = new Elementary.Exp();

  private final Kernels kernels;
  private final Lrn op;
  private final Unary exponent;
  private final int channels;

  /** Floats from one channel to the next. */
  private final int plane;

  private LrnSteps(Lowering l, Lrn op, Value value) {
    this(l, op, value.shape().size(0), value.shape().elements() / value.shape().size(0) * LANES);
  }

  private LrnSteps(Lowering l, Lrn op, int channels, int plane) {
    this.kernels = l.kernels;
    this.op = op;
    this.exponent = new Elementary.Scale(-op.beta());
    this.channels = channels;
    this.plane = plane;
  }

  /** The work on {@code n} floats of each channel of a block, from a place within a channel. */
  private interface Stretch {
    void run(int block, int from, int n, float[] scratch);
  }

  private Step step(String name, List<Buffer> reads, Buffer y, int scratch, Stretch body) {
    int chunks = (plane + CHUNK - 1) / CHUNK;
    return new Step(
            name,
            reads,
            List.of(y),
            batch -> batch.blocks(y) * chunks,
            (task, batch, space) -> {
              int from = task % chunks * CHUNK;
              body.run(task / chunks, from, Math.min(CHUNK, plane - from), space);
            })
        .scratch(scratch);
  }

  public static void forward(Lowering l, Lrn op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer y = l.newLanes(value);
    LrnSteps s = new LrnSteps(l, op, value);
    l.add(
        s.step(
            Lowering.name(value),
            List.of(x),
            y,
            2 * CHUNK,
            (block, from, n, scratch) -> {
              for (int c = 0; c < s.channels; c++) {
                int at = c * s.plane + from;
                s.powers(x.data(), x.block(block) + from, c, n, scratch);
                multiply(
                    x.data(),
                    x.block(block) + at,
                    scratch,
                    CHUNK,
                    y.data(),
                    y.block(block) + at,
                    n);
              }
            }));
  }

  /**
   * Of few examples: some pixels at a time are turned, so that lanes are pixels, and turned back.
   */
  public static boolean channels(Lowering l, Lrn op, Value value) {
    Placed x = l.placed(value.inputs().getFirst());
    if (x == null || x.rowMajor() || !x.isOf(value.shape())) {
      return false;
    }
    Buffer y = l.few.place(value).buffer();
    int area = x.height() * x.width();
    int chunks = Math.ceilDiv(area, PIXELS);
    LrnSteps s = new LrnSteps(l, op, x.channels(), PIXELS);
    int floats = x.planes() * LANES * PIXELS;
    l.add(
        new Step(
                Lowering.name(value),
                List.of(x.buffer()),
                List.of(y),
                batch -> batch.count() * chunks,
                (task, batch, scratch) -> {
                  int first = task % chunks * PIXELS;
                  int n = Math.min(PIXELS, area - first);
                  int from = x.buffer().block(task / chunks) + first * LANES;
                  int to = y.block(task / chunks) + first * LANES;
                  int in = 2 * CHUNK;
                  for (int p = 0; p < x.planes(); p++) {
                    int at = in + p * LANES * PIXELS;
                    int plane = from + p * x.plane();
                    l.kernels.transpose(
                        n, LANES, x.buffer().data(), plane, LANES, scratch, at, PIXELS);
                  }
                  for (int c = 0; c < x.channels(); c++) {
                    int at = in + c * PIXELS;
                    s.powers(scratch, in, c, PIXELS, scratch);
                    multiply(scratch, at, scratch, CHUNK, scratch, floats + at, PIXELS);
                  }
                  for (int p = 0; p < x.planes(); p++) {
                    int at = in + floats + p * LANES * PIXELS;
                    l.kernels.transpose(
                        LANES, n, scratch, at, PIXELS, y.data(), to + p * x.plane(), LANES);
                  }
                })
            .scratch(2 * CHUNK + 2 * floats));
    return true;
  }

  public static void gradient(Lowering l, Lrn.Gradient gradient, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer dy = l.lanes(value, 1);
    Buffer dx = l.newLanes(value);
    Lrn op = gradient.of();
    LrnSteps s = new LrnSteps(l, op, value);
    Lrn mirrored = op.mirrored();
    float factor = (float) (-2 * op.k() * op.beta());
    l.add(
        s.step(
            Lowering.name(value, "Lrn.Gradient"),
            List.of(x, dy),
            dx,
            (2 + s.channels) * CHUNK,
            (block, from, n, scratch) -> {
              int xAt = x.block(block) + from;
              int dxAt = dx.block(block) + from;
              for (int c = 0; c < s.channels; c++) {
                int at = c * s.plane;
                s.powers(x.data(), xAt, c, n, scratch);
                int dyAt = dy.block(block) + from + at;
                multiply(dy.data(), dyAt, scratch, CHUNK, dx.data(), dxAt + at, n);
                shares(x.data(), xAt + at, dx.data(), dxAt + at, scratch, (2 + c) * CHUNK, n);
              }
              for (int c = 0; c < s.channels; c++) {
                Arrays.fill(scratch, 0, n, 0);
                for (int j = mirrored.first(c); j <= mirrored.last(c, s.channels); j++) {
                  add(scratch, (2 + j) * CHUNK, n);
                }
                int at = c * s.plane;
                finish(x.data(), xAt + at, scratch, factor, dx.data(), dxAt + at, n);
              }
            }));
  }

  /**
   * One channel's s = bias + k · Σ x², at the front of {@code scratch}, and s^−beta, {@link #CHUNK}
   * floats behind.
   */
  private void powers(float[] x, int x0, int channel, int n, float[] scratch) {
    Arrays.fill(scratch, 0, n, 0);
    for (int j = op.first(channel); j <= op.last(channel, channels); j++) {
      addSquares(x, x0 + j * plane, scratch, n);
    }
    scale(scratch, (float) op.k(), (float) op.bias(), n);
    if (op.beta() == 0.75) {
      inverseThreeQuarters(scratch, n);
    } else {
      kernels.unary(LOG, scratch, 0, scratch, CHUNK, n);
      kernels.unary(exponent, scratch, CHUNK, scratch, CHUNK, n);
      kernels.unary(EXP, scratch, CHUNK, scratch, CHUNK, n);
    }
  }

  private static void addSquares(float[] x, int x0, float[] s, int n) {
    for (int i = 0; i < n; i++) {
      s[i] = Math.fma(x[x0 + i], x[x0 + i], s[i]);
    }
  }

  private static void scale(float[] s, float k, float bias, int n) {
    for (int i = 0; i < n; i++) {
      s[i] = Math.fma(k, s[i], bias);
    }
  }

  /** {@code s^−3/4 = 1 / (√s · √√s)}. */
  private static void inverseThreeQuarters(float[] s, int n) {
    for (int i = 0; i < n; i++) {
      float root = (float) Math.sqrt(s[i]);
      s[CHUNK + i] = 1 / (root * (float) Math.sqrt(root));
    }
  }

  private static void multiply(float[] a, int a0, float[] b, int b0, float[] y, int y0, int n) {
    for (int i = 0; i < n; i++) {
      y[y0 + i] = a[a0 + i] * b[b0 + i];
    }
  }

  /** {@code dy · y / s} from {@code dy · s^−beta}: x times that over s. */
  private static void shares(float[] x, int x0, float[] dx, int dx0, float[] s, int to, int n) {
    for (int i = 0; i < n; i++) {
      s[to + i] = x[x0 + i] * dx[dx0 + i] / s[i];
    }
  }

  private static void add(float[] scratch, int from, int n) {
    for (int i = 0; i < n; i++) {
      scratch[i] += scratch[from + i];
    }
  }

  private static void finish(
      float[] x, int x0, float[] sum, float factor, float[] dx, int dx0, int n) {
    for (int i = 0; i < n; i++) {
      dx[dx0 + i] = Math.fma(factor * x[x0 + i], sum[i], dx[dx0 + i]);
    }
  }
}
