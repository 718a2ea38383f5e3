package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import java.util.List;

/**
 * What a stencil takes for weights, copied so that a row's terms follow each other: for kernels
 * that then find them faster ({@link Kernels#prefersRows}).
 */
final class WeightRows {
  private static final int LANES = Kernels.LANES;

  /** Rows to a task. */
  private static final int TASK = 4 * LANES;

  /** Blocks of examples from which on turning a matrix costs less than it saves. */
  private static final int BLOCKS = 8;

  /** Floats of a copy that are not worth it: they would push everything else out of the caches. */
  private static final long MOST = 1 << 24;

  private WeightRows() {}

  /** Whether to turn a matrix whose columns are terms. */
  static boolean payForMatrix(Lowering l, Buffer w, int terms) {
    return l.kernels.prefersRows() && l.maxBlocks >= BLOCKS && terms >= TASK && w.elements <= MOST;
  }

  /** Whether to copy lanes whose examples are terms. */
  static boolean payForLanes(Lowering l, Buffer x) {
    return l.kernels.prefersRows()
        && x.perExample()
        && l.maxBlocks > 1
        && (long) x.elements * examples(l) <= MOST;
  }

  /** A matrix (rows, columns) as (columns, rows). */
  static Buffer transposed(Lowering l, Value value, Buffer w, int rows, int columns) {
    return l.derived(
        w,
        "transposed",
        () -> {
          Buffer turned = Buffer.flat(w.elements);
          l.add(
              new Step(
                  Lowering.name(value, "Affine, weights"),
                  List.of(w),
                  List.of(turned),
                  batch -> tasks(columns),
                  (task, batch, scratch) -> {
                    int first = task * TASK;
                    l.kernels.transpose(
                        rows,
                        Math.min(TASK, columns - first),
                        w.data(),
                        w.offset() + first,
                        columns,
                        turned.data(),
                        turned.offset() + first * rows,
                        rows);
                  }));
          return turned;
        });
  }

  /** A value in lanes as a row of examples for each element. */
  static Buffer ofLanes(Lowering l, Value value, Buffer x) {
    return l.derived(
        x,
        "rows",
        () -> {
          Buffer rows = Buffer.flat(x.elements * examples(l));
          LinearPass whole = copying(l, x, TASK);
          LinearPass rest = copying(l, x, x.elements % TASK);
          l.kernels.expect(x.elements < TASK ? rest : whole);
          l.add(
              new Step(
                  Lowering.name(value, "Affine, rows"),
                  List.of(x),
                  List.of(rows),
                  batch -> tasks(x.elements),
                  (task, batch, scratch) ->
                      Copies.run(
                          l.kernels,
                          (task + 1) * TASK <= x.elements ? whole : rest,
                          batch.blocks(x),
                          x.data(),
                          x.offset() + task * TASK * LANES,
                          rows.data(),
                          rows.offset() + task * TASK * examples(l))));
          return rows;
        });
  }

  /** A row is a time, a block of examples a plane. */
  private static LinearPass copying(Lowering l, Buffer x, int rows) {
    return Copies.of(1, rows, LANES, examples(l), x.blockStride, LANES);
  }

  /** Examples of a row of {@link #ofLanes}, used or not. */
  static int examples(Lowering l) {
    return l.maxBlocks * LANES;
  }

  private static int tasks(int rows) {
    return (rows + TASK - 1) / TASK;
  }
}
