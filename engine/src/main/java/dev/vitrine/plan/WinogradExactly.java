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

  /** All taps. */
  private final int[] tap;

  /** The taps from v0 to v1 − 1 of a row. */
  private final int[][][] some;

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
    Arrays.setAll(tap, k -> (k / t.along().taps * t.inWidth() + k % t.along().taps) * LANES);
    some = new int[t.along().taps + 1][t.along().taps + 1][];
    for (int v0 = 0; v0 < some.length; v0++) {
      for (int v1 = v0; v1 < some.length; v1++) {
        some[v0][v1] = Arrays.copyOfRange(tap, v0, v1);
      }
    }
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
    alive[task].reset(-1);
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
    int channel = x.offset + pair % t.channels() * t.inHeight() * t.inWidth() * LANES;
    int acc = rest();
    Arrays.fill(scratch, acc, acc + tap.length * LANES, 0);
    int used = 0;
    while (used < places.inner) {
      int[] dyAt = places.chunk(places.dyAt, used, places.someDy, places.oneDy);
      int[] xAt = places.chunk(places.xAt, used, places.someX, places.oneX);
      kernels.correlate(1, dy.data, dy.offset, 0, dyAt, x.data, channel, xAt, tap, scratch, acc);
      used += dyAt.length;
    }
    for (int k = places.edge; k < places.dyAt.length; k++) {
      addEdge(places.dyAt[k], places.xAt[k], channel, scratch, acc);
    }
    boolean shared = !x.perExample() && !dy.perExample();
    int to = dw.offset + pair * tap.length;
    for (int k = 0; k < tap.length; k++) {
      int at = acc + k * LANES;
      dw.data[to + k] = shared ? scratch[at] : Lanes.sum(scratch, at);
    }
  }

  /** Adds what a position near the border gives to those taps that read a pixel there. */
  private void addEdge(int dyAt, int position, int channel, float[] scratch, int acc) {
    int pixel = position % (t.outHeight() * t.outWidth());
    int row = pixel / t.outWidth() - t.top();
    int column = pixel % t.outWidth() - t.left();
    int block = channel + position / (t.outHeight() * t.outWidth()) * x.blockStride;
    int v0 = Math.max(0, -column);
    int v1 = Math.min(t.along().taps, t.inWidth() - column);
    for (int u = Math.max(0, -row); u < Math.min(t.down().taps, t.inHeight() - row); u++) {
      kernels.correlate(
          1,
          dy.data,
          dy.offset + dyAt,
          0,
          Alive.HERE,
          x.data,
          block + ((row + u) * t.inWidth() + column) * LANES,
          Alive.HERE,
          some[v0][v1],
          scratch,
          acc + (u * t.along().taps + v0) * LANES);
    }
  }

  /** Finds where a filter's dy is not 0 in all lanes. */
  private void find(int filter, Alive places, Batch batch) {
    places.reset(filter);
    int blocks = Math.max(batch.blocks(x), batch.blocks(dy));
    int pixels = t.outHeight() * t.outWidth();
    for (int position = 0; position < blocks * pixels; position++) {
      int pixel = position % pixels;
      int block = position / pixels;
      int dyAt = block * dy.blockStride + (filter * pixels + pixel) * LANES;
      if (isAlive(dy.data, dy.offset + dyAt)) {
        int row = pixel / t.outWidth() - t.top();
        int column = pixel % t.outWidth() - t.left();
        boolean inner =
            row >= 0
                && column >= 0
                && row + t.down().taps <= t.inHeight()
                && column + t.along().taps <= t.inWidth();
        if (inner) {
          places.addInner(dyAt, block * x.blockStride + (row * t.inWidth() + column) * LANES);
        } else {
          places.addEdge(dyAt, position);
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

  /**
   * The positions of one filter where dy is not 0, for one task at a time: from the front those
   * whose taps all read pixels, from the back those at a border.
   */
  private static final class Alive {
    /** A single position, from the place that is given. */
    private static final int[] HERE = {0};

    /** Positions at once: kernels take all that a table has. */
    private static final int SOME = 16;

    int filter;
    int inner;
    int edge;

    /** Where dy lies at these positions. */
    final int[] dyAt;

    /** What tap 0 reads of a channel of x; at a border the position, counted over all blocks. */
    final int[] xAt;

    final int[] someDy = new int[SOME];
    final int[] someX = new int[SOME];
    final int[] oneDy = new int[1];
    final int[] oneX = new int[1];

    Alive(int positions) {
      dyAt = new int[positions];
      xAt = new int[positions];
    }

    void reset(int of) {
      filter = of;
      inner = 0;
      edge = dyAt.length;
    }

    void addInner(int dy, int x) {
      dyAt[inner] = dy;
      xAt[inner++] = x;
    }

    void addEdge(int dy, int position) {
      dyAt[--edge] = dy;
      xAt[edge] = position;
    }

    /** The next positions of a table of inner ones: some, or one. */
    int[] chunk(int[] table, int used, int[] some, int[] one) {
      int[] chunk = inner - used < SOME ? one : some;
      System.arraycopy(table, used, chunk, 0, chunk.length);
      return chunk;
    }
  }
}
