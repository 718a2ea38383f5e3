package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Lanes;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.BatchSpread;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import java.util.Arrays;
import java.util.List;

/**
 * Steps between one value per example and one shared by all. Lanes without an example are left out
 * of sums, and receive zeros where a gradient enters, so that they never contribute.
 */
public final class BatchSteps {
  private static final int LANES = Kernels.LANES;

  /** Elements a task. */
  private static final int CHUNK = 1024;

  /** Sums over the batch a task: each takes as long as some copies. */
  private static final int SUMS = 16;

  private BatchSteps() {}

  private static int chunks(int elements) {
    return (elements + CHUNK - 1) / CHUNK;
  }

  /** Repeats a flat value in all 16 lanes of one block. */
  static void spreadFlat(Lowering l, Buffer x, Buffer y) {
    l.add(
        new Step(
            "Spread",
            List.of(x),
            List.of(y),
            batch -> chunks(x.elements),
            (task, batch, scratch) -> {
              int end = Math.min(x.elements, (task + 1) * CHUNK);
              for (int e = task * CHUNK; e < end; e++) {
                int at = y.offset() + e * LANES;
                Arrays.fill(y.data(), at, at + LANES, x.data()[x.offset() + e]);
              }
            }));
  }

  /** Takes lane 0 of a shared value's block. */
  static void gather(Lowering l, Buffer x, Buffer y) {
    l.add(
        new Step(
            "Gather",
            List.of(x),
            List.of(y),
            batch -> chunks(x.elements),
            (task, batch, scratch) -> {
              int end = Math.min(x.elements, (task + 1) * CHUNK);
              for (int e = task * CHUNK; e < end; e++) {
                y.data()[y.offset() + e] = x.data()[x.offset() + e * LANES];
              }
            }));
  }

  /** Copies one flat value to another place. */
  public static void copyFlat(Lowering l, Buffer x, Buffer y) {
    l.add(
        new Step(
            "Copy",
            List.of(x),
            List.of(y),
            batch -> 1,
            (task, batch, scratch) ->
                System.arraycopy(x.data(), x.offset(), y.data(), y.offset(), x.elements)));
  }

  public static void reduce(Lowering l, BatchReduce op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer y = l.newFlat(value);
    l.add(
        new Step(
                Lowering.name(value, "Batch" + op),
                List.of(x),
                List.of(y),
                batch -> (x.elements + SUMS - 1) / SUMS,
                (task, batch, scratch) -> {
                  int end = Math.min(x.elements, (task + 1) * SUMS);
                  boolean mean = op == BatchReduce.MEAN;
                  float divisor = mean && x.perExample() ? batch.count() : 1;
                  float copies = mean || x.perExample() ? 1 : batch.count();
                  for (int e = task * SUMS; e < end; e++) {
                    y.data()[y.offset() + e] =
                        sum(l.kernels, x, e, 1, batch, scratch) * copies / divisor;
                  }
                })
            .scratch(LANES));
  }

  public static void biasGradient(Lowering l, Value value) {
    Buffer dy = l.lanes(value, 0);
    Buffer db = l.newFlat(value);
    int plane = dy.elements / db.elements;
    l.add(
        new Step(
                Lowering.name(value, "BiasGradient"),
                List.of(dy),
                List.of(db),
                batch -> db.elements,
                (task, batch, scratch) ->
                    db.data()[db.offset() + task] =
                        sum(l.kernels, dy, task * plane, plane, batch, scratch))
            .scratch(LANES));
  }

  /**
   * The sum over the batch of {@code n} elements from {@code first}: lane by lane in the order of
   * blocks and elements, then across lanes.
   */
  private static float sum(Kernels kernels, Buffer x, int first, int n, Batch batch, float[] acc) {
    Arrays.fill(acc, 0, LANES, 0);
    int blocks = batch.blocks(x);
    boolean ragged = !x.perExample() || batch.lanes(blocks - 1) < LANES;
    int whole = ragged ? blocks - 1 : blocks;
    int at = x.offset() + first * LANES;
    if (n == 1) {
      kernels.sum(x.data(), at, x.blockStride, whole, acc);
    } else {
      for (int block = 0; block < whole; block++) {
        kernels.sum(x.data(), at + block * x.blockStride, LANES, n, acc);
      }
    }
    if (ragged) {
      int lanes = x.perExample() ? batch.lanes(whole) : 1;
      int from = at + whole * x.blockStride;
      for (int i = 0; i < n * LANES; i += LANES) {
        for (int lane = 0; lane < lanes; lane++) {
          acc[lane] += x.data()[from + i + lane];
        }
      }
    }
    return Lanes.sum(acc, 0);
  }

  public static void spread(Lowering l, BatchSpread op, Value value) {
    spreadMasked(l, op.of(), l.flat(value.inputs().getFirst()), l.newLanes(value));
  }

  /**
   * A gradient for a sum over the batch with {@code x}: itself if it has lanes for every example,
   * or copied into them, with zeros where there is no example.
   */
  public static Buffer masked(Lowering l, Buffer dy, Buffer x) {
    if (dy.perExample() || !x.perExample()) {
      return dy;
    }
    Buffer flat = Buffer.flat(dy.elements);
    Buffer masked = l.newLanes(dy.elements, true);
    gather(l, dy, flat);
    spreadMasked(l, BatchReduce.SUM, flat, masked);
    return masked;
  }

  private static void spreadMasked(Lowering l, BatchReduce of, Buffer x, Buffer y) {
    l.add(
        new Step(
            "BatchSpread",
            List.of(x),
            List.of(y),
            Batch::blocks,
            (block, batch, scratch) -> {
              float divisor = of == BatchReduce.MEAN ? batch.count() : 1;
              int lanes = batch.lanes(block);
              for (int e = 0; e < x.elements; e++) {
                int at = y.block(block) + e * LANES;
                Arrays.fill(y.data(), at, at + lanes, x.data()[x.offset() + e] / divisor);
                Arrays.fill(y.data(), at + lanes, at + LANES, 0);
              }
            }));
  }
}
