package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.ByteTable;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.Offsets;
import dev.vitrine.kernel.PoolTable;
import dev.vitrine.kernel.ScalarFunctions;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.kernel.simd.VectorFunctions.Function;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Unary;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
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
  private static final TileSet TILES = new TileSet(SPECIES, REHEARSES);
  private static final TileSizes SIZES = TILES.sizes();
  private static final Forecast FORECAST = new Forecast(TILES);
  private static final VectorFunctions FUNCTIONS = new VectorFunctions(SPECIES);
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
          Routines.ALL.forEach(Rehearsal::begin);
        });
  }

  /** How many tiles of sums of products there are. */
  static int tilesMade() {
    return TILES.made();
  }

  private static void ready(Rehearsal rehearsal) {
    if (REHEARSES) {
      rehearsal.await();
    }
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
        sums.bAt = b == null ? 0 : b0 + (s.biasOfLanes() ? 0 : row);
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
  public int correlateRows() {
    return SIZES.correlateRows();
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
    switch (f) {
      case Elementary.Exp _ -> apply(Function.EXP, 0, x, x0, y, y0, n);
      case Elementary.Log _ -> apply(Function.LOG, 0, x, x0, y, y0, n);
      case Rectifier.Relu _ -> {
        ready(Routines.RELU);
        apply(Function.RELU, 0, x, x0, y, y0, n);
      }
      case Rectifier.LeakyRelu r -> {
        ready(Leaky.FUNCTION);
        apply(Function.LEAKY_RELU, r.slope(), x, x0, y, y0, n);
      }
      case Rectifier.Elu e -> apply(Function.ELU, e.alpha(), x, x0, y, y0, n);
      case Sigmoidal.Sigmoid _ -> apply(Function.SIGMOID, 0, x, x0, y, y0, n);
      case Sigmoidal.Tanh _ -> apply(Function.TANH, 0, x, x0, y, y0, n);
      case Sigmoidal.Softplus _ -> apply(Function.SOFTPLUS, 0, x, x0, y, y0, n);
      case Sigmoidal.Silu _ -> apply(Function.SILU, 0, x, x0, y, y0, n);
      case Sigmoidal.Gelu _ -> apply(Function.GELU, 0, x, x0, y, y0, n);
      case Sigmoidal.GeluTanh _ -> apply(Function.GELU_TANH, 0, x, x0, y, y0, n);
      default -> ScalarFunctions.apply(f, x, x0, y, y0, n);
    }
  }

  @Override
  public void binary(Binary op, float[] a, int a0, float[] b, int b0, float[] y, int y0, int n) {
    ready(Arithmetic.rehearsal(op));
    FUNCTIONS.of(Arithmetic.function(op)).run(a, a0, b, b0, 0, y, y0, n);
  }

  private static void apply(Function f, double p, float[] x, int x0, float[] y, int y0, int n) {
    FUNCTIONS.of(f).run(x, x0, x, x0, (float) p, y, y0, n);
  }

  @Override
  public void unaryGradient(
      Unary f, float[] v, int v0, float[] dy, int dy0, float[] dx, int dx0, int n) {
    Function gradient =
        switch (f) {
          case Rectifier.Relu _ -> Function.RELU_GRADIENT;
          case Rectifier.LeakyRelu _ -> Function.LEAKY_RELU_GRADIENT;
          case Rectifier.Elu _ -> Function.ELU_GRADIENT;
          case Sigmoidal.Sigmoid _ -> Function.SIGMOID_GRADIENT;
          case Sigmoidal.Tanh _ -> Function.TANH_GRADIENT;
          case Sigmoidal.Softplus _ -> Function.SOFTPLUS_GRADIENT;
          case Sigmoidal.Silu _ -> Function.SILU_GRADIENT;
          case Sigmoidal.Gelu _ -> Function.GELU_GRADIENT;
          case Sigmoidal.GeluTanh _ -> Function.GELU_TANH_GRADIENT;
          default -> null;
        };
    if (gradient == null) {
      ScalarFunctions.derivative(f, v, v0, dy, dy0, dx, dx0, n);
      return;
    }
    if (gradient == Function.RELU_GRADIENT) {
      ready(Routines.RELU_GRADIENT);
    } else if (gradient == Function.LEAKY_RELU_GRADIENT) {
      ready(Leaky.GRADIENT);
    }
    float p =
        switch (f) {
          case Rectifier.Elu e -> (float) e.alpha();
          case Rectifier.LeakyRelu r -> (float) r.slope();
          default -> 0;
        };
    FUNCTIONS.of(gradient).run(v, v0, dy, dy0, p, dx, dx0, n);
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

    static final Rehearsal RELU_GRADIENT = rehearsal(FUNCTIONS.of(Function.RELU_GRADIENT));

    static final Rehearsal RELU = rehearsal(FUNCTIONS.of(Function.RELU));

    static final List<Rehearsal> ALL = List.of(RELU_GRADIENT);

    static Rehearsal rehearsal(VectorFunctions.Loop loop) {
      IntConsumer run = n -> loop.run(ANY, 0, ANY, 0, 0, ANY, 0, n);
      return new Rehearsal(
          () -> {
            run.accept(0);
            run.accept(0);
            run.accept(0);
            run.accept(0);
          },
          () -> run.accept(ANY.length));
    }
  }

  /**
   * The same of sums and products of two values: a class of its own, as not all networks have some.
   */
  private static final class Arithmetic {
    private static final Map<Binary, Rehearsal> OF = new ConcurrentHashMap<>();

    static Rehearsal rehearsal(Binary op) {
      return OF.computeIfAbsent(op, key -> Routines.rehearsal(FUNCTIONS.of(function(key))));
    }

    static Function function(Binary op) {
      return switch (op) {
        case ADD -> Function.ADD;
        case SUBTRACT -> Function.SUBTRACT;
        case MULTIPLY -> Function.MULTIPLY;
        case DIVIDE -> Function.DIVIDE;
      };
    }
  }

  /** The same of what few networks have: a class of its own, which those load. */
  private static final class Leaky {
    static final Rehearsal FUNCTION = Routines.rehearsal(FUNCTIONS.of(Function.LEAKY_RELU));
    static final Rehearsal GRADIENT =
        Routines.rehearsal(FUNCTIONS.of(Function.LEAKY_RELU_GRADIENT));
  }
}
