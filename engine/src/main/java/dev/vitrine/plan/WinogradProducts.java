package dev.vitrine.plan;

import static dev.vitrine.plan.Winograd.SIZE;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import java.util.Arrays;

/**
 * The products of transformed weights with transformed tiles, row i of the transforms: {@code
 * y[j][row][p] = Σ_t U[i][j][row, t] · x[j][t][p]}.
 *
 * @param rows rows of y at once, at most
 * @param wRow floats of U from one row to the next
 * @param n tiles
 * @param weights floats of U from one j to the next
 */
record WinogradProducts(Stencil stencil, int rows, int wRow, int n, int weights) {
  private static final int LANES = Kernels.LANES;

  /**
   * The products of {@code n} tiles.
   *
   * @param rows rows of y at once, at most
   * @param filters O
   * @param channels C
   * @param forward whether rows are filters and terms channels, or the other way round
   */
  static WinogradProducts of(int n, int rows, int filters, int channels, boolean forward) {
    int terms = forward ? channels : filters;
    int wRow = forward ? channels : 1;
    int wTerm = forward ? 1 : channels;
    int[] at = new int[tiles(n) * Stencil.TILE];
    Arrays.setAll(at, p -> Math.min(p, n - 1) * LANES);
    int[] xTerm = new int[terms];
    int[] wTerms = new int[terms];
    for (int t = 0; t < terms; t++) {
      xTerm[t] = t * n * LANES;
      wTerms[t] = t * wTerm;
    }
    Stencil stencil =
        new Stencil(at, at, null, new int[tiles(n)], new int[][] {xTerm}, new int[][] {wTerms});
    return new WinogradProducts(stencil, rows, wRow, n, WinogradWeights.stride(filters * channels));
  }

  /** Kernel tiles that so many positions take. */
  static int tiles(int positions) {
    return (positions + Stencil.TILE - 1) / Stencil.TILE;
  }

  private int terms() {
    return stencil.xTerm()[0].length;
  }

  /** Floats from one j of y to the next. */
  int plane() {
    return WinogradTiles.spaced(rows * n);
  }

  /** Floats of y. */
  int size() {
    return SIZE * plane();
  }

  /**
   * Some rows.
   *
   * @param i the row of the transforms
   * @param first the row of U that y begins with
   * @param count how many rows, not more than {@link #rows}
   * @param used how many tiles
   * @param x where row i of the tiles' transforms starts in {@code data}
   * @param y where the products start there
   */
  void run(
      Kernels kernels,
      int i,
      int first,
      int count,
      int used,
      Buffer u,
      float[] data,
      int x,
      int y) {
    for (int j = i * SIZE; j < (i + 1) * SIZE; j++) {
      kernels.stencil(
          stencil,
          0,
          tiles(used),
          count,
          terms(),
          u.data,
          u.offset + j * weights + first * wRow,
          wRow,
          data,
          x + (j - i * SIZE) * WinogradTiles.spaced(terms() * n),
          null,
          0,
          Float.NEGATIVE_INFINITY,
          data,
          y + (j - i * SIZE) * plane(),
          n * LANES);
    }
  }
}
