package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.ByteTable;
import dev.vitrine.kernel.FilterProducts;
import dev.vitrine.kernel.HalfLayer;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.Offsets;
import dev.vitrine.kernel.PoolTable;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Unary;
import java.lang.invoke.MethodHandles;
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

  private static final Poolings POOLINGS = Poolings.of(MethodHandles.lookup(), SPECIES);
  private static final HalfTiles HALVES = new HalfTiles(SPECIES, REHEARSES);
  private static final FilterTiles FILTERS =
      new FilterTiles(SPECIES, !TileSet.hasFewRegisters(SPECIES), REHEARSES);
  private static final TileSet TILES = new TileSet(SPECIES, REHEARSES);
  private static final TileSizes SIZES = TILES.sizes();
  private static final Forecast FORECAST = new Forecast(TILES);
  private static final Elementwise ELEMENTWISE = new Elementwise(SPECIES, REHEARSES);
  private static final ScalarKernels SCALAR = new ScalarKernels();

  /** What each thread's tiles work on, since a training's steps make no objects. */
  private static final ThreadLocal<StencilSums> STENCIL = ThreadLocal.withInitial(StencilSums::new);

  private static final ThreadLocal<CorrelateSums> CORRELATE =
      ThreadLocal.withInitial(CorrelateSums::new);

  /** Positions of a correlation that are added up at once, where that matters. */
  private static final int NEAR = 64;

  /** As many zeros as a tile has rows at most. */
  private static final float[] NO_BIAS = new float[SIZES.maxRows()];

  /** The kernels; they have no state. */
  public SimdKernels() {}

  /** Begins to have the routines compiled that most networks need; returns at once. */
  static void rehearse() {
    Thread.ofPlatform()
        .daemon()
        .name("vitrine-rehearsal-begin")
        .start(() -> {
          TILES.usual().forEach(Rehearsal::begin);
          POOLINGS.usual().forEach(Rehearsal::begin);
          TILES.bytes();
          ELEMENTWISE.usual().forEach(Rehearsal::begin);
        });
  }

  /** How many tiles of sums of products there are. */
  static int tilesMade() {
    return TILES.made();
  }

  @Override
  public String name() {
    return "Vector API, %s bits".formatted(SPECIES.vectorBitSize());
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
    StencilSums sums = STENCIL.get();
    sums.w = w;
    sums.wRow = wRow;
    sums.x = x;
    sums.xBase = s.xBase();
    sums.b = b == null ? NO_BIAS : b;
    sums.floor = floor;
    sums.floors[0] = floor;
    sums.y = y;
    sums.yRow = yRow;
    sums.yBase = s.yBase();
    for (int tile = from, next; tile < to; tile = next) {
      next = tile + 1;
      int p = tile * Stencil.TILE;
      int there = s.positions(tile);
      if (s.isPartial(p + there - 1)) {
        SCALAR.stencil(
            s, tile, tile + 1, rows, terms, w, w0, wRow, x, x0, b, b0, floor, y, y0, yRow);
        continue;
      }
      int program = s.program()[tile];
      sums.xTerm = s.xTerm()[program];
      sums.wTerm = s.wTerm()[program];
      sums.n = Math.min(terms, sums.xTerm.length);
      next = SIZES.endOfAlike(s, tile, to, sums.n);
      int last = p + there + (next - tile - 1) * Stencil.TILE;
      TileSet.Family tiles = TILES.stencils(s, program);
      sums.xAt = x0;
      int row = 0;
      while (row < rows) {
        int count = SIZES.rows(rows - row, there, tiles.byTable());
        sums.wAt = w0 + row * wRow;
        sums.bAt = b == null ? 0 : b0 + (s.begin() == Stencil.Begin.BIAS_OF_ROW ? row : 0);
        sums.yAt = y0 + row * yRow;
        int across = SIZES.positions(count, there);
        for (int k = p; k < last; k = sums.end) {
          across = Math.min(across, last - k);
          sums.end = tiles.goOn() ? last - (last - k) % across : k + across;
          tiles.tile(count, across).run(sums, k);
        }
        row += count;
      }
    }
    sums.release();
  }

  /** On half vectors a table's look-ups and checks cost more than the multiply-adds. */
  @Override
  public boolean prefersRows() {
    return SIZES.parts() > 1;
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
    HALVES.run(layer, from, to, rows, x, x0, xRow, y, y0, yRow);
  }

  @Override
  public int filterTiles() {
    return FILTERS.most();
  }

  @Override
  public void filters(
      FilterProducts p, int tiles, float[] w, int w0, float[] x, int x0, float[] y, int y0) {
    FILTERS.run(p, tiles, w, w0, x, x0, y, y0);
  }

  @Override
  public int correlateRows() {
    return SIZES.correlateRows();
  }

  @Override
  public int correlateTileRows(int neighbours) {
    return SIZES.correlateRows(SIZES.correlateRows(), neighbours, neighbours > 1);
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
    CorrelateSums sums = CORRELATE.get();
    sums.dy = dy;
    sums.dRow = dyRow;
    sums.dyAt = dyAt.at();
    sums.x = x;
    sums.xPos = xAt.at();
    sums.tap = tap;
    sums.acc = acc;
    sums.accRow = tap.length * LANES;
    int positions = sums.dyAt.length;
    // Half vectors read half lines: few positions at a time, and the next half finds them near.
    int together = SIZES.parts() == 1 ? positions : NEAR;
    for (int from = 0; from < positions; from += together) {
      sums.from = from;
      sums.to = Math.min(from + together, positions);
      for (int t = 0; t < tap.length; t = sums.end) {
        int run = SIZES.neighbours(tap, t);
        boolean slides = run > 1;
        int taps = slides ? run : SIZES.taps(tap.length - t);
        sums.end = SIZES.endOfAlike(tap, t, taps, slides, TileSizes.NEAR_X / (sums.to - from));
        for (int row = 0, count; row < rows; row += count) {
          count = SIZES.correlateRows(rows - row, taps, slides);
          sums.dAt = dy0 + row * dyRow;
          sums.xAt = x0;
          sums.accAt = acc0 + row * sums.accRow;
          TILES.correlate(count, taps, slides, dyAt.step(), xAt.step()).run(sums, t);
        }
      }
    }
    sums.release();
  }

  @Override
  public void linear(
      LinearPass p, int n, float[] x, int x0, float[] b, int b0, float floor, float[] y, int y0) {
    LinearTile routine = TILES.linear(p.map(), p.store());
    if (routine == null) {
      SCALAR.linear(p, n, x, x0, b, b0, floor, y, y0);
      return;
    }
    routine.run(
        n,
        p.inner(),
        x,
        x0,
        p.xStep(),
        p.xInner(),
        p.xOuter(),
        b == null ? NO_BIAS : b,
        b == null ? 0 : b0,
        b == null ? 0 : p.store() == LinearPass.Store.FINISH_LANES ? LANES : 1,
        floor,
        y,
        y0,
        p.yStep(),
        p.yInner(),
        p.yOuter());
  }

  @Override
  public void expect(LinearPass pass) {
    TILES.linear(pass.map(), pass.store());
  }

  @Override
  public void expect(Stencil s, int rows, int terms) {
    if (REHEARSES) {
      FORECAST.expect(s, rows, terms);
    }
  }

  @Override
  public void expect(HalfLayer layer, int rows) {
    HALVES.expect(layer, rows);
  }

  @Override
  public void expect(FilterProducts p, int tiles) {
    if (REHEARSES) {
      FILTERS.expect(p, tiles);
    }
  }

  @Override
  public void expect(PoolTable t) {
    POOLINGS.expect(t);
  }

  @Override
  public void expect(int rows, Offsets dyAt, Offsets xAt, int[] tap) {
    if (REHEARSES) {
      FORECAST.expect(rows, dyAt, xAt, tap);
    }
  }

  @Override
  public void sum(float[] x, int at, int stride, int n, float[] acc) {
    TILES.sum().run(n, x, at, stride, acc);
  }

  @Override
  public void sumLanes(float[] x, int x0, int n, float[] y, int y0) {
    int vectors = n / PART;
    TILES.laneSum().run(vectors, x, x0, y, y0);
    int whole = vectors * PART;
    SCALAR.sumLanes(x, x0 + whole * LANES, n - whole, y, y0 + whole);
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
  public void numbers(ByteTable table, byte[] x, int x0, float[] y, int y0, int n) {
    ByteTile tile = table.line().isPresent() ? TILES.bytes() : null;
    int done = 0;
    if (tile != null) {
      tile.run(n / PART, table.line().get(), x, x0, y, y0);
      done = n / PART * PART;
    }
    SCALAR.numbers(table, x, x0 + done, y, y0 + done, n - done);
  }

  @Override
  public void maxPool(PoolTable t, float[] x, int x0, float[] y, int y0) {
    POOLINGS.max(t, x, x0, y, y0);
  }

  @Override
  public void maxPoolGradient(
      PoolTable t, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0) {
    POOLINGS.maxGradient(t, x, x0, dy, dy0, dx, dx0);
  }

  @Override
  public void averagePool(PoolTable t, float[] x, int x0, float[] y, int y0) {
    POOLINGS.average(t, x, x0, y, y0);
  }

  @Override
  public void averagePoolGradient(PoolTable t, float[] dy, int dy0, float[] dx, int dx0) {
    POOLINGS.averageGradient(t, dy, dy0, dx, dx0);
  }

  @Override
  public void unary(Unary f, float[] x, int x0, float[] y, int y0, int n) {
    ELEMENTWISE.unary(f, x, x0, y, y0, n);
  }

  @Override
  public void binary(Binary op, float[] a, int a0, float[] b, int b0, float[] y, int y0, int n) {
    ELEMENTWISE.binary(op, a, a0, b, b0, y, y0, n);
  }

  @Override
  public void unaryGradient(
      Unary f, float[] v, int v0, float[] dy, int dy0, float[] dx, int dx0, int n) {
    ELEMENTWISE.unaryGradient(f, v, v0, dy, dy0, dx, dx0, n);
  }

  @Override
  public long fmaChains(int rounds, float[] sink) {
    return FmaChains.run(rounds, sink);
  }
}
