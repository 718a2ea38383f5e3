package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import java.util.List;
import java.util.stream.IntStream;

/** Dense layers as stencils: four blocks of examples to a tile, features as terms. */
public final class AffineSteps {
  private static final int LANES = Kernels.LANES;
  private static final int TILE = Stencil.TILE;

  /** Vectors of features to a task of a weight gradient. */
  private static final int TASK = 16;

  /** Floats of inputs that stay in a core's second cache: half a mebibyte. */
  private static final int GROUP = 128 * 1024;

  private AffineSteps() {}

  public static void forward(Lowering l, Affine op, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer w = l.flat(value.inputs().get(1));
    Buffer b = op.bias() ? l.flat(value.inputs().get(2)) : null;
    Epilogue epilogue = Epilogue.of(l, value);
    Buffer y = epilogue.output();
    Stencil[] stencils = overBlocks(l, x, y, 1);
    Rows rows = Rows.of(1, y.elements, y.elements >= 160 ? 20 : 10);
    announce(l, stencils, y, rows);
    int group = group(l, x);
    l.add(
        new Step(
            epilogue.name("Affine"),
            b == null ? List.of(x, w) : List.of(x, w, b),
            List.of(y),
            batch -> groups(tiles(batch.blocks(y)), group) * rows.tasks(),
            (task, batch, scratch) -> {
              int row = rows.first(task % rows.tasks());
              int n = rows.count(task % rows.tasks());
              int first = task / rows.tasks() * group;
              int last = Math.min(first + group, tiles(batch.blocks(y)));
              for (int tile = first; tile < last; tile++) {
                int end = Math.min((tile + 1) * TILE, batch.blocks(y));
                l.kernels.stencil(
                    stencils[end - tile * TILE],
                    tile,
                    tile + 1,
                    n,
                    x.elements,
                    w.data(),
                    w.offset() + row * x.elements,
                    x.elements,
                    x.data(),
                    x.offset(),
                    b == null ? null : b.data(),
                    b == null ? 0 : b.offset() + row,
                    epilogue.floor(),
                    y.data(),
                    y.offset() + row * LANES,
                    LANES);
                for (int block = tile * TILE; block < end; block++) {
                  epilogue.finish(l.kernels, block, row * LANES, n * LANES);
                }
              }
            }));
  }

  /**
   * Tiles whose inputs a task holds in its cache while the weights pass by: fewer passes, but
   * enough groups for all workers.
   */
  private static int group(Lowering l, Buffer x) {
    int cached = GROUP / Math.max(1, x.blockStride * TILE);
    return Math.max(1, Math.min(cached, tiles(l.maxBlocks) / 4));
  }

  private static int groups(int tiles, int group) {
    return (tiles + group - 1) / group;
  }

  public static void inputGradient(Lowering l, Value value) {
    Buffer weights = l.flat(value.inputs().get(0));
    Buffer dy = l.lanes(value, 1);
    Buffer dx = l.newLanes(value);
    boolean turned = WeightRows.payForMatrix(l, weights, dy.elements);
    Buffer w =
        turned ? WeightRows.transposed(l, value, weights, dy.elements, dx.elements) : weights;
    int wRow = turned ? dy.elements : 1;
    Stencil[] stencils = overBlocks(l, dy, dx, turned ? 1 : dx.elements);
    Rows rows = Rows.of(1, dx.elements, dx.elements >= 160 ? 20 : 10);
    announce(l, stencils, dx, rows);
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
                  w.data(),
                  w.offset() + row * wRow,
                  wRow,
                  dy.data(),
                  dy.offset(),
                  null,
                  0,
                  Float.NEGATIVE_INFINITY,
                  dx.data(),
                  dx.offset() + row * LANES,
                  LANES);
            }));
  }

  /** A whole batch's stencils: of four blocks, and of what is left. */
  private static void announce(Lowering l, Stencil[] stencils, Buffer y, Rows rows) {
    int blocks = y.perExample() ? l.maxBlocks : 1;
    IntStream.of(Math.min(TILE, blocks), (blocks - 1) % TILE + 1)
        .distinct()
        .forEach(n -> announce(l, stencils[n], rows));
  }

  private static void announce(Lowering l, Stencil stencil, Rows rows) {
    rows.counts().forEach(n -> l.kernels.expect(stencil, n, Integer.MAX_VALUE));
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
  public static void weightGradient(Lowering l, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer dy = l.lanes(value, 1);
    int outFeatures = value.shape().size(0);
    int inFeatures = value.shape().size(1);
    Rows rows = Rows.of(1, outFeatures, outFeatures >= 160 ? 20 : 10);
    if (rows.tasks() == 1 && !l.isInput(x)) {
      weightGradientOfFew(l, value, x, dy);
      return;
    }
    Buffer dw = l.newFlat(value);
    Panels panels = l.panels(value, x);
    Buffer turned = panels.buffer();
    boolean copied = WeightRows.payForLanes(l, dy);
    Buffer w = copied ? WeightRows.ofLanes(l, value, dy) : dy;
    int wRow = copied ? WeightRows.examples(l) : LANES;
    Stencil s = overFeatures(l, panels, copied ? LANES : dy.blockStride);
    announce(l, s, rows);
    int tileTasks = (panels.vectors() + TASK - 1) / TASK;
    l.add(
        new Step(
            Lowering.name(value, "Affine.WeightGradient"),
            List.of(turned, w),
            List.of(dw),
            batch -> tileTasks * rows.tasks(),
            (task, batch, scratch) -> {
              int row = rows.first(task % rows.tasks());
              int part = task / rows.tasks();
              int examples = x.perExample() || dy.perExample() ? batch.count() : 1;
              l.kernels.stencil(
                  s,
                  part * panels.count() / tileTasks,
                  (part + 1) * panels.count() / tileTasks,
                  rows.count(task % rows.tasks()),
                  examples,
                  w.data(),
                  w.offset() + row * wRow,
                  wRow,
                  turned.data(),
                  turned.offset(),
                  null,
                  0,
                  Float.NEGATIVE_INFINITY,
                  dw.data(),
                  dw.offset() + row * inFeatures,
                  inFeatures);
            }));
  }

  /**
   * Tiles are panels, positions are vectors of features. The last panel may have fewer; three of
   * four repeat the third, which is no slower and needs no routine of its own to be compiled.
   */
  private static Stencil overFeatures(Lowering l, Panels x, int dyBlock) {
    int[] xBase = new int[x.count() * TILE];
    int[] yBase = new int[xBase.length];
    int[] yLanes = new int[xBase.length];
    for (int p = 0; p < xBase.length; p++) {
      int wanted = p / TILE * x.across() + p % TILE;
      int vector = Math.min(wanted, x.vectors() - 1);
      xBase[p] = x.place(vector);
      yBase[p] = x.feature(vector);
      boolean repeated = wanted == x.vectors() && p % TILE == TILE - 1;
      boolean there = p % TILE < x.across() && (wanted == vector || repeated);
      yLanes[p] = there ? x.width() : 0;
    }
    int[] xTerm = new int[l.maxBlocks * LANES];
    int[] wTerm = new int[xTerm.length];
    for (int n = 0; n < xTerm.length; n++) {
      xTerm[n] = (x.buffer().perExample() ? n : n % LANES) * x.row();
      wTerm[n] = n / LANES * dyBlock + n % LANES;
    }
    return new Stencil(
        xBase, yBase, yLanes, new int[x.count()], new int[][] {xTerm}, new int[][] {wTerm});
  }

  /** The step that turns a value into its panels. */
  static Panels panels(Lowering l, Value value, Buffer x) {
    Panels panels = Panels.of(l, x);
    List<Panels.Piece> pieces = panels.pieces();
    l.add(
        new Step(
            Lowering.name(value, "Transpose"),
            List.of(x),
            List.of(panels.buffer()),
            batch -> batch.blocks(x) * pieces.size(),
            (task, batch, scratch) ->
                panels.fill(
                    l.kernels,
                    x,
                    task / pieces.size(),
                    pieces.get(task % pieces.size()),
                    panels.buffer().data(),
                    panels.buffer().offset())));
    return panels;
  }

  /**
   * With one task's worth of rows each panel is read by one task, which can therefore fill it
   * itself, in its scratch memory.
   */
  private static void weightGradientOfFew(Lowering l, Value value, Buffer x, Buffer dy) {
    Buffer dw = l.newFlat(value);
    Panels panels = Panels.of(l, x);
    List<Panels.Piece> pieces = panels.pieces();
    Stencil s = overFeatures(l, panels, dy.blockStride);
    l.kernels.expect(s, value.shape().size(0), Integer.MAX_VALUE);
    l.add(
        new Step(
                Lowering.name(value, "Affine.WeightGradient"),
                List.of(x, dy),
                List.of(dw),
                batch -> panels.count(),
                (panel, batch, scratch) -> {
                  int first = -panel * panels.size();
                  for (int i = 0; i < pieces.size(); i++) {
                    for (int b = 0; b < batch.blocks(x) && panels.isOf(pieces.get(i), panel); b++) {
                      panels.fill(l.kernels, x, b, pieces.get(i), scratch, first);
                    }
                  }
                  l.kernels.stencil(
                      s,
                      panel,
                      panel + 1,
                      value.shape().size(0),
                      x.perExample() || dy.perExample() ? batch.count() : 1,
                      dy.data(),
                      dy.offset(),
                      LANES,
                      scratch,
                      first,
                      null,
                      0,
                      Float.NEGATIVE_INFINITY,
                      dw.data(),
                      dw.offset(),
                      value.shape().size(1));
                })
            .scratch(panels.size()));
  }
}
