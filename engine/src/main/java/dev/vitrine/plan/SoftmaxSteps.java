package dev.vitrine.plan;

import dev.vitrine.kernel.FloatMath;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.SoftmaxCrossEntropy;
import dev.vitrine.op.Value;
import java.util.List;

/** Softmax and its kin: sums over classes, each lane by itself, in the order of the classes. */
final class SoftmaxSteps {
  private static final int LANES = Kernels.LANES;

  private SoftmaxSteps() {}

  /** The work on one lane; {@code step} floats lie between a position's classes. */
  private interface PerLane {
    void run(int block, int at, int classes, int step);
  }

  private static void add(
      Lowering l, String name, List<Buffer> reads, Buffer y, int classes, PerLane body) {
    int positions = y.elements / classes;
    l.add(
        new Step(
            name,
            reads,
            List.of(y),
            batch -> batch.blocks(y),
            (block, batch, scratch) -> {
              for (int at = 0; at < positions * LANES; at++) {
                body.run(block, at, classes, positions * LANES);
              }
            }));
  }

  static void softmax(Lowering l, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer y = l.newLanes(value);
    add(
        l,
        Lowering.name(value),
        List.of(x),
        y,
        value.shape().size(0),
        (block, at, n, step) -> {
          int from = x.block(block) + at;
          int to = y.block(block) + at;
          float max = max(x.data, from, n, step);
          float sum = 0;
          for (int c = 0; c < n * step; c += step) {
            float e = FloatMath.exp(x.data[from + c] - max);
            y.data[to + c] = e;
            sum += e;
          }
          for (int c = 0; c < n * step; c += step) {
            y.data[to + c] /= sum;
          }
        });
  }

  static void softmaxGradient(Lowering l, Value value) {
    Buffer y = l.lanes(value, 0);
    Buffer dy = l.lanes(value, 1);
    Buffer dx = l.newLanes(value);
    add(
        l,
        Lowering.name(value, "Softmax.Gradient"),
        List.of(y, dy),
        dx,
        value.shape().size(0),
        (block, at, n, step) -> {
          int yAt = y.block(block) + at;
          int dyAt = dy.block(block) + at;
          float dot = 0;
          for (int c = 0; c < n * step; c += step) {
            dot = Math.fma(dy.data[dyAt + c], y.data[yAt + c], dot);
          }
          for (int c = 0; c < n * step; c += step) {
            dx.data[dx.block(block) + at + c] = y.data[yAt + c] * (dy.data[dyAt + c] - dot);
          }
        });
  }

  static void logSoftmax(Lowering l, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer y = l.newLanes(value);
    add(
        l,
        Lowering.name(value),
        List.of(x),
        y,
        value.shape().size(0),
        (block, at, n, step) -> {
          int from = x.block(block) + at;
          float max = max(x.data, from, n, step);
          float log = FloatMath.log(sumExp(x.data, from, n, step, max));
          for (int c = 0; c < n * step; c += step) {
            y.data[y.block(block) + at + c] = (x.data[from + c] - max) - log;
          }
        });
  }

  static void logSoftmaxGradient(Lowering l, Value value) {
    Buffer y = l.lanes(value, 0);
    Buffer dy = l.lanes(value, 1);
    Buffer dx = l.newLanes(value);
    add(
        l,
        Lowering.name(value, "LogSoftmax.Gradient"),
        List.of(y, dy),
        dx,
        value.shape().size(0),
        (block, at, n, step) -> {
          int dyAt = dy.block(block) + at;
          float sum = 0;
          for (int c = 0; c < n * step; c += step) {
            sum += dy.data[dyAt + c];
          }
          for (int c = 0; c < n * step; c += step) {
            float probability = FloatMath.exp(y.data[y.block(block) + at + c]);
            dx.data[dx.block(block) + at + c] = Math.fma(-probability, sum, dy.data[dyAt + c]);
          }
        });
  }

  static void crossEntropy(Lowering l, SoftmaxCrossEntropy op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer label = l.lanes(value, 1);
    Buffer y = l.newLanes(value);
    int classes = x.elements;
    float other = (float) op.target(0, -1, classes);
    float right = (float) op.target(0, 0, classes);
    add(
        l,
        Lowering.name(value),
        List.of(x, label),
        y,
        1,
        (block, at, one, step) -> {
          int from = x.block(block) + at;
          int t = (int) label.data[label.block(block) + at];
          float max = max(x.data, from, classes, LANES);
          float log = FloatMath.log(sumExp(x.data, from, classes, LANES, max));
          float loss = 0;
          for (int c = 0; c < classes; c++) {
            float minusLogP = log - (x.data[from + c * LANES] - max);
            float q = c == t ? right : other;
            loss = q == 0 ? loss : Math.fma(q, minusLogP, loss);
          }
          y.data[y.block(block) + at] = loss;
        });
  }

  static void crossEntropyGradient(Lowering l, SoftmaxCrossEntropy.Gradient op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer label = l.lanes(value, 1);
    Buffer dy = l.lanes(value, 2);
    Buffer dx = l.newLanes(value);
    int classes = x.elements;
    float other = (float) op.of().target(0, -1, classes);
    float right = (float) op.of().target(0, 0, classes);
    String name = Lowering.name(value, "SoftmaxCrossEntropy.Gradient");
    add(
        l,
        name,
        List.of(x, label, dy),
        dx,
        classes,
        (block, at, n, step) -> {
          int from = x.block(block) + at;
          int to = dx.block(block) + at;
          int t = (int) label.data[label.block(block) + at];
          float d = dy.data[dy.block(block) + at];
          float max = max(x.data, from, n, step);
          float sum = 0;
          for (int c = 0; c < n * step; c += step) {
            float e = FloatMath.exp(x.data[from + c] - max);
            dx.data[to + c] = e;
            sum += e;
          }
          for (int c = 0; c < n; c++) {
            float q = c == t ? right : other;
            dx.data[to + c * step] = (dx.data[to + c * step] / sum - q) * d;
          }
        });
  }

  private static float max(float[] x, int from, int n, int step) {
    float max = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < n * step; c += step) {
      max = Math.max(max, x[from + c]);
    }
    return max;
  }

  private static float sumExp(float[] x, int from, int n, int step, float max) {
    float sum = 0;
    for (int c = 0; c < n * step; c += step) {
      sum += FloatMath.exp(x[from + c] - max);
    }
    return sum;
  }
}
