package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.PoolTable;
import dev.vitrine.kernel.ScalarFunctions;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Unary;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the Vector API. A block's 16 lanes are one vector of 512 bits, two of 256 or four
 * of 128; each part is treated by itself with the same arithmetic.
 *
 * <p>What looks odd here is what C2 wants: accumulators are named locals in one flat loop (an array
 * of them, or a loop within the loop, is boxed and 40 times slower), and each tile is a method of
 * its own, small enough to be compiled whole.
 */
public final class SimdKernels implements Kernels {
  private static final VectorSpecies<Float> SPECIES = Width.of(MethodHandles.lookup());
  private static final int PART = SPECIES.length();
  private static final ScalarKernels SCALAR = new ScalarKernels();

  /** The kernels; they have no state. */
  public SimdKernels() {}

  @Override
  public String name() {
    return "Vector API, %d bits".formatted(SPECIES.vectorBitSize());
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
    for (int tile = from; tile < to; tile++) {
      int p = tile * Stencil.TILE;
      if (s.yLanes() != null && s.yLanes()[p + 3] < LANES) {
        SCALAR.stencil(
            s, tile, tile + 1, rows, terms, w, w0, wRow, x, x0, b, b0, floor, y, y0, yRow);
        continue;
      }
      int[] xTerm = s.xTerm()[s.program()[tile]];
      int[] wTerm = s.wTerm()[s.program()[tile]];
      int n = Math.min(terms, xTerm.length);
      int[] xb = s.xBase();
      int[] yb = s.yBase();
      for (int part = 0; part < LANES; part += PART) {
        int xp = x0 + part;
        int yp = y0 + part;
        int row = 0;
        for (; rows - row >= 5 && rows - row != 8; row += 5) {
          tile5(
              n,
              w,
              w0 + row * wRow,
              wRow,
              wTerm,
              x,
              xp + xb[p],
              xp + xb[p + 1],
              xp + xb[p + 2],
              xp + xb[p + 3],
              xTerm,
              b,
              b0 + row,
              floor,
              y,
              yp + row * yRow,
              yRow,
              yb[p],
              yb[p + 1],
              yb[p + 2],
              yb[p + 3]);
        }
        for (; row < rows; row += 4) {
          tile4(
              Math.min(4, rows - row),
              n,
              w,
              w0 + row * wRow,
              wRow,
              wTerm,
              x,
              xp + xb[p],
              xp + xb[p + 1],
              xp + xb[p + 2],
              xp + xb[p + 3],
              xTerm,
              b,
              b0 + row,
              floor,
              y,
              yp + row * yRow,
              yRow,
              yb[p],
              yb[p + 1],
              yb[p + 2],
              yb[p + 3]);
        }
      }
    }
  }

  /** Five rows by four positions. */
  private static void tile5(
      int n,
      float[] w,
      int wAt,
      int wRow,
      int[] wTerm,
      float[] x,
      int x0,
      int x1,
      int x2,
      int x3,
      int[] xTerm,
      float[] b,
      int bAt,
      float floor,
      float[] y,
      int yAt,
      int yRow,
      int y0,
      int y1,
      int y2,
      int y3) {
    FloatVector b0 = FloatVector.broadcast(SPECIES, b == null ? 0 : b[bAt]);
    FloatVector a00 = b0;
    FloatVector a01 = b0;
    FloatVector a02 = b0;
    FloatVector a03 = b0;
    FloatVector b1 = FloatVector.broadcast(SPECIES, b == null ? 0 : b[bAt + 1]);
    FloatVector a10 = b1;
    FloatVector a11 = b1;
    FloatVector a12 = b1;
    FloatVector a13 = b1;
    FloatVector b2 = FloatVector.broadcast(SPECIES, b == null ? 0 : b[bAt + 2]);
    FloatVector a20 = b2;
    FloatVector a21 = b2;
    FloatVector a22 = b2;
    FloatVector a23 = b2;
    FloatVector b3 = FloatVector.broadcast(SPECIES, b == null ? 0 : b[bAt + 3]);
    FloatVector a30 = b3;
    FloatVector a31 = b3;
    FloatVector a32 = b3;
    FloatVector a33 = b3;
    FloatVector b4 = FloatVector.broadcast(SPECIES, b == null ? 0 : b[bAt + 4]);
    FloatVector a40 = b4;
    FloatVector a41 = b4;
    FloatVector a42 = b4;
    FloatVector a43 = b4;
    for (int t = 0; t < n; t++) {
      int k = xTerm[t];
      int r0 = wAt + wTerm[t];
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, x0 + k);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, x1 + k);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, x2 + k);
      FloatVector v3 = FloatVector.fromArray(SPECIES, x, x3 + k);
      FloatVector w0 = FloatVector.broadcast(SPECIES, w[r0]);
      a00 = w0.fma(v0, a00);
      a01 = w0.fma(v1, a01);
      a02 = w0.fma(v2, a02);
      a03 = w0.fma(v3, a03);
      FloatVector w1 = FloatVector.broadcast(SPECIES, w[r0 + wRow]);
      a10 = w1.fma(v0, a10);
      a11 = w1.fma(v1, a11);
      a12 = w1.fma(v2, a12);
      a13 = w1.fma(v3, a13);
      FloatVector w2 = FloatVector.broadcast(SPECIES, w[r0 + 2 * wRow]);
      a20 = w2.fma(v0, a20);
      a21 = w2.fma(v1, a21);
      a22 = w2.fma(v2, a22);
      a23 = w2.fma(v3, a23);
      FloatVector w3 = FloatVector.broadcast(SPECIES, w[r0 + 3 * wRow]);
      a30 = w3.fma(v0, a30);
      a31 = w3.fma(v1, a31);
      a32 = w3.fma(v2, a32);
      a33 = w3.fma(v3, a33);
      FloatVector w4 = FloatVector.broadcast(SPECIES, w[r0 + 4 * wRow]);
      a40 = w4.fma(v0, a40);
      a41 = w4.fma(v1, a41);
      a42 = w4.fma(v2, a42);
      a43 = w4.fma(v3, a43);
    }
    int s0 = yAt;
    a00.max(floor).intoArray(y, s0 + y0);
    a01.max(floor).intoArray(y, s0 + y1);
    a02.max(floor).intoArray(y, s0 + y2);
    a03.max(floor).intoArray(y, s0 + y3);
    int s1 = yAt + yRow;
    a10.max(floor).intoArray(y, s1 + y0);
    a11.max(floor).intoArray(y, s1 + y1);
    a12.max(floor).intoArray(y, s1 + y2);
    a13.max(floor).intoArray(y, s1 + y3);
    int s2 = yAt + 2 * yRow;
    a20.max(floor).intoArray(y, s2 + y0);
    a21.max(floor).intoArray(y, s2 + y1);
    a22.max(floor).intoArray(y, s2 + y2);
    a23.max(floor).intoArray(y, s2 + y3);
    int s3 = yAt + 3 * yRow;
    a30.max(floor).intoArray(y, s3 + y0);
    a31.max(floor).intoArray(y, s3 + y1);
    a32.max(floor).intoArray(y, s3 + y2);
    a33.max(floor).intoArray(y, s3 + y3);
    int s4 = yAt + 4 * yRow;
    a40.max(floor).intoArray(y, s4 + y0);
    a41.max(floor).intoArray(y, s4 + y1);
    a42.max(floor).intoArray(y, s4 + y2);
    a43.max(floor).intoArray(y, s4 + y3);
  }

  /** Up to four rows by four positions; with fewer, the last is computed several times. */
  private static void tile4(
      int rows,
      int n,
      float[] w,
      int wAt,
      int wRow,
      int[] wTerm,
      float[] x,
      int x0,
      int x1,
      int x2,
      int x3,
      int[] xTerm,
      float[] b,
      int bAt,
      float floor,
      float[] y,
      int yAt,
      int yRow,
      int y0,
      int y1,
      int y2,
      int y3) {
    int j1 = Math.min(1, rows - 1);
    int j2 = Math.min(2, rows - 1);
    int j3 = Math.min(3, rows - 1);
    FloatVector b0 = FloatVector.broadcast(SPECIES, b == null ? 0 : b[bAt]);
    FloatVector a00 = b0;
    FloatVector a01 = b0;
    FloatVector a02 = b0;
    FloatVector a03 = b0;
    FloatVector b1 = FloatVector.broadcast(SPECIES, b == null ? 0 : b[bAt + j1]);
    FloatVector a10 = b1;
    FloatVector a11 = b1;
    FloatVector a12 = b1;
    FloatVector a13 = b1;
    FloatVector b2 = FloatVector.broadcast(SPECIES, b == null ? 0 : b[bAt + j2]);
    FloatVector a20 = b2;
    FloatVector a21 = b2;
    FloatVector a22 = b2;
    FloatVector a23 = b2;
    FloatVector b3 = FloatVector.broadcast(SPECIES, b == null ? 0 : b[bAt + j3]);
    FloatVector a30 = b3;
    FloatVector a31 = b3;
    FloatVector a32 = b3;
    FloatVector a33 = b3;
    for (int t = 0; t < n; t++) {
      int k = xTerm[t];
      int r0 = wAt + wTerm[t];
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, x0 + k);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, x1 + k);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, x2 + k);
      FloatVector v3 = FloatVector.fromArray(SPECIES, x, x3 + k);
      FloatVector w0 = FloatVector.broadcast(SPECIES, w[r0]);
      a00 = w0.fma(v0, a00);
      a01 = w0.fma(v1, a01);
      a02 = w0.fma(v2, a02);
      a03 = w0.fma(v3, a03);
      FloatVector w1 = FloatVector.broadcast(SPECIES, w[r0 + j1 * wRow]);
      a10 = w1.fma(v0, a10);
      a11 = w1.fma(v1, a11);
      a12 = w1.fma(v2, a12);
      a13 = w1.fma(v3, a13);
      FloatVector w2 = FloatVector.broadcast(SPECIES, w[r0 + j2 * wRow]);
      a20 = w2.fma(v0, a20);
      a21 = w2.fma(v1, a21);
      a22 = w2.fma(v2, a22);
      a23 = w2.fma(v3, a23);
      FloatVector w3 = FloatVector.broadcast(SPECIES, w[r0 + j3 * wRow]);
      a30 = w3.fma(v0, a30);
      a31 = w3.fma(v1, a31);
      a32 = w3.fma(v2, a32);
      a33 = w3.fma(v3, a33);
    }
    int s0 = yAt;
    a00.max(floor).intoArray(y, s0 + y0);
    a01.max(floor).intoArray(y, s0 + y1);
    a02.max(floor).intoArray(y, s0 + y2);
    a03.max(floor).intoArray(y, s0 + y3);
    int s1 = yAt + j1 * yRow;
    a10.max(floor).intoArray(y, s1 + y0);
    a11.max(floor).intoArray(y, s1 + y1);
    a12.max(floor).intoArray(y, s1 + y2);
    a13.max(floor).intoArray(y, s1 + y3);
    int s2 = yAt + j2 * yRow;
    a20.max(floor).intoArray(y, s2 + y0);
    a21.max(floor).intoArray(y, s2 + y1);
    a22.max(floor).intoArray(y, s2 + y2);
    a23.max(floor).intoArray(y, s2 + y3);
    int s3 = yAt + j3 * yRow;
    a30.max(floor).intoArray(y, s3 + y0);
    a31.max(floor).intoArray(y, s3 + y1);
    a32.max(floor).intoArray(y, s3 + y2);
    a33.max(floor).intoArray(y, s3 + y3);
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
    int last = tap.length - 1;
    for (int row = 0; row < rows; row += 4) {
      int r1 = Math.min(row + 1, rows - 1);
      int r2 = Math.min(row + 2, rows - 1);
      int r3 = Math.min(row + 3, rows - 1);
      int accRow = tap.length * LANES;
      for (int t0 = 0; t0 < tap.length; t0 += 5) {
        int t1 = Math.min(t0 + 1, last);
        int t2 = Math.min(t0 + 2, last);
        int t3 = Math.min(t0 + 3, last);
        int t4 = Math.min(t0 + 4, last);
        for (int part = 0; part < LANES; part += PART) {
          int d = dy0 + part;
          int k = x0 + part;
          correlateTile(
              dy,
              d + row * dyRow,
              d + r1 * dyRow,
              d + r2 * dyRow,
              d + r3 * dyRow,
              dyAt,
              x,
              k + tap[t0],
              k + tap[t1],
              k + tap[t2],
              k + tap[t3],
              k + tap[t4],
              xAt,
              acc,
              row * accRow + part,
              r1 * accRow + part,
              r2 * accRow + part,
              r3 * accRow + part,
              t0 * LANES,
              t1 * LANES,
              t2 * LANES,
              t3 * LANES,
              t4 * LANES);
        }
      }
    }
  }

  /** Four rows by five taps; a row or tap named twice is computed twice, to the same end. */
  private static void correlateTile(
      float[] dy,
      int d0,
      int d1,
      int d2,
      int d3,
      int[] dyAt,
      float[] x,
      int x0,
      int x1,
      int x2,
      int x3,
      int x4,
      int[] xAt,
      float[] acc,
      int s0,
      int s1,
      int s2,
      int s3,
      int t0,
      int t1,
      int t2,
      int t3,
      int t4) {
    FloatVector a00 = FloatVector.fromArray(SPECIES, acc, s0 + t0);
    FloatVector a01 = FloatVector.fromArray(SPECIES, acc, s0 + t1);
    FloatVector a02 = FloatVector.fromArray(SPECIES, acc, s0 + t2);
    FloatVector a03 = FloatVector.fromArray(SPECIES, acc, s0 + t3);
    FloatVector a04 = FloatVector.fromArray(SPECIES, acc, s0 + t4);
    FloatVector a10 = FloatVector.fromArray(SPECIES, acc, s1 + t0);
    FloatVector a11 = FloatVector.fromArray(SPECIES, acc, s1 + t1);
    FloatVector a12 = FloatVector.fromArray(SPECIES, acc, s1 + t2);
    FloatVector a13 = FloatVector.fromArray(SPECIES, acc, s1 + t3);
    FloatVector a14 = FloatVector.fromArray(SPECIES, acc, s1 + t4);
    FloatVector a20 = FloatVector.fromArray(SPECIES, acc, s2 + t0);
    FloatVector a21 = FloatVector.fromArray(SPECIES, acc, s2 + t1);
    FloatVector a22 = FloatVector.fromArray(SPECIES, acc, s2 + t2);
    FloatVector a23 = FloatVector.fromArray(SPECIES, acc, s2 + t3);
    FloatVector a24 = FloatVector.fromArray(SPECIES, acc, s2 + t4);
    FloatVector a30 = FloatVector.fromArray(SPECIES, acc, s3 + t0);
    FloatVector a31 = FloatVector.fromArray(SPECIES, acc, s3 + t1);
    FloatVector a32 = FloatVector.fromArray(SPECIES, acc, s3 + t2);
    FloatVector a33 = FloatVector.fromArray(SPECIES, acc, s3 + t3);
    FloatVector a34 = FloatVector.fromArray(SPECIES, acc, s3 + t4);
    for (int p = 0; p < dyAt.length; p++) {
      int d = dyAt[p];
      int e = xAt[p];
      FloatVector g0 = FloatVector.fromArray(SPECIES, dy, d0 + d);
      FloatVector g1 = FloatVector.fromArray(SPECIES, dy, d1 + d);
      FloatVector g2 = FloatVector.fromArray(SPECIES, dy, d2 + d);
      FloatVector g3 = FloatVector.fromArray(SPECIES, dy, d3 + d);
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, x0 + e);
      a00 = g0.fma(v0, a00);
      a10 = g1.fma(v0, a10);
      a20 = g2.fma(v0, a20);
      a30 = g3.fma(v0, a30);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, x1 + e);
      a01 = g0.fma(v1, a01);
      a11 = g1.fma(v1, a11);
      a21 = g2.fma(v1, a21);
      a31 = g3.fma(v1, a31);
      FloatVector v2 = FloatVector.fromArray(SPECIES, x, x2 + e);
      a02 = g0.fma(v2, a02);
      a12 = g1.fma(v2, a12);
      a22 = g2.fma(v2, a22);
      a32 = g3.fma(v2, a32);
      FloatVector v3 = FloatVector.fromArray(SPECIES, x, x3 + e);
      a03 = g0.fma(v3, a03);
      a13 = g1.fma(v3, a13);
      a23 = g2.fma(v3, a23);
      a33 = g3.fma(v3, a33);
      FloatVector v4 = FloatVector.fromArray(SPECIES, x, x4 + e);
      a04 = g0.fma(v4, a04);
      a14 = g1.fma(v4, a14);
      a24 = g2.fma(v4, a24);
      a34 = g3.fma(v4, a34);
    }
    a00.intoArray(acc, s0 + t0);
    a01.intoArray(acc, s0 + t1);
    a02.intoArray(acc, s0 + t2);
    a03.intoArray(acc, s0 + t3);
    a04.intoArray(acc, s0 + t4);
    a10.intoArray(acc, s1 + t0);
    a11.intoArray(acc, s1 + t1);
    a12.intoArray(acc, s1 + t2);
    a13.intoArray(acc, s1 + t3);
    a14.intoArray(acc, s1 + t4);
    a20.intoArray(acc, s2 + t0);
    a21.intoArray(acc, s2 + t1);
    a22.intoArray(acc, s2 + t2);
    a23.intoArray(acc, s2 + t3);
    a24.intoArray(acc, s2 + t4);
    a30.intoArray(acc, s3 + t0);
    a31.intoArray(acc, s3 + t1);
    a32.intoArray(acc, s3 + t2);
    a33.intoArray(acc, s3 + t3);
    a34.intoArray(acc, s3 + t4);
  }

  @Override
  public void maxPool(PoolTable t, float[] x, int x0, float[] y, int y0) {
    int[] start = t.start();
    int[] member = t.member();
    for (int p = 0; p + 1 < start.length; p++) {
      int m = start[p];
      if (start[p + 1] - m == 4) {
        for (int part = 0; part < LANES; part += PART) {
          int at = x0 + part;
          FloatVector best = FloatVector.fromArray(SPECIES, x, at + member[m]);
          FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + member[m + 1]);
          best = best.blend(v1, wins(v1, best));
          FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + member[m + 2]);
          best = best.blend(v2, wins(v2, best));
          FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + member[m + 3]);
          best.blend(v3, wins(v3, best)).intoArray(y, y0 + p * LANES + part);
        }
      } else {
        maxOfAny(start[p + 1] - m, member, m, x, x0, y, y0 + p * LANES);
      }
    }
  }

  /** A window of any size; the best so far is kept in y, since a live vector would be boxed. */
  private static void maxOfAny(int n, int[] member, int m, float[] x, int x0, float[] y, int y0) {
    if (n == 0) {
      Arrays.fill(y, y0, y0 + LANES, 0);
      return;
    }
    System.arraycopy(x, x0 + member[m], y, y0, LANES);
    for (int i = 1; i < n; i++) {
      for (int part = 0; part < LANES; part += PART) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, x0 + member[m + i] + part);
        FloatVector best = FloatVector.fromArray(SPECIES, y, y0 + part);
        best.blend(v, wins(v, best)).intoArray(y, y0 + part);
      }
    }
  }

  /** Where a later element takes over from the best so far: it is greater, or not a number. */
  private static VectorMask<Float> wins(FloatVector v, FloatVector best) {
    return best.lt(v).or(v.test(VectorOperators.IS_NAN));
  }

  @Override
  public void maxPoolGradient(
      PoolTable t, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0) {
    int[] start = t.start();
    if (!t.covers() || start[start.length - 1] != 4 * (start.length - 1)) {
      SCALAR.maxPoolGradient(t, x, x0, dy, dy0, dx, dx0);
      return;
    }
    int[] member = t.member();
    for (int m = 0; m < member.length; m += 4) {
      for (int part = 0; part < LANES; part += PART) {
        int at = x0 + part;
        int to = dx0 + part;
        FloatVector best = FloatVector.fromArray(SPECIES, x, at + member[m]);
        FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + member[m + 1]);
        VectorMask<Float> m1 = wins(v1, best);
        best = best.blend(v1, m1);
        FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + member[m + 2]);
        VectorMask<Float> m2 = wins(v2, best);
        best = best.blend(v2, m2);
        FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + member[m + 3]);
        VectorMask<Float> m3 = wins(v3, best);
        // Adding zero turns −0 to 0, as the scalar twin's sum does.
        FloatVector d = FloatVector.fromArray(SPECIES, dy, dy0 + m / 4 * LANES + part).add(0);
        FloatVector d2 = d.blend(0, m3);
        FloatVector d1 = d2.blend(0, m2);
        d1.blend(0, m1).intoArray(dx, to + member[m]);
        d.blend(0, m1.not()).blend(0, m2).blend(0, m3).intoArray(dx, to + member[m + 1]);
        d2.blend(0, m2.not()).intoArray(dx, to + member[m + 2]);
        d.blend(0, m3.not()).intoArray(dx, to + member[m + 3]);
      }
    }
  }

  @Override
  public void unary(Unary f, float[] x, int x0, float[] y, int y0, int n) {
    switch (f) {
      case Unary.Exp _ -> VectorMath.exp(x, x0, y, y0, n);
      case Unary.Log _ -> VectorMath.log(x, x0, y, y0, n);
      case Unary.Sigmoid _ -> VectorMath.sigmoid(x, x0, y, y0, n);
      case Unary.Tanh _ -> VectorMath.tanh(x, x0, y, y0, n);
      case Unary.Softplus _ -> VectorMath.softplus(x, x0, y, y0, n);
      default -> ScalarFunctions.apply(f, x, x0, y, y0, n);
    }
  }

  @Override
  public void unaryGradient(
      Unary f, float[] v, int v0, float[] dy, int dy0, float[] dx, int dx0, int n) {
    ScalarFunctions.derivative(f, v, v0, dy, dy0, dx, dx0, n);
  }

  @Override
  public long fmaChains(int rounds, float[] sink) {
    return FmaChains.run(rounds, sink);
  }
}
