package dev.vitrine.plan;

import static dev.vitrine.plan.Winograd.SIZE;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Lanes;
import dev.vitrine.op.Value;
import java.util.Arrays;
import java.util.List;

/**
 * {@code dw = Gᵀ [ (Bᵀ X B) ⊙ (A dY Aᵀ) ] G}, from transforms that the forward pass and the input's
 * gradient have left. A task sums one number (i, j) of them for some of the filters, over all tiles
 * of all blocks: lane by lane, and across lanes at the end.
 */
final class WinogradWeightGradient implements Step.Body {
  private static final int LANES = Kernels.LANES;

  /** Tiles at once: what a pair of rows reads should stay in the first cache. */
  private static final int TILES = 64;

  /** Filters a task, about. */
  private static final int FILTERS = 25;

  private final Kernels kernels;
  private final WinogradTiles t;
  private final boolean shared;
  private final Buffer v;
  private final Buffer m;
  private final Buffer du;
  private final WinogradSpread input;
  private final WinogradSpread output;

  /** How filters are cut into tasks. */
  private final Rows filters;

  /** How many of the transforms' tasks are done at once. */
  private final int together;

  private final int[] tap;

  /** For each number of rows of tiles, where their transforms lie. */
  private final int[][] vAt;

  private final int[][] mAt;

  private WinogradWeightGradient(Lowering l, WinogradTiles t, Value value, Buffer x, Buffer dy) {
    kernels = l.kernels;
    this.t = t;
    shared = !x.perExample() && !dy.perExample();
    int rows = t.rowsPerTask(shared ? 1 : l.maxBlocks);
    input = WinogradSpread.ofInput(t, rows);
    output = WinogradSpread.ofOutput(t, rows);
    v = input.step(l, x, Lowering.name(value, "Convolution.WeightGradient, x"));
    m = output.step(l, dy, Lowering.name(value, "Convolution.WeightGradient, dy"));
    du = Buffer.flat(SIZE * SIZE * WinogradWeights.stride(t.filters() * t.channels()));
    filters = Rows.of(1, t.filters(), FILTERS);
    together = Math.max(1, TILES / input.tiles());
    tap = new int[t.channels()];
    Arrays.setAll(tap, c -> c * input.tiles() * LANES);
    vAt = places(input);
    mAt = places(output);
  }

  private int[][] places(WinogradSpread spread) {
    int columns = t.columns();
    int[][] at = new int[together * spread.rows() + 1][];
    for (int rows = 1; rows < at.length; rows++) {
      at[rows] = new int[rows * columns];
      Arrays.setAll(at[rows], p -> p / spread.tiles() * spread.size() + p % spread.tiles() * LANES);
    }
    return at;
  }

  static void lower(Lowering l, WinogradTiles t, Value value) {
    Buffer x = l.padded(l.lanes(value, 0), t.inputPadding());
    Buffer dy = l.padded(BatchSteps.masked(l, l.lanes(value, 1), x), t.outputPadding());
    WinogradWeightGradient body = new WinogradWeightGradient(l, t, value, x, dy);
    l.add(
        new Step(
                Lowering.name(value, "Convolution.WeightGradient"),
                List.of(body.v, body.m),
                List.of(body.du),
                batch -> SIZE * SIZE * body.filters.tasks(),
                body)
            .scratch(body.filters.chunk() * t.channels() * LANES));
    WinogradWeights.back(l, t, value, body.du);
  }

  @Override
  public void run(int task, Batch batch, float[] acc) {
    int number = task / filters.tasks();
    int first = filters.first(task % filters.tasks());
    int count = filters.count(task % filters.tasks());
    int pairs = count * t.channels();
    Arrays.fill(acc, 0, pairs * LANES, 0);
    int all = t.rows() * (shared ? 1 : batch.blocks());
    int rows = together * input.rows();
    for (int row = 0; row < all; row += rows) {
      int used = Math.min(rows, all - row);
      int done = row / input.rows();
      kernels.correlate(
          count,
          m.data,
          m.offset + done * output.size() + number * output.number() + first * tile(output),
          tile(output),
          mAt[used],
          v.data,
          v.offset + done * input.size() + number * input.number(),
          vAt[used],
          tap,
          acc,
          0);
    }
    int to = du.offset + number * WinogradWeights.stride(t.filters() * t.channels());
    for (int pair = 0; pair < pairs; pair++) {
      int at = to + first * t.channels() + pair;
      du.data[at] = shared ? acc[pair * LANES] : Lanes.sum(acc, pair * LANES);
    }
  }

  /** Floats from one channel's tiles to the next's. */
  private static int tile(WinogradSpread spread) {
    return spread.tiles() * LANES;
  }
}
