package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.PoolTable;
import dev.vitrine.kernel.ScalarFunctions;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Unary;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the Vector API. A block's 16 lanes are one vector of 512 bits, two of 256 or four
 * of 128; each part is treated by itself with the same arithmetic.
 *
 * <p>The inner loops are generated ({@link Tiles}); what stands here calls them tile by tile.
 */
public final class SimdKernels implements Kernels {
  private static final VectorSpecies<Float> SPECIES = Width.of(MethodHandles.lookup());
  private static final int PART = SPECIES.length();

  /** Copies of other widths, which tests run, take every tile at once, compiled or not. */
  private static final boolean REHEARSES = !MethodHandles.lookup().lookupClass().isHidden();

  private static final TileSet TILES = new TileSet(SPECIES, REHEARSES);
  private static final ScalarKernels SCALAR = new ScalarKernels();

  /** As many zeros as a tile has rows at most. */
  private static final float[] NO_BIAS = new float[TILES.maxRows()];

  /** The kernels; they have no state. */
  public SimdKernels() {}

  /** Begins to have the routines compiled that most networks need; returns at once. */
  static void rehearse() {
    Thread.ofPlatform()
        .daemon()
        .name("vitrine-rehearsal-begin")
        .start(() -> {
          TILES.usual().forEach(Rehearsal::begin);
          Routines.ALL.forEach(Rehearsal::begin);
        });
  }

  private static void ready(Rehearsal rehearsal) {
    if (REHEARSES) {
      rehearsal.await();
    }
  }

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
      int positions = s.positions(tile);
      if (s.isPartial(p + positions - 1)) {
        SCALAR.stencil(
            s, tile, tile + 1, rows, terms, w, w0, wRow, x, x0, b, b0, floor, y, y0, yRow);
        continue;
      }
      int program = s.program()[tile];
      int[] xTerm = s.xTerm()[program];
      int[] wTerm = s.wTerm()[program];
      int n = Math.min(terms, xTerm.length);
      int row = 0;
      while (row < rows) {
        int count = TILES.rows(rows - row, positions);
        Tiles.StencilTile routine = TILES.stencil(count, positions);
        for (int part = 0; part < LANES; part += PART) {
          routine.run(
              n,
              w,
              w0 + row * wRow,
              wRow,
              wTerm,
              x,
              x0 + part,
              s.xBase(),
              p,
              xTerm,
              b == null ? NO_BIAS : b,
              b == null ? 0 : b0 + row,
              floor,
              y,
              y0 + part + row * yRow,
              yRow,
              s.yBase());
        }
        row += count;
      }
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
      float[] acc,
      int acc0) {
    int accRow = tap.length * LANES;
    int row = 0;
    while (row < rows) {
      int count = TILES.correlateRows(rows - row);
      int t = 0;
      while (t < tap.length) {
        int run = neighbours(tap, t);
        int taps = run > 1 ? run : TILES.taps(tap.length - t);
        Tiles.CorrelateTile routine = TILES.correlate(count, taps, run > 1);
        for (int part = 0; part < LANES; part += PART) {
          routine.run(
              dy,
              dy0 + row * dyRow + part,
              dyRow,
              dyAt,
              x,
              x0 + part,
              xAt,
              tap,
              t,
              acc,
              acc0 + row * accRow + t * LANES + part,
              accRow);
        }
        t += taps;
      }
      row += count;
    }
  }

  /** How many taps from t lie one vector apart, up to a tile's size. */
  private static int neighbours(int[] tap, int t) {
    int n = 1;
    while (n < TILES.maxTaps() && t + n < tap.length && tap[t + n] == tap[t] + n * LANES) {
      n++;
    }
    return n;
  }

  @Override
  public void linear(
      LinearPass p, int n, float[] x, int x0, float[] b, int b0, float floor, float[] y, int y0) {
    LinearTile routine = TILES.linear(p.map(), p.store());
    if (routine == null) {
      SCALAR.linear(p, n, x, x0, b, b0, floor, y, y0);
      return;
    }
    for (int part = 0; part < LANES; part += PART) {
      routine.run(
          n,
          p.inner(),
          x,
          x0 + part,
          p.xStep(),
          p.xInner(),
          p.xOuter(),
          b == null ? NO_BIAS : b,
          b == null ? 0 : b0,
          b == null ? 0 : 1,
          floor,
          y,
          y0 + part,
          p.yStep(),
          p.yInner(),
          p.yOuter());
    }
  }

  @Override
  public void expect(LinearPass pass) {
    TILES.linear(pass.map(), pass.store());
  }

  @Override
  public void sum(float[] x, int at, int stride, int n, float[] acc) {
    ready(Routines.SUM);
    sums(x, at, stride, n, acc);
  }

  private static void sums(float[] x, int at, int stride, int n, float[] acc) {
    for (int part = 0; part < LANES; part += PART) {
      FloatVector sum = FloatVector.fromArray(SPECIES, acc, part);
      for (int i = 0; i < n; i++) {
        sum = sum.add(FloatVector.fromArray(SPECIES, x, at + i * stride + part));
      }
      sum.intoArray(acc, part);
    }
  }

  @Override
  public void transpose(
      int rows, int columns, float[] x, int x0, int xRow, float[] y, int y0, int yRow) {
    TransposeTile tile = TILES.transpose();
    int down = rows / PART;
    int across = columns / PART;
    for (int i = 0; i < down && down <= across; i++) {
      tile.run(across, x, x0 + i * PART * xRow, xRow, PART, y, y0 + i * PART, yRow, PART * yRow);
    }
    for (int j = 0; j < across && down > across; j++) {
      tile.run(down, x, x0 + j * PART, xRow, PART * xRow, y, y0 + j * PART * yRow, yRow, PART);
    }
    int i = down * PART;
    int j = across * PART;
    SCALAR.transpose(rows - i, columns, x, x0 + i * xRow, xRow, y, y0 + i, yRow);
    SCALAR.transpose(i, columns - j, x, x0 + j, xRow, y, y0 + j * yRow, yRow);
  }

  @Override
  public void maxPool(PoolTable t, float[] x, int x0, float[] y, int y0) {
    ready(Routines.MAX_POOL);
    maxima(t, x, x0, y, y0);
  }

  /**
   * A later element takes over from the best so far if it is greater, or not a number. That is
   * written out at each place: C2 may not inline a method that takes vectors, and then boxes them.
   */
  private static void maxima(PoolTable t, float[] x, int x0, float[] y, int y0) {
    int[] start = t.start();
    int[] member = t.member();
    for (int p = 0; p + 1 < start.length; p++) {
      int m = start[p];
      if (start[p + 1] - m == 4) {
        for (int part = 0; part < LANES; part += PART) {
          int at = x0 + part;
          FloatVector best = FloatVector.fromArray(SPECIES, x, at + member[m]);
          FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + member[m + 1]);
          best = best.blend(v1, best.lt(v1).or(v1.test(VectorOperators.IS_NAN)));
          FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + member[m + 2]);
          best = best.blend(v2, best.lt(v2).or(v2.test(VectorOperators.IS_NAN)));
          FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + member[m + 3]);
          best.blend(v3, best.lt(v3).or(v3.test(VectorOperators.IS_NAN)))
              .intoArray(y, y0 + p * LANES + part);
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
        best.blend(v, best.lt(v).or(v.test(VectorOperators.IS_NAN))).intoArray(y, y0 + part);
      }
    }
  }

  @Override
  public void maxPoolGradient(
      PoolTable t, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0) {
    int[] start = t.start();
    if (t.covers() && start[start.length - 1] == 4 * (start.length - 1)) {
      ready(Routines.MAX_POOL_GRADIENT);
      maximaGradient(t, x, x0, dy, dy0, dx, dx0);
      return;
    }
    ready(Routines.MAX_POOL_GRADIENT_OF_NINE);
    Arrays.fill(dx, dx0, dx0 + t.inSize(), 0);
    for (int p = 0; p + 1 < start.length; p++) {
      int n = start[p + 1] - start[p];
      if (n > 9) {
        SCALAR.addToMaxima(t, p, x, x0, dy, dy0, dx, dx0);
      } else {
        ofUpToNine(t.member(), start[p], n, x, x0, dy, dy0 + p * LANES, dx, dx0);
      }
    }
  }

  /** Windows of four elements that cover the plane without overlap, as most networks have them. */
  private static void maximaGradient(
      PoolTable t, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0) {
    int[] member = t.member();
    for (int m = 0; m < member.length; m += 4) {
      for (int part = 0; part < LANES; part += PART) {
        int at = x0 + part;
        int to = dx0 + part;
        FloatVector best = FloatVector.fromArray(SPECIES, x, at + member[m]);
        FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + member[m + 1]);
        VectorMask<Float> m1 = best.lt(v1).or(v1.test(VectorOperators.IS_NAN));
        best = best.blend(v1, m1);
        FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + member[m + 2]);
        VectorMask<Float> m2 = best.lt(v2).or(v2.test(VectorOperators.IS_NAN));
        best = best.blend(v2, m2);
        FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + member[m + 3]);
        VectorMask<Float> m3 = best.lt(v3).or(v3.test(VectorOperators.IS_NAN));
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

  /**
   * Adds a window's dy to its first maximum. Windows at a border have fewer than nine elements;
   * their last one stands for those that are missing, and takes over from itself at most.
   */
  private static void ofUpToNine(
      int[] member, int m, int n, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0) {
    if (n == 0) {
      return;
    }
    int last = m + n - 1;
    int a0 = member[m];
    int a1 = member[Math.min(m + 1, last)];
    int a2 = member[Math.min(m + 2, last)];
    int a3 = member[Math.min(m + 3, last)];
    int a4 = member[Math.min(m + 4, last)];
    int a5 = member[Math.min(m + 5, last)];
    int a6 = member[Math.min(m + 6, last)];
    int a7 = member[Math.min(m + 7, last)];
    int a8 = member[last];
    for (int part = 0; part < LANES; part += PART) {
      int at = x0 + part;
      FloatVector best = FloatVector.fromArray(SPECIES, x, at + a0);
      FloatVector index = FloatVector.zero(SPECIES);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + a1);
      VectorMask<Float> more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(1, more);
      v = FloatVector.fromArray(SPECIES, x, at + a2);
      more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(2, more);
      v = FloatVector.fromArray(SPECIES, x, at + a3);
      more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(3, more);
      v = FloatVector.fromArray(SPECIES, x, at + a4);
      more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(4, more);
      v = FloatVector.fromArray(SPECIES, x, at + a5);
      more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(5, more);
      v = FloatVector.fromArray(SPECIES, x, at + a6);
      more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(6, more);
      v = FloatVector.fromArray(SPECIES, x, at + a7);
      more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(7, more);
      v = FloatVector.fromArray(SPECIES, x, at + a8);
      index = index.blend(8, best.lt(v).or(v.test(VectorOperators.IS_NAN)));

      int to = dx0 + part;
      FloatVector d = FloatVector.fromArray(SPECIES, dy, dy0 + part);
      FloatVector.fromArray(SPECIES, dx, to + a0)
          .add(d.blend(0, index.eq(0).not()))
          .intoArray(dx, to + a0);
      FloatVector.fromArray(SPECIES, dx, to + a1)
          .add(d.blend(0, index.eq(1).not()))
          .intoArray(dx, to + a1);
      FloatVector.fromArray(SPECIES, dx, to + a2)
          .add(d.blend(0, index.eq(2).not()))
          .intoArray(dx, to + a2);
      FloatVector.fromArray(SPECIES, dx, to + a3)
          .add(d.blend(0, index.eq(3).not()))
          .intoArray(dx, to + a3);
      FloatVector.fromArray(SPECIES, dx, to + a4)
          .add(d.blend(0, index.eq(4).not()))
          .intoArray(dx, to + a4);
      FloatVector.fromArray(SPECIES, dx, to + a5)
          .add(d.blend(0, index.eq(5).not()))
          .intoArray(dx, to + a5);
      FloatVector.fromArray(SPECIES, dx, to + a6)
          .add(d.blend(0, index.eq(6).not()))
          .intoArray(dx, to + a6);
      FloatVector.fromArray(SPECIES, dx, to + a7)
          .add(d.blend(0, index.eq(7).not()))
          .intoArray(dx, to + a7);
      FloatVector.fromArray(SPECIES, dx, to + a8)
          .add(d.blend(0, index.eq(8).not()))
          .intoArray(dx, to + a8);
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
      case Unary.Silu _ -> VectorActivations.silu(x, x0, y, y0, n);
      case Unary.Gelu _ -> VectorActivations.gelu(x, x0, y, y0, n);
      default -> ScalarFunctions.apply(f, x, x0, y, y0, n);
    }
  }

  @Override
  public void unaryGradient(
      Unary f, float[] v, int v0, float[] dy, int dy0, float[] dx, int dx0, int n) {
    switch (f) {
      case Unary.Relu _ -> {
        ready(Routines.RELU_GRADIENT);
        reluGradient(v, v0, dy, dy0, dx, dx0, n);
      }
      case Unary.Sigmoid _ -> sigmoidGradient(v, v0, dy, dy0, dx, dx0, n);
      case Unary.Tanh _ -> tanhGradient(v, v0, dy, dy0, dx, dx0, n);
      case Unary.Silu _ -> VectorActivations.siluGradient(v, v0, dy, dy0, dx, dx0, n);
      case Unary.Gelu _ -> VectorActivations.geluGradient(v, v0, dy, dy0, dx, dx0, n);
      default -> ScalarFunctions.derivative(f, v, v0, dy, dy0, dx, dx0, n);
    }
  }

  private static void reluGradient(
      float[] y, int y0, float[] dy, int dy0, float[] dx, int dx0, int n) {
    for (int i = 0; i < n; i += PART) {
      VectorMask<Float> on =
          FloatVector.fromArray(SPECIES, y, y0 + i).compare(VectorOperators.GT, 0);
      FloatVector.zero(SPECIES)
          .blend(FloatVector.fromArray(SPECIES, dy, dy0 + i), on)
          .intoArray(dx, dx0 + i);
    }
  }

  private static void sigmoidGradient(
      float[] y, int y0, float[] dy, int dy0, float[] dx, int dx0, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += PART) {
      FloatVector u = FloatVector.fromArray(SPECIES, y, y0 + i);
      u.mul(one.sub(u)).mul(FloatVector.fromArray(SPECIES, dy, dy0 + i)).intoArray(dx, dx0 + i);
    }
  }

  private static void tanhGradient(
      float[] y, int y0, float[] dy, int dy0, float[] dx, int dx0, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += PART) {
      FloatVector u = FloatVector.fromArray(SPECIES, y, y0 + i);
      one.sub(u.mul(u)).mul(FloatVector.fromArray(SPECIES, dy, dy0 + i)).intoArray(dx, dx0 + i);
    }
  }

  @Override
  public long fmaChains(int rounds, float[] sink) {
    return FmaChains.run(rounds, sink);
  }

  /**
   * The rehearsals of the routines that are not tiles. They are small enough for C2 to inline, so
   * an idle call is four: then they reach C2 before what calls them does.
   */
  private static final class Routines {
    private static final float[] ANY = new float[LANES * LANES];
    private static final int[] NINE = new int[9];
    private static final PoolTable NONE = windows(0);
    private static final PoolTable TWO = windows(2);

    static final Rehearsal SUM =
        new Rehearsal(
            () -> {
              sums(ANY, 0, 0, 0, ANY);
              sums(ANY, 0, 0, 0, ANY);
              sums(ANY, 0, 0, 0, ANY);
              sums(ANY, 0, 0, 0, ANY);
            },
            () -> sums(ANY, 0, 0, 48, ANY));

    static final Rehearsal MAX_POOL =
        new Rehearsal(
            () -> {
              maxima(NONE, ANY, 0, ANY, 0);
              maxima(NONE, ANY, 0, ANY, 0);
              maxima(NONE, ANY, 0, ANY, 0);
              maxima(NONE, ANY, 0, ANY, 0);
            },
            () -> maxima(TWO, ANY, 0, ANY, 0));

    static final Rehearsal MAX_POOL_GRADIENT =
        new Rehearsal(
            () -> {
              maximaGradient(NONE, ANY, 0, ANY, 0, ANY, 0);
              maximaGradient(NONE, ANY, 0, ANY, 0, ANY, 0);
              maximaGradient(NONE, ANY, 0, ANY, 0, ANY, 0);
              maximaGradient(NONE, ANY, 0, ANY, 0, ANY, 0);
            },
            () -> maximaGradient(TWO, ANY, 0, ANY, 0, ANY, 0));

    static final Rehearsal RELU_GRADIENT =
        new Rehearsal(
            () -> {
              reluGradient(ANY, 0, ANY, 0, ANY, 0, 0);
              reluGradient(ANY, 0, ANY, 0, ANY, 0, 0);
              reluGradient(ANY, 0, ANY, 0, ANY, 0, 0);
              reluGradient(ANY, 0, ANY, 0, ANY, 0, 0);
            },
            () -> reluGradient(ANY, 0, ANY, 0, ANY, 0, ANY.length));

    static final Rehearsal MAX_POOL_GRADIENT_OF_NINE =
        new Rehearsal(
            () -> ofUpToNine(NINE, 0, 0, ANY, 0, ANY, 0, ANY, 0),
            () -> ofUpToNine(NINE, 0, 9, ANY, 0, ANY, 0, ANY, 0));

    static final List<Rehearsal> ALL = List.of(MAX_POOL, MAX_POOL_GRADIENT, RELU_GRADIENT, SUM);

    private static PoolTable windows(int n) {
      int[] start = new int[n + 1];
      Arrays.setAll(start, i -> 4 * i);
      return new PoolTable(start, new int[4 * n], null, 0, 0, true);
    }
  }
}
