package dev.vitrine.kernel;

import dev.vitrine.op.Unary;
import java.util.Arrays;

/**
 * The kernels in plain Java: the fallback where the Vector API is absent, and the twin that the
 * SIMD kernels are compared with bit by bit.
 */
public final class ScalarKernels implements Kernels {
  /** The kernels; they have no state. */
  public ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void stencil(
      Stencil s,
      int from,
      int to,
      int rows,
      int terms,
      float[] w,
      int w0,
      int wRow,
      float[] x,
      int x0,
      float[] b,
      int b0,
      float floor,
      float[] y,
      int y0,
      int yRow) {
    for (int p = from * Stencil.TILE; p < to * Stencil.TILE; p++) {
      int program = s.program()[p / Stencil.TILE];
      int[] xTerm = s.xTerm()[program];
      int[] wTerm = s.wTerm()[program];
      int n = Math.min(terms, xTerm.length);
      int lanes = s.yLanes() == null ? LANES : s.yLanes()[p];
      for (int r = 0; r < rows; r++) {
        float bias = b == null ? 0 : b[b0 + r];
        int wAt = w0 + r * wRow;
        int yAt = y0 + r * yRow + s.yBase()[p];
        for (int lane = 0; lane < lanes; lane += 8) {
          int xAt = x0 + s.xBase()[p] + lane;
          int stored = Math.min(8, lanes - lane);
          eight(n, w, wAt, wTerm, x, xAt, xTerm, bias, floor, y, yAt + lane, stored);
        }
      }
    }
  }

  /** Eight lanes of one output: independent sums, so that the processor can overlap them. */
  private static void eight(
      int n,
      float[] w,
      int wAt,
      int[] wTerm,
      float[] x,
      int xAt,
      int[] xTerm,
      float bias,
      float floor,
      float[] y,
      int yAt,
      int stored) {
    float a0 = bias;
    float a1 = bias;
    float a2 = bias;
    float a3 = bias;
    float a4 = bias;
    float a5 = bias;
    float a6 = bias;
    float a7 = bias;
    for (int t = 0; t < n; t++) {
      float weight = w[wAt + wTerm[t]];
      int k = xAt + xTerm[t];
      a0 = Math.fma(weight, x[k], a0);
      a1 = Math.fma(weight, x[k + 1], a1);
      a2 = Math.fma(weight, x[k + 2], a2);
      a3 = Math.fma(weight, x[k + 3], a3);
      a4 = Math.fma(weight, x[k + 4], a4);
      a5 = Math.fma(weight, x[k + 5], a5);
      a6 = Math.fma(weight, x[k + 6], a6);
      a7 = Math.fma(weight, x[k + 7], a7);
    }
    for (int i = 0; i < stored; i++) {
      float a =
          switch (i) {
            case 0 -> a0;
            case 1 -> a1;
            case 2 -> a2;
            case 3 -> a3;
            case 4 -> a4;
            case 5 -> a5;
            case 6 -> a6;
            default -> a7;
          };
      y[yAt + i] = Math.max(a, floor);
    }
  }

  @Override
  public void correlate(
      int rows,
      float[] dy,
      int dy0,
      int dyRow,
      int[] dyAt,
      float[] x,
      int x0,
      int[] xAt,
      int[] tap,
      float[] acc) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < tap.length; t++) {
        int at = (r * tap.length + t) * LANES;
        for (int lane = 0; lane < LANES; lane += 4) {
          four(dy, dy0 + r * dyRow + lane, dyAt, x, x0 + tap[t] + lane, xAt, acc, at + lane);
        }
      }
    }
  }

  private static void four(
      float[] dy, int dy0, int[] dyAt, float[] x, int x0, int[] xAt, float[] acc, int at) {
    float a0 = acc[at];
    float a1 = acc[at + 1];
    float a2 = acc[at + 2];
    float a3 = acc[at + 3];
    for (int p = 0; p < dyAt.length; p++) {
      int d = dy0 + dyAt[p];
      int k = x0 + xAt[p];
      a0 = Math.fma(dy[d], x[k], a0);
      a1 = Math.fma(dy[d + 1], x[k + 1], a1);
      a2 = Math.fma(dy[d + 2], x[k + 2], a2);
      a3 = Math.fma(dy[d + 3], x[k + 3], a3);
    }
    acc[at] = a0;
    acc[at + 1] = a1;
    acc[at + 2] = a2;
    acc[at + 3] = a3;
  }

  @Override
  public void maxPool(PoolTable t, float[] x, int x0, float[] y, int y0) {
    for (int p = 0; p + 1 < t.start().length; p++) {
      for (int lane = 0; lane < LANES; lane++) {
        int best = first(t, p, x, x0 + lane);
        y[y0 + p * LANES + lane] = best < 0 ? 0 : x[best];
      }
    }
  }

  /** The index of a window's first maximum, or of its last NaN; −1 if the window is empty. */
  private static int first(PoolTable t, int p, float[] x, int x0) {
    int best = -1;
    for (int m = t.start()[p]; m < t.start()[p + 1]; m++) {
      int at = x0 + t.member()[m];
      if (best < 0 || x[at] > x[best] || Float.isNaN(x[at])) {
        best = at;
      }
    }
    return best;
  }

  @Override
  public void maxPoolGradient(
      PoolTable t, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0) {
    Arrays.fill(dx, dx0, dx0 + t.inSize(), 0);
    for (int p = 0; p + 1 < t.start().length; p++) {
      for (int lane = 0; lane < LANES; lane++) {
        int best = first(t, p, x, x0 + lane);
        if (best >= 0) {
          dx[dx0 + best - x0] += dy[dy0 + p * LANES + lane];
        }
      }
    }
  }

  @Override
  public void unary(Unary f, float[] x, int x0, float[] y, int y0, int n) {
    ScalarFunctions.apply(f, x, x0, y, y0, n);
  }

  @Override
  public void unaryGradient(
      Unary f, float[] v, int v0, float[] dy, int dy0, float[] dx, int dx0, int n) {
    ScalarFunctions.derivative(f, v, v0, dy, dy0, dx, dx0, n);
  }

  @Override
  public long fmaChains(int rounds, float[] sink) {
    float a0 = 0;
    float a1 = 1;
    float a2 = 2;
    float a3 = 3;
    float a4 = 4;
    float a5 = 5;
    float a6 = 6;
    float a7 = 7;
    float a8 = 8;
    float a9 = 9;
    float a10 = 10;
    float a11 = 11;
    for (int i = 0; i < rounds; i++) {
      a0 = Math.fma(a0, 0.5f, 1);
      a1 = Math.fma(a1, 0.5f, 1);
      a2 = Math.fma(a2, 0.5f, 1);
      a3 = Math.fma(a3, 0.5f, 1);
      a4 = Math.fma(a4, 0.5f, 1);
      a5 = Math.fma(a5, 0.5f, 1);
      a6 = Math.fma(a6, 0.5f, 1);
      a7 = Math.fma(a7, 0.5f, 1);
      a8 = Math.fma(a8, 0.5f, 1);
      a9 = Math.fma(a9, 0.5f, 1);
      a10 = Math.fma(a10, 0.5f, 1);
      a11 = Math.fma(a11, 0.5f, 1);
    }
    sink[0] = ((a0 + a1) + (a2 + a3)) + ((a4 + a5) + (a6 + a7)) + ((a8 + a9) + (a10 + a11));
    return 2L * 12 * rounds;
  }
}
