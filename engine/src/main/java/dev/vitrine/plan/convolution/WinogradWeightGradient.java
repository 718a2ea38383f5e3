package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Offsets;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.plan.steps.BatchSteps;
import dev.vitrine.plan.steps.Lowering;
import dev.vitrine.plan.steps.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code dw = Gᵀ [ Σ (Bᵀ X B) ⊙ (A dY Aᵀ) ] G}. Two steps transform the columns of x and dy. Then a
 * task makes row i of the sums for some of the filters: it transforms the rows of a few tiles at a
 * time, and adds up lane by lane in its scratch; across lanes at the end. {@link
 * WinogradWeightsBack} turns the sums into dw.
 */
final class WinogradWeightGradient implements Step.Body {
  private static final int LANES = Kernels.LANES;

  /** Tiles at once, about: more would crowd the sums out of the second cache. */
  private static final int TILES = 16;

  /** Pairs of channels a task, at most: more sums would not stay in the second cache. */
  private static final int PAIRS = 1024;

  private final Kernels kernels;
  private final WinogradTiles t;

  /** How filters are cut into tasks. */
  private final Rows filters;

  private final WinogradSpread ofX;
  private final WinogradSpread ofDy;

  /** What the columns' transforms have made, and whether that is one for all examples. */
  private final Buffer x;

  private final Buffer dy;
  private final boolean shared;
  private final Buffer du;

  /** For each number of tiles, where their vectors lie. */
  private final Offsets[] at;

  private final int[] tap;

  private WinogradWeightGradient(Lowering l, WinogradTiles t, Value value, Buffer x, Buffer dy) {
    kernels = l.kernels;
    this.t = t;
    int half = (t.filters() + 1) / 2;
    filters = Rows.of(1, t.filters(), Math.min(PAIRS / t.channels(), half));
    shared = !x.perExample() && !dy.perExample();
    int rows = Math.clamp(TILES / t.columns(), 1, t.rows() * (shared ? 1 : l.maxBlocks));
    ofX = WinogradSpread.ofInput(t, rows);
    ofDy = WinogradSpread.ofOutput(t, rows, filters.chunk());
    String name = Lowering.name(value, "Convolution.WeightGradient");
    this.x = columns(l, x, WinogradSpread.ofInput(t, 1), name + ", x");
    this.dy = columns(l, dy, WinogradSpread.ofOutput(t, 1, 0), name + ", dy");
    ofX.announce(l.kernels);
    ofDy.announce(l.kernels);
    int numbers = t.down().size * t.along().size;
    du = Buffer.flat(numbers * WinogradWeights.stride(t.filters() * t.channels()));
    at = new Offsets[ofX.tiles() + 1];
    for (int n = 1; n < at.length; n++) {
      at[n] = Offsets.of(IntStream.range(0, n).map(p -> p * LANES).toArray());
    }
    tap = new int[t.channels()];
    Arrays.setAll(tap, c -> c * ofX.tiles() * LANES);
    Offsets most = at[at.length - 1];
    filters.counts().forEach(count -> kernels.expect(count, most, most, tap));
  }

  /** A step that transforms the columns of an image, a row of tiles a task. */
  private static Buffer columns(Lowering l, Buffer image, WinogradSpread row, String name) {
    int size = row.columns() * row.rowsPerBlock() / LANES;
    Buffer y = l.newLanes(size, image.perExample());
    l.add(
        new Step(
                name,
                List.of(image),
                List.of(y),
                batch -> row.tasks(batch.blocks(image)),
                (task, batch, scratch) ->
                    row.down(
                        l.kernels,
                        task,
                        1,
                        image,
                        y.data(),
                        y.offset() + task * row.columns(),
                        scratch,
                        0))
            .scratch(row.copy()));
    return y;
  }

  static void lower(Lowering l, WinogradTiles t, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer dy = BatchSteps.masked(l, l.lanes(value, 1), x);
    WinogradWeightGradient body = new WinogradWeightGradient(l, t, value, x, dy);
    l.add(
        new Step(
                Lowering.name(value, "Convolution.WeightGradient"),
                List.of(body.x, body.dy),
                List.of(body.du),
                batch -> t.down().size * body.filters.tasks(),
                body)
            .scratch(body.dyAt() + body.ofDy.size()));
    WinogradWeightsBack.lower(l, t, value, x, dy, body.du);
  }

  /** Floats of the sums of one number (i, j), of a task's filters. */
  private int sums() {
    return filters.chunk() * t.channels() * LANES;
  }

  /** Where scratch holds the transforms of x, after the sums. */
  private int xAt() {
    return t.along().size * sums();
  }

  private int dyAt() {
    return xAt() + ofX.size();
  }

  @Override
  public void run(int task, Batch batch, float[] scratch) {
    int i = task / filters.tasks();
    int first = filters.first(task % filters.tasks());
    int count = filters.count(task % filters.tasks());
    Arrays.fill(scratch, 0, xAt(), 0);
    int blocks = Math.max(batch.blocks(x), batch.blocks(dy));
    for (int group = 0; group < ofX.tasks(blocks); group++) {
      int rows = ofX.count(group, blocks);
      Offsets tiles = at[rows * t.columns()];
      ofX.along(
          kernels,
          i,
          rows,
          0,
          t.channels(),
          x.data(),
          x.offset() + group * ofX.between(),
          scratch,
          xAt());
      ofDy.along(
          kernels,
          i,
          rows,
          first,
          count,
          dy.data(),
          dy.offset() + group * ofDy.between(),
          scratch,
          dyAt());
      for (int j = 0; j < t.along().size; j++) {
        kernels.correlate(
            count,
            scratch,
            dyAt() + ofDy.number(j),
            ofDy.tiles() * LANES,
            tiles,
            scratch,
            xAt() + ofX.number(j),
            tiles,
            tap,
            scratch,
            j * sums());
      }
    }
    for (int j = 0; j < t.along().size; j++) {
      int number = i * t.along().size + j;
      int to =
          du.offset()
              + number * WinogradWeights.stride(t.filters() * t.channels())
              + first * t.channels();
      int pairs = count * t.channels();
      if (!shared) {
        kernels.sumLanes(scratch, j * sums(), pairs, du.data(), to);
      }
      for (int pair = 0; pair < pairs && shared; pair++) {
        du.data()[to + pair] = scratch[j * sums() + pair * LANES];
      }
    }
  }
}
