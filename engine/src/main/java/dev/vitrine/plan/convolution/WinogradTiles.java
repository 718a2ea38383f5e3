package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Span;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;

/**
 * How a convolution's images are cut into tiles: each makes m × m' pixels of y from those of x that
 * the filter reads, so neighbours overlap in x by r − 1. The last row and column may hang over.
 *
 * @param down matrices for the columns: m outputs of a tile's column
 * @param along matrices for the rows: m' outputs of a tile's row
 * @param channels C
 * @param filters O
 * @param top rows of padding above x
 * @param left columns of padding before x
 */
record WinogradTiles(
    Winograd down,
    Winograd along,
    int channels,
    int filters,
    int inHeight,
    int inWidth,
    int outHeight,
    int outWidth,
    int top,
    int left) {
  /**
   * Floats of scratch for a row of tiles of gradients at most: it should stay in the second cache.
   */
  private static final int MOST_SCRATCH = 5 << 16;

  /**
   * The same of forward passes, which pay beyond it too: VGG-16's took 2.2 times as long where its
   * wide images and many channels were summed directly.
   */
  private static final int MOST_FORWARD = 1 << 21;

  /** So many times the large tiles' cost is too much for the small tiles' accuracy. */
  private static final double MUCH_MORE = 1.75;

  /** Tasks that a batch should make at least. */
  private static final int TASKS = 4;

  /** For what a convolution's tiles are. */
  enum Use {
    FORWARD(7, 0.6),
    INPUT_GRADIENT(7, 0.7),
    WEIGHT_GRADIENT(14, 0.7);

    /** Vector operations for a number of a tile's transform of one channel, about. */
    private final int transform;

    /**
     * The share of the direct sum's cost that is worth it. Forward passes beyond were as fast or
     * faster as direct sums, which are more accurate: 5 × 5 taps from 6 to 16 channels, LeNet-5's,
     * at 0.68, in 0.8 of the time.
     */
    private final double worthIt;

    Use(int transform, double worthIt) {
      this.transform = transform;
      this.worthIt = worthIt;
    }
  }

  /**
   * The tiles of a convolution that is worth it, or {@code null}. The choice depends on shapes
   * alone, so that it is the same everywhere.
   *
   * <p>Gradients take large tiles. Forward, where a rounding error can turn a pixel on or off and
   * so the course of a training, small ones are taken unless they cost much more.
   *
   * @param in (C, H, W)
   * @param weight (O, C, r, r)
   * @param out (O, OH, OW)
   */
  static WinogradTiles of(Use use, Window window, int groups, Shape in, Shape weight, Shape out) {
    Span h = window.h();
    Span w = window.w();
    boolean plain = h.stride() == 1 && w.stride() == 1 && h.dilation() == 1 && w.dilation() == 1;
    boolean known = h.kernel() == w.kernel() && (h.kernel() == 3 || h.kernel() == 5);
    if (groups != 1 || !plain || !known) {
      return null;
    }
    boolean three = h.kernel() == 3;
    Winograd eight = three ? Winograd.EIGHT_THREE : Winograd.EIGHT_FIVE;
    WinogradTiles large = of(eight, window, in, weight, out);
    if (use == Use.FORWARD) {
      WinogradTiles small =
          of(three ? Winograd.SIX_THREE : Winograd.SIX_FIVE, window, in, weight, out);
      if (small.pay(use) && small.cost(use) < MUCH_MORE * large.cost(use)) {
        return small;
      }
    }
    return large.pay(use) ? large : null;
  }

  private static WinogradTiles of(
      Winograd matrices, Window window, Shape in, Shape weight, Shape out) {
    return new WinogradTiles(
        matrices,
        matrices,
        weight.size(1),
        weight.size(0),
        in.size(1),
        in.size(2),
        out.size(1),
        out.size(2),
        window.h().before(),
        window.w().before());
  }

  int rows() {
    return (outHeight + down.outputs - 1) / down.outputs;
  }

  int columns() {
    return (outWidth + along.outputs - 1) / along.outputs;
  }

  /** Rows of x that the tiles cover. */
  int coveredHeight() {
    return tiledHeight() + down.taps - 1;
  }

  int coveredWidth() {
    return tiledWidth() + along.taps - 1;
  }

  /** Rows of y that the tiles make, with those that hang over. */
  int tiledHeight() {
    return rows() * down.outputs;
  }

  int tiledWidth() {
    return columns() * along.outputs;
  }

  /** Whether the tiles cost less than the direct sum, and a row of them fits into the cache. */
  private boolean pay(Use use) {
    double direct = pairs() * down.taps * along.taps * outHeight * outWidth;
    return cost(use) < use.worthIt * direct && columns() * perTile() <= most(use);
  }

  private static int most(Use use) {
    return use == Use.FORWARD ? MOST_FORWARD : MOST_SCRATCH;
  }

  /**
   * What they cost in vector operations for an image: the products of a tile and a pair of
   * channels; the transforms' arithmetic, loads and stores for a tile and a channel; the weights'
   * transforms.
   */
  private double cost(Use use) {
    double tile = 1.2 * pairs() + use.transform * (channels + filters);
    return down.size * along.size * (rows() * columns() * tile + 1.5 * pairs());
  }

  private double pairs() {
    return (double) channels * filters;
  }

  /** Floats of a row of the transforms of a tile. */
  private int perTile() {
    return along.size * (channels + filters) * Kernels.LANES;
  }

  /**
   * How many rows of tiles to do at once: so many that the kernels' positions are used, not so many
   * that the cache overflows or too few tasks are left.
   *
   * @param blocks of the batch, each with its {@link #rows}
   */
  int rowsPerTask(int blocks) {
    int best = 1;
    for (int n = 2; n <= 4; n++) {
      boolean fits = n * columns() * perTile() <= MOST_SCRATCH;
      boolean tasks = blocks * rows() / n >= TASKS;
      boolean better = waste(n * columns()) < waste(best * columns());
      best = better && fits && tasks ? n : best;
    }
    return best;
  }

  /**
   * Floats that so many vectors take where several such stretches are walked side by side: an odd
   * number of cache lines, because a power of two would crowd them into one set of the cache.
   */
  static int spaced(int vectors) {
    return (vectors | 1) * Kernels.LANES;
  }

  private static double waste(int positions) {
    return (double) WinogradProducts.tiles(positions) * Stencil.TILE / positions;
  }
}
