package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.HalfLayer;
import dev.vitrine.kernel.Halves;
import dev.vitrine.kernel.Kernels;

/**
 * What a tile of sums whose weights have 16 bits works on: an object for the reason that {@link
 * StencilSums} is one. Vectors of outputs and rows behind the last are the last once more.
 */
final class HalfSums {
  /** Terms of a sum. */
  int n;

  int[] w;

  /** Ints from one vector of outputs to the next. */
  int stride;

  int lastVector;
  int lastRow;
  float[] x;
  int xAt;
  int xRow;
  int[] xTerm;
  float[] b;

  /** The floor, from where C2 fetches it at a tile's end: it holds none in a register before. */
  final float[] floors = new float[1];

  float[] y;
  int yAt;
  int yRow;

  /** Takes what all tiles of a layer share. */
  void take(HalfLayer layer) {
    Halves weights = layer.weights();
    n = weights.terms();
    w = weights.pairs();
    stride = weights.stride();
    xTerm = layer.xTerm();
    b = layer.biases();
    floors[0] = layer.floor();
  }

  /** Lets go of the arrays, which the thread may outlive. */
  void release() {
    w = null;
    x = null;
    xTerm = null;
    b = null;
    y = null;
  }

  /** Numbers for rehearsals: so few terms that a call takes no time, of an odd number. */
  static HalfSums any() {
    int terms = 17;
    HalfSums sums = new HalfSums();
    sums.w = new int[(terms + 1) / 2 * Kernels.LANES];
    sums.x = new float[terms];
    sums.xTerm = new int[terms];
    sums.b = new float[Kernels.LANES];
    sums.y = new float[Kernels.LANES];
    sums.n = terms;
    return sums;
  }
}
