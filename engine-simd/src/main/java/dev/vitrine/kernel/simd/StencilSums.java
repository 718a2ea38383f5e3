package dev.vitrine.kernel.simd;

/**
 * What a stencil's tile works on: for row j and position k, {@code y[yAt + j·yRow + yBase[p + k]] =
 * max(floor, b[bAt + j] + Σ_t w[wAt + j·wRow + wTerm[t]] · x[xAt + xBase[p + k] + xTerm[t]])}, t
 * below n.
 *
 * <p>An object, not seventeen parameters: a tile needs nearly all general registers for its
 * addresses, and C2 would keep what comes after the loop in them (one parameter in a vector
 * register and back cost a third of a tile's speed).
 */
final class StencilSums {
  int n;

  /** Behind the last tile's positions. */
  int end;

  float[] w;
  int wAt;
  int wRow;
  int[] wTerm;
  float[] x;
  int xAt;
  int[] xBase;
  int[] xTerm;
  float[] b;
  int bAt;
  float floor;

  /** The floor once more, for tiles that go on. */
  final float[] floors = new float[1];

  float[] y;
  int yAt;
  int yRow;
  int[] yBase;

  /** Lets go of the arrays, which the thread may outlive. */
  void release() {
    w = null;
    wTerm = null;
    x = null;
    xBase = null;
    xTerm = null;
    b = null;
    y = null;
    yBase = null;
  }
}
