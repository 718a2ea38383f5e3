package dev.vitrine.plan;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.List;

/** Dense layers as stencils: four blocks of examples to a tile, features as terms. */
final class AffineSteps {
  private static final int LANES = Kernels.LANES;
  private static final int TILE = Stencil.TILE;

  private AffineSteps() {}

  static void forward(Lowering l, Affine op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer w = l.flat(value.inputs().get(1));
    Buffer b = op.bias() ? l.flat(value.inputs().get(2)) : null;
    Epilogue epilogue = Epilogue.of(l, value);
    Buffer y = epilogue.output();
    Stencil s = overBlocks(l, x, y, 1);
    Rows rows = Rows.of(1, y.elements, y.elements >= 160 ? 20 : 10);
    l.add(
        new Step(
            epilogue.name("Affine"),
            b == null ? List.of(x, w) : List.of(x, w, b),
            List.of(y),
            batch -> tiles(batch.blocks(y)) * rows.tasks(),
            (task, batch, scratch) -> {
              int tile = task / rows.tasks();
              int row = rows.first(task % rows.tasks());
              int n = rows.count(task % rows.tasks());
              l.kernels.stencil(
                  s,
                  tile,
                  tile + 1,
                  n,
                  x.elements,
                  w.data,
                  w.offset + row * x.elements,
                  x.elements,
                  x.data,
                  x.offset,
                  b == null ? null : b.data,
                  b == null ? 0 : b.offset + row,
                  epilogue.floor(),
                  y.data,
                  y.offset + row * LANES,
                  LANES);
              int end = Math.min((tile + 1) * TILE, batch.blocks(y));
              for (int block = tile * TILE; block < end; block++) {
                epilogue.finish(l.kernels, y.block(block) + row * LANES, n * LANES);
              }
            }));
  }

  static void inputGradient(Lowering l, Value value) {
    Buffer w = l.flat(value.inputs().get(0));
    Buffer dy = l.lanes(value, 1);
    Buffer dx = l.newLanes(value);
    Stencil s = overBlocks(l, dy, dx, dx.elements);
    Rows rows = Rows.of(1, dx.elements, dx.elements >= 160 ? 20 : 10);
    l.add(
        new Step(
            Lowering.name(value, "Affine.InputGradient"),
            List.of(w, dy),
            List.of(dx),
            batch -> tiles(batch.blocks(dx)) * rows.tasks(),
            (task, batch, scratch) -> {
              int tile = task / rows.tasks();
              int row = rows.first(task % rows.tasks());
              l.kernels.stencil(
                  s,
                  tile,
                  tile + 1,
                  rows.count(task % rows.tasks()),
                  dy.elements,
                  w.data,
                  w.offset + row,
                  1,
                  dy.data,
                  dy.offset,
                  null,
                  0,
                  Float.NEGATIVE_INFINITY,
                  dx.data,
                  dx.offset + row * LANES,
                  LANES);
            }));
  }

  private static int tiles(int positions) {
    return (positions + TILE - 1) / TILE;
  }

  /** Positions are blocks; term t is element t of x, its weight {@code t · wStride} into a row. */
  private static Stencil overBlocks(Lowering l, Buffer x, Buffer y, int wStride) {
    int blocks = y.perExample() ? l.maxBlocks : 1;
    int[] xBase = new int[tiles(blocks) * TILE];
    int[] yBase = new int[xBase.length];
    for (int p = 0; p < xBase.length; p++) {
      xBase[p] = Math.min(p, blocks - 1) * x.blockStride;
      yBase[p] = Math.min(p, blocks - 1) * y.blockStride;
    }
    int[] xTerm = new int[x.elements];
    int[] wTerm = new int[x.elements];
    for (int t = 0; t < xTerm.length; t++) {
      xTerm[t] = t * LANES;
      wTerm[t] = t * wStride;
    }
    return new Stencil(
        xBase, yBase, null, new int[tiles(blocks)], new int[][] {xTerm}, new int[][] {wTerm});
  }

  /**
   * Lanes hold 16 neighbouring features here, not 16 examples: x is transposed once, and the batch
   * is the summed axis, so no sums across lanes are needed.
   */
  static void weightGradient(Lowering l, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer dy = l.lanes(value, 1);
    Buffer dw = l.newFlat(value);
    Shape shape = value.shape();
    int features = (shape.size(1) + LANES - 1) / LANES * LANES;
    Buffer rowsOfX = transposed(l, value, x, features);
    Stencil s = overFeatures(l, x, dy, shape.size(1), features);
    Rows rows = Rows.of(1, shape.size(0), shape.size(0) >= 160 ? 20 : 10);
    int tileTasks = (s.tiles() + 7) / 8;
    l.add(
        new Step(
            Lowering.name(value, "Affine.WeightGradient"),
            List.of(rowsOfX, dy),
            List.of(dw),
            batch -> tileTasks * rows.tasks(),
            (task, batch, scratch) -> {
              int row = rows.first(task / tileTasks);
              int from = task % tileTasks * 8;
              int examples = x.perExample() || dy.perExample() ? batch.count() : 1;
              l.kernels.stencil(
                  s,
                  from,
                  Math.min(from + 8, s.tiles()),
                  rows.count(task / tileTasks),
                  examples,
                  dy.data,
                  dy.offset + row * LANES,
                  LANES,
                  rowsOfX.data,
                  rowsOfX.offset,
                  null,
                  0,
                  Float.NEGATIVE_INFINITY,
                  dw.data,
                  dw.offset + row * shape.size(1),
                  shape.size(1));
            }));
  }

  private static Stencil overFeatures(Lowering l, Buffer x, Buffer dy, int inFeatures, int row) {
    int vectors = row / LANES;
    int[] base = new int[tiles(vectors) * TILE];
    int[] lanes = new int[base.length];
    for (int p = 0; p < base.length; p++) {
      base[p] = Math.min(p, vectors - 1) * LANES;
      lanes[p] = Math.min(LANES, inFeatures - base[p]);
    }
    int[] xTerm = new int[l.maxBlocks * LANES];
    int[] wTerm = new int[xTerm.length];
    for (int n = 0; n < xTerm.length; n++) {
      xTerm[n] = (x.perExample() ? n : n % LANES) * row;
      wTerm[n] = n / LANES * dy.blockStride + n % LANES;
    }
    boolean whole = inFeatures == row;
    return new Stencil(
        base,
        base,
        whole ? null : lanes,
        new int[tiles(vectors)],
        new int[][] {xTerm},
        new int[][] {wTerm});
  }

  /** {@code [example][feature]}, rows padded with zeros to {@code row} features. */
  private static Buffer transposed(Lowering l, Value value, Buffer x, int row) {
    Buffer t = l.newLanes(row, x.perExample());
    l.add(
        new Step(
            Lowering.name(value, "Transpose"),
            List.of(x),
            List.of(t),
            batch -> batch.blocks(x),
            (block, batch, scratch) ->
                l.kernels.transpose(
                    x.data, x.block(block), x.elements, t.data, t.block(block), row)));
    return t;
  }
}
