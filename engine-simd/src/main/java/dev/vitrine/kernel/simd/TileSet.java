package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.ByteTable;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearMap;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.Stencil;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import jdk.incubator.vector.VectorSpecies;

/**
 * The generated tiles of one vector width, each made when it is first needed, and given out when it
 * is compiled.
 */
final class TileSet {
  /**
   * Terms from which on a tile of whole vectors is one for its factors' steps. With fewer, what
   * that saves is not worth another class to be compiled.
   */
  private static final int LONG = 128;

  /** Inputs that lie farther apart come from memory, which costs more than a table. */
  private static final int MOST_STEP = 4_096;

  /** Of a correlation's rehearsal: as in most trainings, taps slide far more often than not. */
  private static final int POSITIONS = 12;

  /** Names of x86-64, which has 16 vector registers unless it has AVX-512. */
  private static final Set<String> X86 = Set.of("amd64", "x86_64");

  private final VectorSpecies<Float> species;
  private final boolean rehearses;
  private final TileSizes sizes;

  /** Those that there are; never changed, only replaced by more. */
  private volatile Family[] families = {};

  private final AtomicReferenceArray<CorrelateTile> correlates;
  private final Map<StencilShape, Debut<StencilTile>> newStencils = new ConcurrentHashMap<>();
  private final Map<CorrelateShape, Debut<CorrelateTile>> newCorrelates = new ConcurrentHashMap<>();

  private volatile TransposeTile transpose;
  private Debut<TransposeTile> newTranspose;
  private volatile SumTile sum;
  private Debut<SumTile> newSum;
  private volatile LaneSumTile laneSum;
  private Debut<LaneSumTile> newLaneSum;
  private volatile Debut<ByteTile> bytes;
  private final Map<LinearPass.Store, Map<LinearMap, Debut<LinearTile>>> linear;

  /**
   * The tiles of a width.
   *
   * @param rehearses whether tiles are given out only when they are compiled
   */
  TileSet(VectorSpecies<Float> species, boolean rehearses) {
    this.species = species;
    this.rehearses = rehearses;
    boolean few = hasFewRegisters(species);
    sizes = new TileSizes(species.length(), few ? 16 : 32);
    linear = new EnumMap<>(LinearPass.Store.class);
    for (LinearPass.Store store : LinearPass.Store.values()) {
      linear.put(store, new ConcurrentHashMap<>());
    }
    int most = sizes.maxTaps();
    correlates = new AtomicReferenceArray<>(6 * (most + 1) * (most + 1));
  }

  /** Whether there are 16 vector registers, not 32. */
  static boolean hasFewRegisters(VectorSpecies<Float> species) {
    return species.vectorBitSize() < 512 && X86.contains(System.getProperty("os.arch"));
  }

  /** How large tiles are. */
  TileSizes sizes() {
    return sizes;
  }

  /** How many tiles of sums of products there are. */
  int made() {
    return newStencils.size() + newCorrelates.size();
  }

  /** The rehearsals of the tiles that most layers have. */
  List<Rehearsal> usual() {
    int rows = sizes.usualRows();
    int positions = sizes.usualPositions();
    Family tiles = stencils(1, 0, Stencil.Begin.BIAS_OF_ROW);
    int most = sizes.maxTaps();
    int dyStep = sizes.parts() > 1 ? Kernels.LANES : StencilShape.TABLE;
    return List.of(
        newStencil(tiles.shape(rows, positions)).rehearsal(),
        newStencil(tiles.shape(rows - 1, positions)).rehearsal(),
        newCorrelate(
                new CorrelateShape(sizes.correlateRows(most, most, true), most, true, dyStep, 0))
            .rehearsal(),
        newTranspose().rehearsal(),
        newSum().rehearsal(),
        newLaneSum().rehearsal());
  }

  /** The stencils' tiles whose factors lie as a program's tables say. */
  Family stencils(Stencil s, int program) {
    boolean tables = sizes.parts() == 1 && s.xTerm()[program].length < LONG;
    int table = StencilShape.TABLE;
    return stencils(
        tables ? table : s.wStep()[program], tables ? table : s.xStep()[program], s.begin());
  }

  Family stencils(int wStep, int xStep, Stencil.Begin begin) {
    int w = wStep == 1 ? wStep : StencilShape.TABLE;
    int x = xStep > 0 && xStep <= MOST_STEP ? xStep : StencilShape.TABLE;
    for (Family known : families) {
      if (known.isFor(w, x, begin)) {
        return known;
      }
    }
    return newFamily(w, x, begin);
  }

  private synchronized Family newFamily(int wStep, int xStep, Stencil.Begin begin) {
    Family[] all = families;
    for (Family known : all) {
      if (known.isFor(wStep, xStep, begin)) {
        return known;
      }
    }
    Family[] more = Arrays.copyOf(all, all.length + 1);
    more[all.length] = new Family(wStep, xStep, begin);
    families = more;
    return more[all.length];
  }

  /** Tiles of all sizes that find their factors in one way. */
  final class Family {
    private final int wStep;
    private final int xStep;
    private final Stencil.Begin begin;
    private final AtomicReferenceArray<StencilTile> tiles =
        new AtomicReferenceArray<>((sizes.maxRows() + 1) * (Stencil.TILE + 1));

    private Family(int wStep, int xStep, Stencil.Begin begin) {
      this.wStep = wStep;
      this.xStep = xStep;
      this.begin = begin;
    }

    private boolean isFor(int w, int x, Stencil.Begin how) {
      return wStep == w && xStep == x && begin == how;
    }

    private StencilShape shape(int rows, int positions) {
      return new StencilShape(rows, positions, sizes.parts(), wStep, xStep, begin);
    }

    /** Whether a table says where inputs lie. */
    boolean byTable() {
      return xStep == StencilShape.TABLE;
    }

    /** Whether a tile goes on to the next by itself. */
    boolean goOn() {
      return sizes.parts() > 1;
    }

    /** Begins to have a tile compiled that will be asked for. */
    void expect(int rows, int positions) {
      StencilShape shape = shape(rows, positions);
      if (!newStencils.containsKey(shape)) {
        newStencil(shape).rehearsal().begin();
      }
    }

    StencilTile tile(int rows, int positions) {
      int at = rows * (Stencil.TILE + 1) + positions;
      StencilTile tile = tiles.getAcquire(at);
      if (tile == null) {
        tile = newStencil(shape(rows, positions)).ready(rehearses);
        tiles.setRelease(at, tile);
      }
      return tile;
    }
  }

  private Debut<StencilTile> newStencil(StencilShape shape) {
    return newStencils.computeIfAbsent(shape, _ -> debut(StencilTile.of(species, shape), shape));
  }

  private static Debut<StencilTile> debut(StencilTile tile, StencilShape shape) {
    StencilSums sums = new StencilSums();
    float[] any = new float[shape.rows() * Stencil.TILE * Kernels.LANES + 2 * MOST_STEP];
    sums.w = any;
    sums.x = any;
    sums.b = any;
    sums.y = any;
    sums.yRow = Stencil.TILE * Kernels.LANES;
    // Two tiles, for C2 to see that there may be more than one.
    sums.end = 2 * shape.positions();
    sums.wTerm = new int[2 * Stencil.TILE];
    sums.xBase = sums.wTerm;
    sums.xTerm = sums.wTerm;
    sums.yBase = sums.wTerm;
    IntConsumer run =
        terms -> {
          sums.n = terms;
          tile.run(sums, 0);
        };
    return new Debut<>(tile, new Rehearsal(() -> run.accept(Tiles.IDLE), () -> run.accept(2)));
  }

  TransposeTile transpose() {
    TransposeTile tile = transpose;
    if (tile == null) {
      tile = newTranspose().ready(rehearses);
      transpose = tile;
    }
    return tile;
  }

  private synchronized Debut<TransposeTile> newTranspose() {
    if (newTranspose == null) {
      TransposeTile tile = TransposeTile.of(species);
      int size = species.length();
      float[] any = new float[size * size];
      IntConsumer run = n -> tile.run(n, any, 0, size, 0, any, 0, size, 0);
      newTranspose = new Debut<>(tile, new Rehearsal(() -> run.accept(0), () -> run.accept(1)));
    }
    return newTranspose;
  }

  SumTile sum() {
    SumTile tile = sum;
    if (tile == null) {
      tile = newSum().ready(rehearses);
      sum = tile;
    }
    return tile;
  }

  private synchronized Debut<SumTile> newSum() {
    if (newSum == null) {
      SumTile tile = SumTile.of(species);
      float[] any = new float[Kernels.LANES];
      // A round and more, for C2 to see both loops.
      IntConsumer run = n -> tile.run(n, any, 0, 0, any);
      newSum = new Debut<>(tile, new Rehearsal(() -> run.accept(0), () -> run.accept(40)));
    }
    return newSum;
  }

  LaneSumTile laneSum() {
    LaneSumTile tile = laneSum;
    if (tile == null) {
      tile = newLaneSum().ready(rehearses);
      laneSum = tile;
    }
    return tile;
  }

  private synchronized Debut<LaneSumTile> newLaneSum() {
    if (newLaneSum == null) {
      LaneSumTile tile = LaneSumTile.of(species);
      float[] any = new float[species.length() * Kernels.LANES];
      IntConsumer run = n -> tile.run(n, any, 0, any, 0);
      newLaneSum = new Debut<>(tile, new Rehearsal(() -> run.accept(0), () -> run.accept(1)));
    }
    return newLaneSum;
  }

  /**
   * The tile if it is compiled, and vectors are wide enough; {@code null} while it is not, which
   * the first call begins to change: tables do until then.
   */
  ByteTile bytes() {
    if (species.length() < ByteTile.LEAST) {
      return null;
    }
    Debut<ByteTile> debut = bytes == null ? newBytes() : bytes;
    return !rehearses || debut.rehearsal().isOver() ? debut.tile() : null;
  }

  private synchronized Debut<ByteTile> newBytes() {
    if (bytes == null) {
      ByteTile tile = ByteTile.of(species);
      byte[] any = new byte[Kernels.LANES * Kernels.LANES];
      float[] numbers = new float[any.length];
      ByteTable.Line line = new ByteTable.Line(1, 0, 0, 0);
      IntConsumer run = n -> tile.run(n, line, any, 0, numbers, 0);
      bytes = new Debut<>(tile, new Rehearsal(() -> run.accept(0), () -> run.accept(9)));
      if (rehearses) {
        bytes.rehearsal().begin();
      }
    }
    return bytes;
  }

  /**
   * A correlation's tile.
   *
   * @param dyStep how far positions' dy lie apart, 0 if that differs; {@code xStep} the same of x
   */
  CorrelateTile correlate(int rows, int taps, boolean slides, int dyStep, int xStep) {
    boolean d = byStep(rows, taps, dyStep);
    boolean x = d && xStep == Kernels.LANES;
    int at = 3 * place(rows, taps, slides) + (d ? x ? 2 : 1 : 0);
    CorrelateTile tile = correlates.getAcquire(at);
    if (tile == null) {
      tile = newCorrelate(shape(rows, taps, slides, d, x)).ready(rehearses);
      correlates.setRelease(at, tile);
    }
    return tile;
  }

  /** Begins to have a correlation's tile compiled that will be asked for. */
  void expectCorrelate(int rows, int taps, boolean slides, int dyStep, int xStep) {
    boolean d = byStep(rows, taps, dyStep);
    CorrelateShape shape = shape(rows, taps, slides, d, d && xStep == Kernels.LANES);
    if (!newCorrelates.containsKey(shape)) {
      newCorrelate(shape).rehearsal().begin();
    }
  }

  private boolean byStep(int rows, int taps, int dyStep) {
    return sizes.parts() > 1 && dyStep == Kernels.LANES && sizes.holdAll(rows, taps);
  }

  private static CorrelateShape shape(int rows, int taps, boolean slides, boolean d, boolean x) {
    int table = StencilShape.TABLE;
    return new CorrelateShape(
        rows, taps, slides, d ? Kernels.LANES : table, x ? Kernels.LANES : table);
  }

  private int place(int rows, int taps, boolean slides) {
    return 2 * (rows * (sizes.maxTaps() + 1) + taps) + (slides ? 1 : 0);
  }

  private Debut<CorrelateTile> newCorrelate(CorrelateShape shape) {
    return newCorrelates.computeIfAbsent(
        shape, _ -> debut(CorrelateTile.of(species, shape), shape.rows(), shape.taps()));
  }

  private static Debut<CorrelateTile> debut(CorrelateTile tile, int rows, int taps) {
    CorrelateSums sums = new CorrelateSums();
    sums.to = POSITIONS;
    sums.dyAt = new int[POSITIONS];
    // Positions that follow each other, for C2 to see that taps slide, and two tiles, to see that
    // there may be more than one; it would compile the tile a second time when it met them.
    Arrays.setAll(sums.dyAt, p -> p * Kernels.LANES);
    sums.xPos = sums.dyAt;
    sums.end = 2 * taps;
    sums.tap = new int[sums.end];
    sums.dy = new float[(POSITIONS + 1) * Kernels.LANES];
    sums.x = sums.dy;
    sums.accRow = sums.end * Kernels.LANES;
    sums.acc = new float[rows * sums.accRow];
    IntConsumer run = tap -> tile.run(sums, tap);
    return new Debut<>(tile, new Rehearsal(() -> run.accept(Tiles.IDLE), () -> run.accept(0)));
  }

  /**
   * The tile if it is compiled; {@code null} while it is not, which the first call begins to
   * change. There are many, all needed in a training's first step, so nobody waits for each.
   */
  LinearTile linear(LinearMap map, LinearPass.Store store) {
    Map<LinearMap, Debut<LinearTile>> known = linear.get(store);
    Debut<LinearTile> debut = known.get(map);
    if (debut == null) {
      debut = known.computeIfAbsent(map, key -> debut(LinearTile.of(species, key, store), key));
      if (rehearses) {
        debut.rehearsal().begin();
      }
    }
    return !rehearses || debut.rehearsal().isOver() ? debut.tile() : null;
  }

  private static Debut<LinearTile> debut(LinearTile tile, LinearMap map) {
    int step = Kernels.LANES;
    float[] x = new float[map.inputs() * step];
    float[] y = new float[map.outputs() * step];
    IntConsumer run = n -> tile.run(n, 2, x, 0, step, 0, 0, x, 0, 0, 0, y, 0, step, 0, 0);
    return new Debut<>(tile, new Rehearsal(() -> run.accept(0), () -> run.accept(2)));
  }
}
