package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Binary;
import dev.vitrine.op.DropoutMask;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.random.RandomStream;
import java.util.List;

/** Steps that treat every element alike; long values are cut into chunks of one cache's size. */
public final class ElementwiseSteps {
  /** Floats a task: 64 KiB of each operand. */
  private static final int CHUNK = 16 * 1024;

  private ElementwiseSteps() {}

  /** The work on one stretch of a block. */
  private interface Stretch {
    void run(Batch batch, int block, int from, int length);
  }

  private static Step step(String name, List<Buffer> reads, Buffer y, Stretch body) {
    int floats = y.elements * Kernels.LANES;
    int chunks = (floats + CHUNK - 1) / CHUNK;
    return new Step(
        name,
        reads,
        List.of(y),
        batch -> batch.blocks(y) * chunks,
        (task, batch, scratch) -> {
          int from = task % chunks * CHUNK;
          body.run(batch, task / chunks, from, Math.min(CHUNK, floats - from));
        });
  }

  public static void unary(Lowering l, Unary f, Value value) {
    unary(l, f, value, l.lanes(value, 0), l.newLanes(value));
  }

  /** Of whatever lies in the buffers alike. */
  static void unary(Lowering l, Unary f, Value value, Buffer x, Buffer y) {
    Kernels k = l.kernels;
    l.add(
        step(
                Lowering.name(value),
                List.of(x),
                y,
                (batch, block, from, n) ->
                    k.unary(f, x.data(), x.block(block) + from, y.data(), y.block(block) + from, n))
            .inPlace(x));
  }

  public static void unaryGradient(Lowering l, Unary.Gradient op, Value value) {
    Buffer v = l.lanes(value, 0);
    Buffer dy = l.lanes(value, 1);
    Buffer dx = l.newLanes(value);
    Kernels k = l.kernels;
    l.add(
        step(
                Lowering.name(value, op.of().getClass().getSimpleName() + ".Gradient"),
                List.of(v, dy),
                dx,
                (batch, block, from, n) ->
                    k.unaryGradient(
                        op.of(),
                        v.data(),
                        v.block(block) + from,
                        dy.data(),
                        dy.block(block) + from,
                        dx.data(),
                        dx.block(block) + from,
                        n))
            .inPlace(dy));
  }

  public static void binary(Lowering l, Binary op, Value value) {
    Buffer a = l.lanes(value, 0);
    Buffer b = l.lanes(value, 1);
    binary(l, op, value, a, b, l.newLanes(value));
  }

  /** Of whatever lies in the buffers alike. */
  static void binary(Lowering l, Binary op, Value value, Buffer a, Buffer b, Buffer y) {
    l.add(
        step(
                Lowering.name(value),
                List.of(a, b),
                y,
                (batch, block, from, n) ->
                    l.kernels.binary(
                        op,
                        a.data(),
                        a.block(block) + from,
                        b.data(),
                        b.block(block) + from,
                        y.data(),
                        y.block(block) + from,
                        n))
            .inPlace(a));
  }

  public static void prelu(Lowering l, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer a = l.flat(value.inputs().get(1));
    Buffer y = l.newLanes(value);
    int plane = x.elements / a.elements * Kernels.LANES;
    l.add(
        new Step(
            Lowering.name(value),
            List.of(x, a),
            List.of(y),
            batch -> batch.blocks(y) * a.elements,
            (task, batch, scratch) -> {
              int channel = task % a.elements;
              int from = x.block(task / a.elements) + channel * plane;
              int to = y.block(task / a.elements) + channel * plane;
              float slope = a.data()[a.offset() + channel];
              select(x.data(), from, x.data(), from, slope, y.data(), to, plane);
            }));
  }

  public static void preluGradient(Lowering l, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer a = l.flat(value.inputs().get(1));
    Buffer dy = l.lanes(value, 2);
    Buffer dx = l.newLanes(value);
    int plane = x.elements / a.elements * Kernels.LANES;
    l.add(
        new Step(
            Lowering.name(value, "PRelu.InputGradient"),
            List.of(x, a, dy),
            List.of(dx),
            batch -> batch.blocks(dx) * a.elements,
            (task, batch, scratch) -> {
              int block = task / a.elements;
              int channel = task % a.elements;
              int at = channel * plane;
              float slope = a.data()[a.offset() + channel];
              int from = dy.block(block) + at;
              select(
                  x.data(),
                  x.block(block) + at,
                  dy.data(),
                  from,
                  slope,
                  dx.data(),
                  dx.block(block) + at,
                  plane);
            }));
  }

  /** {@code z = y} where {@code x > 0}, else {@code slope · y}. */
  private static void select(
      float[] x, int x0, float[] y, int y0, float slope, float[] z, int z0, int n) {
    for (int i = 0; i < n; i++) {
      float v = y[y0 + i];
      z[z0 + i] = x[x0 + i] > 0 ? v : slope * v;
    }
  }

  public static void dropoutMask(Lowering l, DropoutMask op, Value value) {
    Buffer y = l.newLanes(value);
    int elements = value.shape().elements();
    float kept = (float) (1 / (1 - op.rate()));
    long purpose = op.purpose();
    l.add(
        step(
            Lowering.name(value),
            List.of(),
            y,
            (batch, block, from, n) -> {
              long key = batch.seed().key(purpose, batch.step());
              long first = batch.first() + (long) block * Kernels.LANES;
              for (int i = 0; i < n; i++) {
                int element = (from + i) / Kernels.LANES;
                int lane = y.perExample() ? (from + i) % Kernels.LANES : 0;
                boolean drop =
                    RandomStream.uniformOf(key, (first + lane) * elements + element) < op.rate();
                y.data()[y.block(block) + from + i] = drop ? 0 : kept;
              }
            }));
  }
}
