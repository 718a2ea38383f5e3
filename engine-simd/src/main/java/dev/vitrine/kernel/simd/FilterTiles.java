package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.FilterProducts;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of filters that are transformed as they pass by, on one vector width: of 32 registers 24
 * hold a column's sums, of 16 eight hold those of two numbers.
 */
final class FilterTiles {
  /** Tiles whose sums of a column of six numbers leave registers for the filters. */
  private static final int MOST = 4;

  /** What each thread's tiles work on, since a plan's steps make no objects. */
  private static final ThreadLocal<FilterSums> SUMS = ThreadLocal.withInitial(FilterSums::new);

  private record Shape(LinearMap weight, int tiles, int taps) {}

  private final VectorSpecies<Float> species;
  private final boolean rehearses;

  /** Numbers of a column whose sums registers hold at once. */
  private final int together;

  private final Map<Shape, Debut<FilterTile>> made = new ConcurrentHashMap<>();

  /** Of each matrix those that are compiled, for calls to find them without making objects. */
  private final Map<LinearMap, AtomicReferenceArray<FilterTile>> ready = new ConcurrentHashMap<>();

  /**
   * The tiles of a width.
   *
   * @param many whether there are 32 vector registers
   * @param rehearses whether tiles are used only when they are compiled
   */
  FilterTiles(VectorSpecies<Float> species, boolean many, boolean rehearses) {
    this.species = species;
    together = many ? 6 : 2;
    this.rehearses = rehearses;
  }

  /** {@link Kernels#filterTiles}. */
  int most() {
    return MOST;
  }

  /** {@link Kernels#filters}. */
  void run(FilterProducts p, int tiles, float[] w, int w0, float[] x, int x0, float[] y, int y0) {
    FilterSums sums = SUMS.get();
    sums.take(p);
    sums.w = w;
    sums.x = x;
    sums.y = y;
    FilterTile one = tile(p, tiles, 1);
    FilterTile all = tile(p, tiles, FilterTile.TAPS);
    for (int column = 0; column < FilterTile.size(p); column++) {
      LinearMap.Row row = row(p, column);
      boolean single = row.input().length == 1;
      int from = w0 + (single ? row.input()[0] * Kernels.LANES : 0);
      sums.xAt = x0 + column * p.xNumber();
      System.arraycopy(row.factor(), 0, sums.factor, 0, row.factor().length);
      for (int lane = 0; lane < Kernels.LANES; lane += species.length()) {
        sums.wAt = from + lane;
        sums.yAt = y0 + column * p.yNumber() + lane;
        (single ? one : all).run(sums);
      }
    }
    sums.release();
  }

  private static LinearMap.Row row(FilterProducts p, int column) {
    return p.weight().stages().getFirst().get(column);
  }

  /** Begins to have the tiles compiled that will be asked for. */
  void expect(FilterProducts p, int tiles) {
    debut(new Shape(p.weight(), tiles, 1)).rehearsal().begin();
    debut(new Shape(p.weight(), tiles, FilterTile.TAPS)).rehearsal().begin();
  }

  private FilterTile tile(FilterProducts p, int tiles, int taps) {
    AtomicReferenceArray<FilterTile> sizes =
        ready.computeIfAbsent(p.weight(), _ -> new AtomicReferenceArray<>(2 * (MOST + 1)));
    int at = 2 * tiles + (taps == 1 ? 0 : 1);
    FilterTile tile = sizes.getAcquire(at);
    if (tile == null) {
      tile = debut(new Shape(p.weight(), tiles, taps)).ready(rehearses);
      sizes.setRelease(at, tile);
    }
    return tile;
  }

  private Debut<FilterTile> debut(Shape shape) {
    return made.computeIfAbsent(shape, this::newDebut);
  }

  private Debut<FilterTile> newDebut(Shape shape) {
    FilterTile tile = FilterTile.of(species, shape.weight, shape.tiles, shape.taps, together);
    FilterSums sums = new FilterSums();
    int channels = 2;
    sums.w = new float[channels * FilterTile.TAPS * FilterTile.TAPS * Kernels.LANES];
    sums.x = new float[shape.tiles * Kernels.LANES];
    sums.xTerm = new int[channels];
    sums.y = new float[shape.tiles * Kernels.LANES];
    IntConsumer run =
        n -> {
          sums.n = n;
          tile.run(sums);
        };
    return new Debut<>(
        tile, new Rehearsal(() -> run.accept(Tiles.IDLE), () -> run.accept(channels)));
  }
}
