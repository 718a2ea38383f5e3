package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.steps.Rows;
import java.util.Arrays;

/**
 * The products of transformed weights with transformed tiles, row i of the transforms: {@code
 * y[j][row][p] = Σ_t U[i][j][row, t] · x[j][t][p]}.
 *
 * @param size how many j there are
 * @param rows rows of y at once, at most
 * @param wRow floats of U from one row to the next
 * @param n tiles
 * @param weights floats of U from one j to the next
 */
record WinogradProducts(Stencil stencil, int size, int rows, int wRow, int n, int weights) {
  private static final int LANES = Kernels.LANES;

  /**
   * The products of {@code n} tiles.
   *
   * @param rows rows of y at once, at most
   * @param terms of a sum: channels, or filters the other way round
   * @param inner whether the terms of a row of U follow each other, or its rows
   */
  static WinogradProducts of(WinogradTiles t, int n, int rows, int terms, boolean inner) {
    int pairs = t.filters() * t.channels();
    int wRow = inner ? terms : 1;
    int wTerm = inner ? 1 : pairs / terms;
    int[] at = new int[tiles(n) * Stencil.TILE];
    Arrays.setAll(at, p -> Math.min(p, n - 1) * LANES);
    int[] xTerm = new int[terms];
    int[] wTerms = new int[terms];
    for (int term = 0; term < terms; term++) {
      xTerm[term] = term * n * LANES;
      wTerms[term] = term * wTerm;
    }
    Stencil stencil =
        new Stencil(at, at, null, new int[tiles(n)], new int[][] {xTerm}, new int[][] {wTerms});
    int weights = WinogradWeights.stride(pairs);
    return new WinogradProducts(stencil, t.along().size, rows, wRow, n, weights);
  }

  /** Announces the sums of so many rows of U, of which {@link #rows} are done at once. */
  void announce(Kernels kernels, int all) {
    new Rows(1, all, rows).counts().forEach(count -> kernels.expect(stencil, count, terms()));
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
  int floats() {
    return size * plane();
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
    for (int j = 0; j < size; j++) {
      kernels.stencil(
          stencil,
          0,
          tiles(used),
          count,
          terms(),
          u.data(),
          u.offset() + (i * size + j) * weights + first * wRow,
          wRow,
          data,
          x + j * WinogradTiles.spaced(terms() * n),
          null,
          0,
          Float.NEGATIVE_INFINITY,
          data,
          y + j * plane(),
          n * LANES);
    }
  }
}
