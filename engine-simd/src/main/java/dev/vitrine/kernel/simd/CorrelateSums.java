package dev.vitrine.kernel.simd;

/**
 * What a correlation's tile works on: for row j and tap k, {@code acc[accAt + j·accRow + 16·k] +=
 * Σ_p dy[dAt + j·dRow + dyAt[p]] · x[xAt + xPos[p] + tap[k]]}. An object for the same reason as
 * {@link StencilSums}.
 */
final class CorrelateSums {
  float[] dy;
  int dAt;
  int dRow;
  int[] dyAt;

  /** The positions from here to the one before {@code to}. */
  int from;

  int to;
  float[] x;
  int xAt;
  int[] xPos;
  int[] tap;

  /** Behind the last tile's taps. */
  int end;

  float[] acc;
  int accAt;
  int accRow;

  /** Lets go of the arrays, which the thread may outlive. */
  void release() {
    dy = null;
    dyAt = null;
    x = null;
    xPos = null;
    tap = null;
    acc = null;
  }
}
