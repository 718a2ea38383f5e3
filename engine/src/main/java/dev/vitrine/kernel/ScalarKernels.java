package dev.vitrine.kernel;

import dev.vitrine.op.Binary;
import dev.vitrine.op.Unary;

/**
 * The kernels in plain Java: the fallback where the Vector API is absent, and the twin that the
 * SIMD kernels are compared with bit by bit.
 */
public final class ScalarKernels implements Kernels {
  /** As many zeros as are read at once. */
  private static final float[] NO_BIAS = new float[4];

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
    boolean ofLanes = s.begin() == Stencil.Begin.BIAS_OF_LANE;
    boolean goesOn = s.begin() == Stencil.Begin.NUMBER_THERE;
    for (int p = from * Stencil.TILE; p < to * Stencil.TILE; p++) {
      int program = s.program()[p / Stencil.TILE];
      int[] xTerm = s.xTerm()[program];
      int[] wTerm = s.wTerm()[program];
      int n = Math.min(terms, xTerm.length);
      int lanes = s.yLanes() == null ? LANES : s.yLanes()[p];
      for (int r = 0; r < rows; r += 4) {
        int last = Math.min(3, rows - 1 - r);
        int wAt = w0 + r * wRow;
        int yAt = y0 + r * yRow + s.yBase()[p];
        for (int lane = 0; lane < lanes; lane += 4) {
          fourByFour(
              n,
              w,
              wAt,
              wRow,
              last,
              wTerm,
              x,
              x0 + s.xBase()[p] + lane,
              xTerm,
              goesOn ? y : b == null ? NO_BIAS : b,
              goesOn ? yAt + lane : b == null ? 0 : b0 + (ofLanes ? p * LANES + lane : r),
              goesOn ? yRow : ofLanes ? 0 : 1,
              goesOn || ofLanes ? 1 : 0,
              floor,
              y,
              yAt + lane,
              yRow,
              Math.min(4, lanes - lane));
        }
      }
    }
  }

  @Override
  public void halves(
      HalfLayer layer,
      int from,
      int to,
      int rows,
      float[] x,
      int x0,
      int xRow,
      float[] y,
      int y0,
      int yRow) {
    for (int r = 0; r < rows; r++) {
      for (int o = from * LANES; o < to * LANES; o++) {
        float sum = layer.biases()[o];
        for (int t = 0; t < layer.weights().terms(); t++) {
          float number = x[x0 + r * xRow + layer.xTerm()[t]];
          sum = Math.fma(number, layer.weights().weight(o, t), sum);
        }
        y[y0 + r * yRow + o] = Math.max(sum, layer.floor());
      }
    }
  }

  /**
   * Four lanes of up to {@code last} + 1 rows; with fewer than four, the last row is computed
   * several times. Sixteen independent sums, so that the processor can overlap them.
   */
  private static void fourByFour(
      int n,
      float[] w,
      int wAt,
      int wRow,
      int last,
      int[] wTerm,
      float[] x,
      int xAt,
      int[] xTerm,
      float[] b,
      int bAt,
      int bRow,
      int bLane,
      float floor,
      float[] y,
      int yAt,
      int yRow,
      int lanes) {
    int r1 = Math.min(1, last);
    int r2 = Math.min(2, last);
    float a00 = b[bAt];
    float a01 = b[bAt + bLane];
    float a02 = b[bAt + 2 * bLane];
    float a03 = b[bAt + 3 * bLane];
    float a10 = b[bAt + r1 * bRow];
    float a11 = b[bAt + r1 * bRow + bLane];
    float a12 = b[bAt + r1 * bRow + 2 * bLane];
    float a13 = b[bAt + r1 * bRow + 3 * bLane];
    float a20 = b[bAt + r2 * bRow];
    float a21 = b[bAt + r2 * bRow + bLane];
    float a22 = b[bAt + r2 * bRow + 2 * bLane];
    float a23 = b[bAt + r2 * bRow + 3 * bLane];
    float a30 = b[bAt + last * bRow];
    float a31 = b[bAt + last * bRow + bLane];
    float a32 = b[bAt + last * bRow + 2 * bLane];
    float a33 = b[bAt + last * bRow + 3 * bLane];
    for (int t = 0; t < n; t++) {
      int k = xAt + xTerm[t];
      float x0 = x[k];
      float x1 = x[k + 1];
      float x2 = x[k + 2];
      float x3 = x[k + 3];
      int at = wAt + wTerm[t];
      float w0 = w[at];
      a00 = Math.fma(w0, x0, a00);
      a01 = Math.fma(w0, x1, a01);
      a02 = Math.fma(w0, x2, a02);
      a03 = Math.fma(w0, x3, a03);
      float w1 = w[at + r1 * wRow];
      a10 = Math.fma(w1, x0, a10);
      a11 = Math.fma(w1, x1, a11);
      a12 = Math.fma(w1, x2, a12);
      a13 = Math.fma(w1, x3, a13);
      float w2 = w[at + r2 * wRow];
      a20 = Math.fma(w2, x0, a20);
      a21 = Math.fma(w2, x1, a21);
      a22 = Math.fma(w2, x2, a22);
      a23 = Math.fma(w2, x3, a23);
      float w3 = w[at + last * wRow];
      a30 = Math.fma(w3, x0, a30);
      a31 = Math.fma(w3, x1, a31);
      a32 = Math.fma(w3, x2, a32);
      a33 = Math.fma(w3, x3, a33);
    }
    store(y, yAt, lanes, floor, a00, a01, a02, a03);
    store(y, yAt + r1 * yRow, lanes, floor, a10, a11, a12, a13);
    store(y, yAt + r2 * yRow, lanes, floor, a20, a21, a22, a23);
    store(y, yAt + last * yRow, lanes, floor, a30, a31, a32, a33);
  }

  private static void store(
      float[] y, int at, int lanes, float floor, float a, float b, float c, float d) {
    y[at] = Math.max(a, floor);
    if (lanes > 1) {
      y[at + 1] = Math.max(b, floor);
    }
    if (lanes > 2) {
      y[at + 2] = Math.max(c, floor);
    }
    if (lanes > 3) {
      y[at + 3] = Math.max(d, floor);
    }
  }

  @Override
  public void correlate(
      int rows,
      float[] dy,
      int dy0,
      int dyRow,
      Offsets dyAt,
      float[] x,
      int x0,
      Offsets xAt,
      int[] tap,
      float[] acc,
      int acc0) {
    int lastTap = tap.length - 1;
    for (int r = 0; r < rows; r += 4) {
      for (int t = 0; t < tap.length; t += 4) {
        for (int lane = 0; lane < LANES; lane++) {
          correlateLane(
              dy,
              dy0 + r * dyRow + lane,
              dyRow,
              Math.min(3, rows - 1 - r),
              dyAt.at(),
              x,
              x0 + lane,
              xAt.at(),
              tap,
              t,
              lastTap,
              acc,
              acc0 + r * tap.length * LANES + lane);
        }
      }
    }
  }

  /** One lane of up to four rows by four taps; what lies beyond the last is computed again. */
  private static void correlateLane(
      float[] dy,
      int dAt,
      int dyRow,
      int last,
      int[] dyAt,
      float[] x,
      int xLane,
      int[] xAt,
      int[] tap,
      int t,
      int lastTap,
      float[] acc,
      int accAt) {
    int accRow = tap.length * LANES;
    int d1 = Math.min(1, last) * dyRow;
    int d2 = Math.min(2, last) * dyRow;
    int d3 = last * dyRow;
    int t1 = Math.min(t + 1, lastTap);
    int t2 = Math.min(t + 2, lastTap);
    int t3 = Math.min(t + 3, lastTap);
    int s0 = accAt;
    int s1 = accAt + Math.min(1, last) * accRow;
    int s2 = accAt + Math.min(2, last) * accRow;
    int s3 = accAt + last * accRow;
    float a00 = acc[s0 + t * LANES];
    float a01 = acc[s0 + t1 * LANES];
    float a02 = acc[s0 + t2 * LANES];
    float a03 = acc[s0 + t3 * LANES];
    float a10 = acc[s1 + t * LANES];
    float a11 = acc[s1 + t1 * LANES];
    float a12 = acc[s1 + t2 * LANES];
    float a13 = acc[s1 + t3 * LANES];
    float a20 = acc[s2 + t * LANES];
    float a21 = acc[s2 + t1 * LANES];
    float a22 = acc[s2 + t2 * LANES];
    float a23 = acc[s2 + t3 * LANES];
    float a30 = acc[s3 + t * LANES];
    float a31 = acc[s3 + t1 * LANES];
    float a32 = acc[s3 + t2 * LANES];
    float a33 = acc[s3 + t3 * LANES];
    for (int p = 0; p < dyAt.length; p++) {
      int d = dAt + dyAt[p];
      int k = xLane + xAt[p];
      float x0 = x[k + tap[t]];
      float x1 = x[k + tap[t1]];
      float x2 = x[k + tap[t2]];
      float x3 = x[k + tap[t3]];
      float g0 = dy[d];
      a00 = Math.fma(g0, x0, a00);
      a01 = Math.fma(g0, x1, a01);
      a02 = Math.fma(g0, x2, a02);
      a03 = Math.fma(g0, x3, a03);
      float g1 = dy[d + d1];
      a10 = Math.fma(g1, x0, a10);
      a11 = Math.fma(g1, x1, a11);
      a12 = Math.fma(g1, x2, a12);
      a13 = Math.fma(g1, x3, a13);
      float g2 = dy[d + d2];
      a20 = Math.fma(g2, x0, a20);
      a21 = Math.fma(g2, x1, a21);
      a22 = Math.fma(g2, x2, a22);
      a23 = Math.fma(g2, x3, a23);
      float g3 = dy[d + d3];
      a30 = Math.fma(g3, x0, a30);
      a31 = Math.fma(g3, x1, a31);
      a32 = Math.fma(g3, x2, a32);
      a33 = Math.fma(g3, x3, a33);
    }
    acc[s0 + t * LANES] = a00;
    acc[s0 + t1 * LANES] = a01;
    acc[s0 + t2 * LANES] = a02;
    acc[s0 + t3 * LANES] = a03;
    acc[s1 + t * LANES] = a10;
    acc[s1 + t1 * LANES] = a11;
    acc[s1 + t2 * LANES] = a12;
    acc[s1 + t3 * LANES] = a13;
    acc[s2 + t * LANES] = a20;
    acc[s2 + t1 * LANES] = a21;
    acc[s2 + t2 * LANES] = a22;
    acc[s2 + t3 * LANES] = a23;
    acc[s3 + t * LANES] = a30;
    acc[s3 + t1 * LANES] = a31;
    acc[s3 + t2 * LANES] = a32;
    acc[s3 + t3 * LANES] = a33;
  }

  @Override
  public void linear(
      LinearPass p, int n, float[] x, int x0, float[] b, int b0, float floor, float[] y, int y0) {
    ScalarLinear.run(p, n, x, x0, b, b0, floor, y, y0);
  }

  @Override
  public void sum(float[] x, int at, int stride, int n, float[] acc) {
    for (int i = 0; i < n; i++) {
      int from = at + i * stride;
      for (int lane = 0; lane < LANES; lane++) {
        acc[lane] += x[from + lane];
      }
    }
  }

  @Override
  public void sumLanes(float[] x, int x0, int n, float[] y, int y0) {
    for (int i = 0; i < n; i++) {
      y[y0 + i] = Lanes.sum(x, x0 + i * LANES);
    }
  }

  @Override
  public void transpose(
      int rows, int columns, float[] x, int x0, int xRow, float[] y, int y0, int yRow) {
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        y[y0 + j * yRow + i] = x[x0 + i * xRow + j];
      }
    }
  }

  @Override
  public void numbers(ByteTable table, byte[] x, int x0, float[] y, int y0, int n) {
    for (int i = 0; i < n; i++) {
      y[y0 + i] = table.of(x[x0 + i]);
    }
  }

  @Override
  public void maxPool(PoolTable t, float[] x, int x0, float[] y, int y0) {
    ScalarPoolings.max(t, x, x0, y, y0);
  }

  @Override
  public void maxPoolGradient(
      PoolTable t, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0) {
    ScalarPoolings.maxGradient(t, x, x0, dy, dy0, dx, dx0);
  }

  @Override
  public void averagePool(PoolTable t, float[] x, int x0, float[] y, int y0) {
    ScalarPoolings.average(t, x, x0, y, y0);
  }

  @Override
  public void averagePoolGradient(PoolTable t, float[] dy, int dy0, float[] dx, int dx0) {
    ScalarPoolings.averageGradient(t, dy, dy0, dx, dx0);
  }

  @Override
  public void binary(Binary op, float[] a, int a0, float[] b, int b0, float[] y, int y0, int n) {
    ScalarFunctions.apply(op, a, a0, b, b0, y, y0, n);
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
      a0 = Math.fma(0.5f, 1e-3f, a0);
      a1 = Math.fma(0.5f, 1e-3f, a1);
      a2 = Math.fma(0.5f, 1e-3f, a2);
      a3 = Math.fma(0.5f, 1e-3f, a3);
      a4 = Math.fma(0.5f, 1e-3f, a4);
      a5 = Math.fma(0.5f, 1e-3f, a5);
      a6 = Math.fma(0.5f, 1e-3f, a6);
      a7 = Math.fma(0.5f, 1e-3f, a7);
      a8 = Math.fma(0.5f, 1e-3f, a8);
      a9 = Math.fma(0.5f, 1e-3f, a9);
      a10 = Math.fma(0.5f, 1e-3f, a10);
      a11 = Math.fma(0.5f, 1e-3f, a11);
    }
    sink[0] = ((a0 + a1) + (a2 + a3)) + ((a4 + a5) + (a6 + a7)) + ((a8 + a9) + (a10 + a11));
    return 2L * 12 * rounds;
  }
}
