package dev.vitrine.testkit;

import dev.vitrine.kernel.ByteTable;
import dev.vitrine.kernel.HalfLayer;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.Offsets;
import dev.vitrine.kernel.PoolTable;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Unary;
import java.util.Arrays;

/** Kernels with one planted fault: what a slip in a new kernel would look like. */
record FaultyKernels(Kernels right, Fault fault) implements Kernels {
  enum Fault {
    NONE,
    /** One lane of one position is a little wrong. */
    CORRUPT_LANE,
    /** The last tile is never written. */
    SKIP_LAST_TILE,
    FORGET_BIAS,
    FORGET_FLOOR,
    /** A partly filled vector is stored whole, over its neighbour or into a gap. */
    STORE_ALL_LANES,
    /** The right sum in another order: near enough, but other bits. */
    OTHER_ORDER,
    /** The weight gradient leaves out the last pixel. */
    DROP_LAST_PIXEL,
    /** Accumulators are overwritten block by block, not added to. */
    FORGET_BLOCKS,
    /** The gradient is added to what was there. */
    POOL_ONTO_OLD,
    /** The last window's mean is left out. */
    SKIP_LAST_MEAN,
    /** Every element is given the whole of dy. */
    FORGET_SHARE,
    SHIFTED_WINDOW,
    SHORT_UNARY,
    SHORT_BINARY,
    /** The derivative of a function without the factor dy. */
    FORGET_DY,
    /** A small matrix is applied once too few. */
    SHORT_LINEAR,
    /** Overlapping results replace each other. */
    FORGET_TO_ADD,
    /** A sum over the batch starts anew at each call. */
    FORGET_SUM,
    /** The last of several sums across lanes is left as it was. */
    SHORT_LANE_SUMS,
    /** The last feature of every example is left as it was. */
    SHORT_TRANSPOSE
  }

  @Override
  public String name() {
    return fault.toString();
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
    Stencil used =
        switch (fault) {
          case STORE_ALL_LANES ->
              new Stencil(s.xBase(), s.yBase(), null, s.program(), s.xTerm(), s.wTerm());
          case OTHER_ORDER ->
              new Stencil(
                  s.xBase(),
                  s.yBase(),
                  s.yLanes(),
                  s.program(),
                  reversed(s.xTerm(), terms),
                  reversed(s.wTerm(), terms));
          default -> s;
        };
    int end = fault == Fault.SKIP_LAST_TILE ? Math.min(to, s.tiles() - 1) : to;
    float[] bias = fault == Fault.FORGET_BIAS ? null : b;
    float least = fault == Fault.FORGET_FLOOR ? Float.NEGATIVE_INFINITY : floor;
    if (end > from) {
      right.stencil(used, from, end, rows, terms, w, w0, wRow, x, x0, bias, b0, least, y, y0, yRow);
    }
    if (fault == Fault.CORRUPT_LANE) {
      y[y0 + s.yBase()[from * Stencil.TILE]] *= 1.001f;
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
    right.halves(layer, from, to, rows, x, x0, xRow, y, y0, yRow);
  }

  private static int[][] reversed(int[][] tables, int terms) {
    int[][] reversed = new int[tables.length][];
    for (int i = 0; i < tables.length; i++) {
      int n = Math.min(terms, tables[i].length);
      reversed[i] = new int[n];
      for (int t = 0; t < n; t++) {
        reversed[i][t] = tables[i][n - 1 - t];
      }
    }
    return reversed;
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
    Offsets pixels =
        fault == Fault.DROP_LAST_PIXEL
            ? new Offsets(Arrays.copyOf(dyAt.at(), dyAt.at().length - 1), dyAt.step())
            : dyAt;
    if (fault == Fault.FORGET_BLOCKS) {
      Arrays.fill(acc, acc0, acc0 + rows * tap.length * LANES, 0);
    }
    right.correlate(rows, dy, dy0, dyRow, pixels, x, x0, xAt, tap, acc, acc0);
  }

  @Override
  public long fmaChains(int rounds, float[] sink) {
    return right.fmaChains(rounds, sink);
  }

  @Override
  public void linear(
      LinearPass p, int n, float[] x, int x0, float[] b, int b0, float floor, float[] y, int y0) {
    int inner = fault == Fault.SHORT_LINEAR ? p.inner() - 1 : p.inner();
    LinearPass.Store store =
        fault == Fault.FORGET_TO_ADD && p.store() == LinearPass.Store.ADD
            ? LinearPass.Store.SET
            : p.store();
    LinearPass used =
        new LinearPass(
            p.map(),
            store,
            p.xStep(),
            p.yStep(),
            inner,
            p.xInner(),
            p.yInner(),
            p.xOuter(),
            p.yOuter());
    right.linear(used, n, x, x0, b, b0, floor, y, y0);
  }

  @Override
  public void sum(float[] x, int at, int stride, int n, float[] acc) {
    if (fault == Fault.FORGET_SUM) {
      Arrays.fill(acc, 0);
    }
    right.sum(x, at, stride, n, acc);
  }

  @Override
  public void sumLanes(float[] x, int x0, int n, float[] y, int y0) {
    right.sumLanes(x, x0, fault == Fault.SHORT_LANE_SUMS ? n - 1 : n, y, y0);
  }

  @Override
  public void transpose(
      int rows, int columns, float[] x, int x0, int xRow, float[] y, int y0, int yRow) {
    int copied = fault == Fault.SHORT_TRANSPOSE ? rows - 1 : rows;
    right.transpose(copied, columns, x, x0, xRow, y, y0, yRow);
  }

  @Override
  public void numbers(ByteTable table, byte[] x, int x0, float[] y, int y0, int n) {
    right.numbers(table, x, x0, y, y0, n);
  }

  @Override
  public void maxPool(PoolTable t, float[] x, int x0, float[] y, int y0) {
    right.maxPool(t, x, fault == Fault.SHIFTED_WINDOW ? x0 + 1 : x0, y, y0);
  }

  @Override
  public void maxPoolGradient(
      PoolTable t, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0) {
    float[] old = Arrays.copyOfRange(dx, dx0, dx0 + t.inSize());
    right.maxPoolGradient(t, x, x0, dy, dy0, dx, dx0);
    for (int i = 0; i < old.length && fault == Fault.POOL_ONTO_OLD; i++) {
      dx[dx0 + i] += old[i];
    }
  }

  @Override
  public void averagePool(PoolTable t, float[] x, int x0, float[] y, int y0) {
    int last = y0 + t.outSize() - LANES;
    float[] old = Arrays.copyOfRange(y, last, last + LANES);
    right.averagePool(t, x, x0, y, y0);
    if (fault == Fault.SKIP_LAST_MEAN) {
      System.arraycopy(old, 0, y, last, LANES);
    }
  }

  @Override
  public void averagePoolGradient(PoolTable t, float[] dy, int dy0, float[] dx, int dx0) {
    float[] scale = t.scale().clone();
    if (fault == Fault.FORGET_SHARE) {
      Arrays.fill(scale, 1);
    }
    PoolTable used =
        new PoolTable(t.start(), t.member(), scale, t.inSize(), t.outSize(), t.covers());
    right.averagePoolGradient(used, dy, dy0, dx, dx0);
  }

  @Override
  public void unary(Unary f, float[] x, int x0, float[] y, int y0, int n) {
    right.unary(f, x, x0, y, y0, fault == Fault.SHORT_UNARY ? n - LANES : n);
  }

  @Override
  public void binary(Binary op, float[] a, int a0, float[] b, int b0, float[] y, int y0, int n) {
    right.binary(op, a, a0, b, b0, y, y0, fault == Fault.SHORT_BINARY ? n - LANES : n);
  }

  @Override
  public void unaryGradient(
      Unary f, float[] v, int v0, float[] dy, int dy0, float[] dx, int dx0, int n) {
    if (fault == Fault.FORGET_DY) {
      float[] ones = new float[n];
      Arrays.fill(ones, 1);
      right.unaryGradient(f, v, v0, ones, 0, dx, dx0, n);
    } else {
      right.unaryGradient(f, v, v0, dy, dy0, dx, dx0, n);
    }
  }
}
