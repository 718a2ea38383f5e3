package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearMap;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.Stencil;

/**
 * Copies of many short stretches, as passes of an identity: a call of {@code System.arraycopy} for
 * each takes longer than its few vectors.
 */
final class Copies {
  private static final int LANES = Kernels.LANES;

  /** Identities of 1 … {@link Stencil#TILE} vectors. */
  private static final LinearMap[] IDENTITIES = new LinearMap[Stencil.TILE + 1];

  static {
    for (int n = 1; n < IDENTITIES.length; n++) {
      double[][] matrix = new double[n][n];
      for (int i = 0; i < n; i++) {
        matrix[i][i] = 1;
      }
      IDENTITIES[n] = new LinearMap(matrix);
    }
  }

  private Copies() {}

  /**
   * A pass that copies stretches of {@code vectors} vectors, {@code times} in each plane.
   *
   * @param xRow floats between the sources of neighbouring times
   * @param yRow the same of their targets
   * @param xPlane floats between the sources of neighbouring planes
   * @param yPlane the same of their targets
   */
  static LinearPass of(int vectors, int times, int xRow, int yRow, int xPlane, int yPlane) {
    return new LinearPass(
        IDENTITIES[vectors], LinearPass.Store.SET, LANES, LANES, times, xRow, yRow, xPlane, yPlane);
  }

  static void run(
      Kernels kernels, LinearPass pass, int planes, float[] x, int x0, float[] y, int y0) {
    kernels.linear(pass, planes, x, x0, null, 0, Float.NEGATIVE_INFINITY, y, y0);
  }
}
