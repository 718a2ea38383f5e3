package dev.vitrine.plan;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Value;
import java.util.List;

/** Dense layers as stencils: four blocks of examples to a tile, features as terms. */
final class AffineSteps {
  private static final int LANES = Kernels.LANES;
  private static final int TILE = Stencil.TILE;

  /** Features to a tile of a weight gradient. */
  private static final int PANEL = TILE * LANES;

  private AffineSteps() {}

  static void forward(Lowering l, Affine op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer w = l.flat(value.inputs().get(1));
    Buffer b = op.bias() ? l.flat(value.inputs().get(2)) : null;
    Epilogue epilogue = Epilogue.of(l, value);
    Buffer y = epilogue.output();
    Stencil[] stencils = overBlocks(l, x, y, 1);
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
              int end = Math.min((tile + 1) * TILE, batch.blocks(y));
              l.kernels.stencil(
                  stencils[end - tile * TILE],
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
              for (int block = tile * TILE; block < end; block++) {
                epilogue.finish(l.kernels, y.block(block) + row * LANES, n * LANES);
              }
            }));
  }

  static void inputGradient(Lowering l, Value value) {
    Buffer w = l.flat(value.inputs().get(0));
    Buffer dy = l.lanes(value, 1);
    Buffer dx = l.newLanes(value);
    Stencil[] stencils = overBlocks(l, dy, dx, dx.elements);
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
                  stencils[Math.min(TILE, batch.blocks(dx) - tile * TILE)],
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

  /**
   * Positions are blocks; term t is element t of x, its weight {@code t · wStride} into a row. The
   * stencil at index n is for tiles of which only the first n blocks are there.
   */
  private static Stencil[] overBlocks(Lowering l, Buffer x, Buffer y, int wStride) {
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
    Stencil[] stencils = new Stencil[TILE + 1];
    for (int n = 1; n <= TILE; n++) {
      int[] yLanes = new int[xBase.length];
      for (int p = 0; p < yLanes.length; p++) {
        yLanes[p] = p % TILE < n ? LANES : 0;
      }
      stencils[n] =
          new Stencil(
              xBase,
              yBase,
              n == TILE ? null : yLanes,
              new int[tiles(blocks)],
              new int[][] {xTerm},
              new int[][] {wTerm});
    }
    return stencils;
  }

  /**
   * Lanes hold 16 neighbouring features here, not 16 examples: x is transposed once, and the batch
   * is the summed axis, so no sums across lanes are needed.
   */
  static void weightGradient(Lowering l, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer dy = l.lanes(value, 1);
    Buffer dw = l.newFlat(value);
    int outFeatures = value.shape().size(0);
    int inFeatures = value.shape().size(1);
    int panels = (inFeatures + PANEL - 1) / PANEL;
    Buffer xPanels = panels(l, value, x, panels);
    Stencil s = overFeatures(l, x, dy, inFeatures);
    Rows rows = Rows.of(1, outFeatures, outFeatures >= 160 ? 20 : 10);
    int perTask = panels * rows.tasks() >= 64 ? 8 : 2;
    int tileTasks = (panels + perTask - 1) / perTask;
    l.add(
        new Step(
            Lowering.name(value, "Affine.WeightGradient"),
            List.of(xPanels, dy),
            List.of(dw),
            batch -> tileTasks * rows.tasks(),
            (task, batch, scratch) -> {
              int row = rows.first(task / tileTasks);
              int from = task % tileTasks * perTask;
              int examples = x.perExample() || dy.perExample() ? batch.count() : 1;
              l.kernels.stencil(
                  s,
                  from,
                  Math.min(from + perTask, panels),
                  rows.count(task / tileTasks),
                  examples,
                  dy.data,
                  dy.offset + row * LANES,
                  LANES,
                  xPanels.data,
                  xPanels.offset,
                  null,
                  0,
                  Float.NEGATIVE_INFINITY,
                  dw.data,
                  dw.offset + row * inFeatures,
                  inFeatures);
            }));
  }

  private static int vectors(int features) {
    return (features + LANES - 1) / LANES;
  }

  /** The first feature of a vector; the last vector overlaps the one before rather than the end. */
  private static int firstFeature(int vector, int features) {
    return Math.max(0, Math.min(vector * LANES, features - LANES));
  }

  /** Tiles are panels, positions are vectors of features; the last panel may have fewer. */
  private static Stencil overFeatures(Lowering l, Buffer x, Buffer dy, int inFeatures) {
    int vectors = vectors(inFeatures);
    int[] xBase = new int[tiles(vectors) * TILE];
    int[] yBase = new int[xBase.length];
    int[] yLanes = new int[xBase.length];
    for (int p = 0; p < xBase.length; p++) {
      int vector = Math.min(p, vectors - 1);
      xBase[p] = vector / TILE * panelSize(l, x) + vector % TILE * LANES;
      yBase[p] = firstFeature(vector, inFeatures);
      yLanes[p] = p < vectors ? Math.min(LANES, inFeatures) : 0;
    }
    int[] xTerm = new int[l.maxBlocks * LANES];
    int[] wTerm = new int[xTerm.length];
    for (int n = 0; n < xTerm.length; n++) {
      xTerm[n] = (x.perExample() ? n : n % LANES) * PANEL;
      wTerm[n] = n / LANES * dy.blockStride + n % LANES;
    }
    return new Stencil(
        xBase, yBase, yLanes, new int[tiles(vectors)], new int[][] {xTerm}, new int[][] {wTerm});
  }

  private static int panelSize(Lowering l, Buffer x) {
    return (x.perExample() ? l.maxBlocks : 1) * LANES * PANEL;
  }

  /** {@code [panel][example][4 vectors of features]}: what a tile reads lies side by side. */
  private static Buffer panels(Lowering l, Value value, Buffer x, int panels) {
    Buffer t = l.newLanes(panels * PANEL, x.perExample());
    int panelSize = panelSize(l, x);
    int vectors = vectors(x.elements);
    l.add(
        new Step(
            Lowering.name(value, "Transpose"),
            List.of(x),
            List.of(t),
            batch -> batch.blocks(x) * panels,
            (task, batch, scratch) -> {
              int panel = task % panels;
              int block = task / panels;
              int to = t.offset + panel * panelSize + block * LANES * PANEL;
              int first = panel * PANEL;
              int whole = Math.min(PANEL, x.elements / LANES * LANES - first);
              int from = x.block(block) + first * LANES;
              l.kernels.transpose(x.data, from, Math.max(0, whole), t.data, to, PANEL);
              if (panel == panels - 1 && x.elements % LANES > 0) {
                l.kernels.transpose(
                    x.data,
                    x.block(block) + firstFeature(vectors - 1, x.elements) * LANES,
                    Math.min(LANES, x.elements),
                    t.data,
                    to + (vectors - 1) % TILE * LANES,
                    PANEL);
              }
            }));
    return t;
  }
}
