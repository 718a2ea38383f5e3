package dev.vitrine.plan.steps;

import dev.vitrine.kernel.FloatMath;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.SoftmaxCrossEntropy;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import java.util.Arrays;
import java.util.List;

/** Softmax and its kin: sums over classes, each lane by itself, in the order of the classes. */
public final class SoftmaxSteps {
  private static final int LANES = Kernels.LANES;
  private static final Unary EXP = new Elementary.Exp();
  private static final Unary LOG = new Elementary.Log();

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

  public static void softmax(Lowering l, Value value) {
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
          float max = max(x.data(), from, n, step);
          float sum = 0;
          for (int c = 0; c < n * step; c += step) {
            float e = FloatMath.exp(x.data()[from + c] - max);
            y.data()[to + c] = e;
            sum += e;
          }
          for (int c = 0; c < n * step; c += step) {
            y.data()[to + c] /= sum;
          }
        });
  }

  public static void softmaxGradient(Lowering l, Value value) {
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
            dot = Math.fma(dy.data()[dyAt + c], y.data()[yAt + c], dot);
          }
          for (int c = 0; c < n * step; c += step) {
            dx.data()[dx.block(block) + at + c] = y.data()[yAt + c] * (dy.data()[dyAt + c] - dot);
          }
        });
  }

  public static void logSoftmax(Lowering l, Value value) {
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
          float max = max(x.data(), from, n, step);
          float log = FloatMath.log(sumExp(x.data(), from, n, step, max));
          for (int c = 0; c < n * step; c += step) {
            y.data()[y.block(block) + at + c] = (x.data()[from + c] - max) - log;
          }
        });
  }

  public static void logSoftmaxGradient(Lowering l, Value value) {
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
            sum += dy.data()[dyAt + c];
          }
          for (int c = 0; c < n * step; c += step) {
            float probability = FloatMath.exp(y.data()[y.block(block) + at + c]);
            dx.data()[dx.block(block) + at + c] = Math.fma(-probability, sum, dy.data()[dyAt + c]);
          }
        });
  }

  public static void crossEntropy(Lowering l, SoftmaxCrossEntropy op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer label = l.lanes(value, 1);
    Buffer y = l.newLanes(value);
    int classes = x.elements;
    float other = (float) op.target(0, -1, classes);
    float right = (float) op.target(0, 0, classes);
    l.add(
        new Step(
                Lowering.name(value),
                List.of(x, label),
                List.of(y),
                batch -> batch.blocks(y),
                (block, batch, scratch) -> {
                  int from = x.block(block);
                  int max = classes * LANES;
                  int log = max + LANES;
                  exponentials(l.kernels, x.data(), from, classes, scratch, 0, scratch, max);
                  sums(scratch, 0, classes, scratch, log);
                  l.kernels.unary(LOG, scratch, log, scratch, log, LANES);
                  requireClasses(label, block, batch, classes);
                  for (int lane = 0; lane < LANES; lane++) {
                    int t = (int) label.data()[label.block(block) + lane];
                    float loss = 0;
                    for (int c = 0; c < classes; c++) {
                      float q = c == t ? right : other;
                      if (q != 0) {
                        float logit = x.data()[from + c * LANES + lane] - scratch[max + lane];
                        loss = Math.fma(q, scratch[log + lane] - logit, loss);
                      }
                    }
                    y.data()[y.block(block) + lane] = loss;
                  }
                })
            .scratch((classes + 2) * LANES));
  }

  /** Another number would be no class's: a loss of 0 with a gradient that is not. */
  private static void requireClasses(Buffer label, int block, Batch batch, int classes) {
    for (int lane = 0; lane < batch.lanes(block); lane++) {
      SoftmaxCrossEntropy.classNumber(label.data()[label.block(block) + lane], classes);
    }
  }

  public static void crossEntropyGradient(
      Lowering l, SoftmaxCrossEntropy.Gradient op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer label = l.lanes(value, 1);
    Buffer dy = l.lanes(value, 2);
    Buffer dx = l.newLanes(value);
    int classes = x.elements;
    float other = (float) op.of().target(0, -1, classes);
    float right = (float) op.of().target(0, 0, classes);
    l.add(
        new Step(
                Lowering.name(value, "SoftmaxCrossEntropy.Gradient"),
                List.of(x, label, dy),
                List.of(dx),
                batch -> batch.blocks(dx),
                (block, batch, scratch) -> {
                  int to = dx.block(block);
                  requireClasses(label, block, batch, classes);
                  exponentials(
                      l.kernels, x.data(), x.block(block), classes, dx.data(), to, scratch, LANES);
                  sums(dx.data(), to, classes, scratch, 0);
                  int labels = label.block(block);
                  int factors = dy.block(block);
                  for (int c = 0; c < classes; c++) {
                    for (int lane = 0; lane < LANES; lane++) {
                      float q = c == (int) label.data()[labels + lane] ? right : other;
                      int at = to + c * LANES + lane;
                      dx.data()[at] =
                          (dx.data()[at] / scratch[lane] - q) * dy.data()[factors + lane];
                    }
                  }
                })
            .scratch(2 * LANES));
  }

  /** {@code e[c][lane] = exp(x[c][lane] − max[lane])}, max being the lane's largest. */
  private static void exponentials(
      Kernels kernels, float[] x, int x0, int classes, float[] e, int e0, float[] max, int max0) {
    Arrays.fill(max, max0, max0 + LANES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < classes * LANES; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        max[max0 + lane] = Math.max(max[max0 + lane], x[x0 + i + lane]);
      }
    }
    for (int i = 0; i < classes * LANES; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        e[e0 + i + lane] = x[x0 + i + lane] - max[max0 + lane];
      }
    }
    kernels.unary(EXP, e, e0, e, e0, classes * LANES);
  }

  /** Each lane's sum, in the order of the classes. */
  private static void sums(float[] e, int e0, int classes, float[] sum, int sum0) {
    Arrays.fill(sum, sum0, sum0 + LANES, 0);
    for (int i = 0; i < classes * LANES; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        sum[sum0 + lane] += e[e0 + i + lane];
      }
    }
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
