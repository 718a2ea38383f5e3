package dev.vitrine.plan;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;

/**
 * How a convolution's images are cut into tiles: each reads 8 × 8 pixels of x and makes m × m of y,
 * so neighbours overlap in x by r − 1. The last row and column may hang over; x and dy then have
 * more zeros around them.
 *
 * @param channels C
 * @param filters O
 * @param top rows of padding above x
 * @param left columns of padding before x
 */
record WinogradTiles(
    Winograd matrices,
    int channels,
    int filters,
    int inHeight,
    int inWidth,
    int outHeight,
    int outWidth,
    int top,
    int left) {
  /** Floats of scratch for a row of tiles at most: it should stay in the second cache. */
  private static final int MOST_SCRATCH = 3 << 16;

  /** Tasks that a batch should make at least. */
  private static final int TASKS = 4;

  /** m. */
  int step() {
    return matrices.outputs;
  }

  int rows() {
    return (outHeight + step() - 1) / step();
  }

  int columns() {
    return (outWidth + step() - 1) / step();
  }

  /** Rows of x that the tiles cover. */
  int coveredHeight() {
    return rows() * step() + matrices.taps - 1;
  }

  int coveredWidth() {
    return columns() * step() + matrices.taps - 1;
  }

  /** The border that x must have. */
  Padding inputPadding() {
    return new Padding(
        channels,
        inHeight,
        inWidth,
        top,
        coveredHeight() - top - inHeight,
        left,
        coveredWidth() - left - inWidth);
  }

  /** The border that dy must have: only if its tiles hang over. */
  Padding outputPadding() {
    return new Padding(
        filters,
        outHeight,
        outWidth,
        0,
        rows() * step() - outHeight,
        0,
        columns() * step() - outWidth);
  }

  /**
   * Whether the tiles cost less than the direct sum, in vector operations for an image: 64 products
   * for a tile and a pair of channels, and the transforms' arithmetic, loads and stores for a tile
   * and a channel; and whether a row of them fits into the cache.
   */
  boolean pays() {
    double pairs = (double) channels * filters;
    double direct = pairs * matrices.taps * matrices.taps * outHeight * outWidth;
    double tiles = rows() * columns();
    double cost = tiles * (80 * pairs + 700 * (channels + filters)) + 100 * pairs;
    return cost < 0.8 * direct && columns() * perTile() <= MOST_SCRATCH;
  }

  /** Floats of a row of the transforms of a tile. */
  private int perTile() {
    return Winograd.SIZE * (channels + filters) * Kernels.LANES;
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
