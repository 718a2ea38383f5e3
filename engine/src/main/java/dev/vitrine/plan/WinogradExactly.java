package dev.vitrine.plan;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Lanes;
import dev.vitrine.op.Value;
import dev.vitrine.plan.WinogradWeights.BothSides;
import java.util.Arrays;
import java.util.List;

/**
 * Weight gradients from their transforms, {@code dw = Gᵀ dU G}, and directly where that would be
 * rounding only. Products lose about 10⁻⁸ of the largest transform. A gradient that is as small as
 * that, above all one that is 0, could get the wrong sign, of which an optimiser that divides by
 * the gradient's size (Adam) makes a full step. So pairs of channels with such a gradient are
 * summed directly, over the positions where dy is not 0: zeros mostly come from filters that are
 * nearly dead.
 */
final class WinogradExactly implements Step.Body {
  private static final int LANES = Kernels.LANES;
  private static final int CHUNK = WinogradWeights.CHUNK;

  /**
   * What counts as small, over the largest of a filter's transforms: errors are 7·10⁻⁹ (root mean
   * square) and at most 3·10⁻⁷ of it. In W4 one filter in 400 contains such a gradient.
   */
  private static final float SMALL = 0x1p-21f;

  private final Kernels kernels;
  private final WinogradTiles t;
  private final Buffer x;
  private final Buffer dy;
  private final Buffer du;
  private final Buffer dw;
  private final BothSides sides;

  private final int[] tap;

  /** For each task, where the filter at hand is alive. */
  private final Alive[] alive;

  private WinogradExactly(Lowering l, WinogradTiles t, Buffer x, Buffer dy, Buffer du, Buffer dw) {
    kernels = l.kernels;
    this.t = t;
    this.x = x;
    this.dy = dy;
    this.du = du;
    this.dw = dw;
    sides =
        BothSides.of(
            t.down().weightBack,
            t.along().weightBack,
            WinogradWeights.stride(t.filters() * t.channels()),
            CHUNK);
    tap = new int[t.down().taps * t.along().taps];
    Arrays.setAll(tap, k -> (k / t.along().taps * t.coveredWidth() + k % t.along().taps) * LANES);
    int blocks = x.perExample() || dy.perExample() ? l.maxBlocks : 1;
    alive = new Alive[WinogradWeights.tasks(t.filters() * t.channels())];
    Arrays.setAll(alive, task -> new Alive(blocks * t.outHeight() * t.outWidth()));
  }

  static void lower(Lowering l, WinogradTiles t, Value value, Buffer x, Buffer dy, Buffer du) {
    WinogradExactly body = new WinogradExactly(l, t, x, dy, du, l.newFlat(value));
    body.sides.announce(l.kernels);
    l.add(
        new Step(
                Lowering.name(value, "Convolution.WeightGradient, weights"),
                List.of(x, dy, du),
                List.of(body.dw),
                batch -> WinogradWeights.tasks(t.filters() * t.channels()),
                body)
            .scratch(body.rest() + body.sides.between()));
  }

  /** Where scratch holds the largest transforms, after the gradients tap by tap. */
  private int largest() {
    return tap.length * CHUNK;
  }

  /** Where scratch holds what is between. */
  private int rest() {
    return largest() + CHUNK;
  }

  @Override
  public void run(int task, Batch batch, float[] scratch) {
    int first = task * CHUNK;
    int from = du.offset + first;
    sides.run(kernels, du.data, from, scratch, rest(), scratch, 0);
    findLargest(from, scratch);
    int count = Math.min(CHUNK, t.filters() * t.channels() - first);
    alive[task].filter = -1;
    for (int i = 0; i < count; i++) {
      if (put(i, first + i, scratch)) {
        sum(first + i, alive[task], batch, scratch);
      }
    }
  }

  /** Stores the gradients of a pair; whether one of them is small. */
  private boolean put(int i, int pair, float[] scratch) {
    float limit = SMALL * scratch[largest() + i];
    boolean small = false;
    int to = dw.offset + pair * tap.length;
    for (int k = 0; k < tap.length; k++) {
      float g = scratch[k * CHUNK + i];
      dw.data[to + k] = g;
      small |= Math.abs(g) < limit;
    }
    return small;
  }

  private void findLargest(int from, float[] scratch) {
    Arrays.fill(scratch, largest(), largest() + CHUNK, 0);
    int numbers = t.down().size * t.along().size;
    int stride = WinogradWeights.stride(t.filters() * t.channels());
    for (int number = 0; number < numbers; number++) {
      for (int i = 0; i < CHUNK; i++) {
        float size = Math.abs(du.data[from + number * stride + i]);
        scratch[largest() + i] = Math.max(scratch[largest() + i], size);
      }
    }
  }

  /** The direct sum, for one pair of channels. */
  private void sum(int pair, Alive places, Batch batch, float[] scratch) {
    int filter = pair / t.channels();
    if (places.filter != filter) {
      find(filter, places, batch);
    }
    int channel = x.offset + pair % t.channels() * t.coveredHeight() * t.coveredWidth() * LANES;
    int acc = rest();
    Arrays.fill(scratch, acc, acc + tap.length * LANES, 0);
    int used = 0;
    while (used < places.count) {
      int[] dyAt = places.chunk(places.dyAt, used, places.someDy, places.oneDy);
      int[] xAt = places.chunk(places.xAt, used, places.someX, places.oneX);
      kernels.correlate(1, dy.data, dy.offset, 0, dyAt, x.data, channel, xAt, tap, scratch, acc);
      used += dyAt.length;
    }
    boolean shared = !x.perExample() && !dy.perExample();
    int to = dw.offset + pair * tap.length;
    for (int k = 0; k < tap.length; k++) {
      int at = acc + k * LANES;
      dw.data[to + k] = shared ? scratch[at] : Lanes.sum(scratch, at);
    }
  }

  /** Finds where a filter's dy is not 0 in all lanes. */
  private void find(int filter, Alive places, Batch batch) {
    places.filter = filter;
    places.count = 0;
    int blocks = Math.max(batch.blocks(x), batch.blocks(dy));
    for (int block = 0; block < blocks; block++) {
      for (int row = 0; row < t.outHeight(); row++) {
        int dyRow =
            block * dy.blockStride + (filter * t.tiledHeight() + row) * t.tiledWidth() * LANES;
        int xRow = block * x.blockStride + row * t.coveredWidth() * LANES;
        for (int column = 0; column < t.outWidth() * LANES; column += LANES) {
          if (isAlive(dy.data, dy.offset + dyRow + column)) {
            places.dyAt[places.count] = dyRow + column;
            places.xAt[places.count++] = xRow + column;
          }
        }
      }
    }
  }

  private static boolean isAlive(float[] a, int at) {
    for (int lane = 0; lane < LANES; lane++) {
      if (a[at + lane] != 0) {
        return true;
      }
    }
    return false;
  }

  /** The positions of one filter where dy is not 0, for one task at a time. */
  private static final class Alive {
    /** Positions at once: kernels take all that a table has. */
    private static final int SOME = 16;

    int filter;
    int count;

    /** Where dy lies at these positions, and what tap 0 reads of a channel of x. */
    final int[] dyAt;

    final int[] xAt;
    final int[] someDy = new int[SOME];
    final int[] someX = new int[SOME];
    final int[] oneDy = new int[1];
    final int[] oneX = new int[1];

    Alive(int positions) {
      dyAt = new int[positions];
      xAt = new int[positions];
    }

    /** The next positions of a table: some, or one. */
    int[] chunk(int[] table, int used, int[] some, int[] one) {
      int[] chunk = count - used < SOME ? one : some;
      System.arraycopy(table, used, chunk, 0, chunk.length);
      return chunk;
    }
  }
}
