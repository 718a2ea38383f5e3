package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Lanes;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Batch normalisation. Sums over the batch are a task a channel (several, if they are short), lane
 * by lane through a block, then across the lanes that hold examples, then, in double precision,
 * over the blocks: one order, however many workers there are. Elementwise loops are left to C2's
 * auto-vectoriser, which cannot change an element's bits.
 */
public final class BatchNormSteps {
  private static final int LANES = Kernels.LANES;

  /** Floats whose terms are computed before they are added up. */
  private static final int CHUNK = 64 * LANES;

  /** Floats a task, at least. */
  private static final int TASK = 4 * 1024;

  private BatchNormSteps() {}

  /** Channels side by side: how many, and how they are shared out. */
  private record Planes(int channels, int plane, int together) {
    static Planes of(Shape x) {
      int plane = x.elements() / x.size(0) * LANES;
      return new Planes(x.size(0), plane, Math.max(1, TASK / plane));
    }

    int positions() {
      return plane / LANES;
    }

    int tasks() {
      return (channels + together - 1) / together;
    }

    int first(int task) {
      return task * together;
    }

    int end(int task) {
      return Math.min(channels, first(task) + together);
    }
  }

  /** Adds the terms of {@code n} floats of a block's channel to the lanes of {@code acc}. */
  private interface Terms {
    void add(int channel, int block, int at, int n, float[] acc);
  }

  /** What becomes of a channel's sum. */
  private interface Finish {
    double apply(int channel, double sum, double elements);
  }

  private static void reduce(
      Lowering l, Value value, String name, List<Buffer> reads, Terms terms, Finish finish) {
    Planes p = Planes.of(value.inputs().getFirst().shape());
    Buffer y = l.newFlat(value);
    l.add(
        new Step(
                Lowering.name(value, name),
                reads,
                List.of(y),
                batch -> p.tasks(),
                (task, batch, scratch) -> {
                  double elements = (double) batch.count() * p.positions();
                  for (int c = p.first(task); c < p.end(task); c++) {
                    double sum = sum(p.plane, c, batch, terms, scratch);
                    y.data()[y.offset() + c] = (float) finish.apply(c, sum, elements);
                  }
                })
            .scratch(LANES + CHUNK));
  }

  private static double sum(int plane, int channel, Batch batch, Terms terms, float[] scratch) {
    double sum = 0;
    for (int block = 0; block < batch.blocks(); block++) {
      Arrays.fill(scratch, 0, LANES, 0);
      for (int at = 0; at < plane; at += CHUNK) {
        int from = channel * plane + at;
        terms.add(channel, block, from, Math.min(CHUNK, plane - at), scratch);
      }
      Arrays.fill(scratch, batch.lanes(block), LANES, 0);
      sum += Lanes.sum(scratch, 0);
    }
    return sum;
  }

  /** The sums of a buffer's own elements. */
  private static Terms elements(Kernels k, Buffer x) {
    return (channel, block, at, n, acc) ->
        k.sum(x.data(), x.block(block) + at, LANES, n / LANES, acc);
  }

  public static void mean(Lowering l, Value value) {
    Buffer x = l.lanes(value, 0);
    Terms terms = elements(l.kernels, x);
    reduce(l, value, "BatchNorm.Mean", List.of(x), terms, (c, sum, m) -> sum / m);
  }

  public static void biasGradient(Lowering l, Value value) {
    Buffer dy = l.lanes(value, 0);
    Terms terms = elements(l.kernels, dy);
    reduce(l, value, "BatchNorm.BiasGradient", List.of(dy), terms, (c, sum, m) -> sum);
  }

  public static void variance(Lowering l, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer mean = l.flat(value.inputs().get(1));
    Terms terms =
        (channel, block, at, n, acc) -> {
          squares(x.data(), x.block(block) + at, mean.data()[mean.offset() + channel], acc, n);
          l.kernels.sum(acc, LANES, LANES, n / LANES, acc);
        };
    reduce(l, value, "BatchNorm.Variance", List.of(x, mean), terms, (c, sum, m) -> sum / m);
  }

  private static void squares(float[] x, int x0, float mean, float[] terms, int n) {
    for (int i = 0; i < n; i++) {
      float d = x[x0 + i] - mean;
      terms[LANES + i] = d * d;
    }
  }

  public static void weightGradient(Lowering l, ChannelSum.WeightGradient op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer mean = l.flat(value.inputs().get(1));
    Buffer variance = l.flat(value.inputs().get(2));
    Buffer dy = l.lanes(value, 3);
    Terms terms =
        (channel, block, at, n, acc) -> {
          float center = mean.data()[mean.offset() + channel];
          products(x.data(), x.block(block) + at, center, dy.data(), dy.block(block) + at, acc, n);
          l.kernels.sum(acc, LANES, LANES, n / LANES, acc);
        };
    reduce(
        l,
        value,
        "BatchNorm.WeightGradient",
        List.of(x, mean, variance, dy),
        terms,
        (c, sum, m) -> sum / Math.sqrt(variance.data()[variance.offset() + c] + op.eps()));
  }

  private static void products(
      float[] x, int x0, float mean, float[] dy, int dy0, float[] terms, int n) {
    for (int i = 0; i < n; i++) {
      terms[LANES + i] = (x[x0 + i] - mean) * dy[dy0 + i];
    }
  }

  /** With the activation that follows, if nothing else reads the value. */
  public static void forward(Lowering l, BatchNorm op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer mean = l.flat(value.inputs().get(1));
    Buffer variance = l.flat(value.inputs().get(2));
    Buffer weight = l.flat(value.inputs().get(3));
    Buffer bias = l.flat(value.inputs().get(4));
    Epilogue epilogue = Epilogue.of(l, value);
    Buffer y = epilogue.output();
    Planes p = Planes.of(value.shape());
    l.add(
        new Step(
                epilogue.name("BatchNorm"),
                List.of(x, mean, variance, weight, bias),
                List.of(y),
                batch -> batch.blocks(y) * p.tasks(),
                (task, batch, scratch) -> {
                  int block = task / p.tasks();
                  int part = task % p.tasks();
                  for (int c = p.first(part); c < p.end(part); c++) {
                    double sigma = Math.sqrt(variance.data()[variance.offset() + c] + op.eps());
                    normalise(
                        x.data(),
                        x.block(block) + c * p.plane,
                        mean.data()[mean.offset() + c],
                        (float) (weight.data()[weight.offset() + c] / sigma),
                        bias.data()[bias.offset() + c],
                        y.data(),
                        y.block(block) + c * p.plane,
                        p.plane);
                  }
                  if (epilogue.activation() != null) {
                    int at = y.block(block) + p.first(part) * p.plane;
                    int n = (p.end(part) - p.first(part)) * p.plane;
                    l.kernels.unary(epilogue.activation(), y.data(), at, y.data(), at, n);
                  }
                })
            .inPlace(x));
  }

  private static void normalise(
      float[] x, int x0, float mean, float scale, float bias, float[] y, int y0, int n) {
    for (int i = 0; i < n; i++) {
      y[y0 + i] = Math.fma(x[x0 + i] - mean, scale, bias);
    }
  }

  /** Lanes without an example get zeros: they have no part in what is summed over the batch. */
  public static void inputGradient(Lowering l, BatchNorm.InputGradient op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer[] shared = new Buffer[6];
    for (int i = 1; i < shared.length; i++) {
      shared[i] = l.flat(value.inputs().get(i));
    }
    Buffer dy = l.lanes(value, 6);
    Buffer dx = l.newLanes(value);
    Planes p = Planes.of(value.shape());
    l.add(
        new Step(
                Lowering.name(value, "BatchNorm.InputGradient"),
                List.of(x, shared[1], shared[2], shared[3], shared[4], shared[5], dy),
                List.of(dx),
                batch -> batch.blocks(dx) * p.tasks(),
                (task, batch, scratch) -> {
                  int block = task / p.tasks();
                  int part = task % p.tasks();
                  double m = (double) batch.count() * p.positions();
                  for (int c = p.first(part); c < p.end(part); c++) {
                    double sigma = Math.sqrt(at(shared[2], c) + op.eps());
                    int to = dx.block(block) + c * p.plane;
                    inputGradient(
                        x.data(),
                        x.block(block) + c * p.plane,
                        at(shared[1], c),
                        (float) (at(shared[4], c) / (sigma * m)),
                        (float) (at(shared[5], c) / m),
                        (float) (at(shared[3], c) / sigma),
                        dy.data(),
                        dy.block(block) + c * p.plane,
                        dx.data(),
                        to,
                        p.plane);
                    clear(dx.data(), to, p.plane, batch.lanes(block));
                  }
                })
            .inPlace(dy));
  }

  private static float at(Buffer shared, int channel) {
    return shared.data()[shared.offset() + channel];
  }

  /** {@code dx = scale · (dy − shift − (x − mean) · slope)}. */
  private static void inputGradient(
      float[] x,
      int x0,
      float mean,
      float slope,
      float shift,
      float scale,
      float[] dy,
      int dy0,
      float[] dx,
      int dx0,
      int n) {
    for (int i = 0; i < n; i++) {
      dx[dx0 + i] = scale * Math.fma(mean - x[x0 + i], slope, dy[dy0 + i] - shift);
    }
  }

  private static void clear(float[] dx, int dx0, int n, int lanes) {
    for (int i = 0; lanes < LANES && i < n; i += LANES) {
      Arrays.fill(dx, dx0 + i + lanes, dx0 + i + LANES, 0);
    }
  }
}
