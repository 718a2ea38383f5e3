package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.FilterProducts;

/**
 * What a {@link FilterTile} works on, for one column of the transforms: an object for the reason
 * that {@link StencilSums} is one.
 */
final class FilterSums {
  /** Channels. */
  int n;

  float[] w;

  /** Where the filters start, at the first tap that the column is made of. */
  int wAt;

  /** G's row of the column. */
  final float[] factor = new float[FilterTile.TAPS];

  float[] x;
  int xAt;

  /** Floats from a number of the column to the one below it. */
  int xRow;

  int[] xTerm;
  float[] y;
  int yAt;
  int yRow;

  void take(FilterProducts p) {
    n = p.xTerm().length;
    xTerm = p.xTerm();
    xRow = FilterTile.size(p) * p.xNumber();
    yRow = FilterTile.size(p) * p.yNumber();
  }

  /** Lets go of the arrays, which the thread may outlive. */
  void release() {
    w = null;
    x = null;
    xTerm = null;
    y = null;
  }
}
