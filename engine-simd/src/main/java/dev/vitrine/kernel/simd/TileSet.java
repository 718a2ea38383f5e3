package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearMap;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.Stencil;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import jdk.incubator.vector.VectorSpecies;

/**
 * The generated tiles of one vector width, each made when it is first needed, and given out when it
 * is compiled. How large they may be follows from the registers: AVX-512 has 32, narrower x86
 * vectors 16.
 */
final class TileSet {
  /** A tile that is about to be compiled. */
  private record Debut<T>(T tile, Rehearsal rehearsal) {}

  private final VectorSpecies<Float> species;
  private final boolean rehearses;
  private final int maxSums;
  private final int maxCorrelateRows;
  private final int maxTaps;
  private final AtomicReferenceArray<Tiles.StencilTile> stencils;
  private final AtomicReferenceArray<Tiles.CorrelateTile> correlates;
  private final Map<Integer, Debut<Tiles.StencilTile>> newStencils = new ConcurrentHashMap<>();
  private final Map<Integer, Debut<Tiles.CorrelateTile>> newCorrelates = new ConcurrentHashMap<>();

  private volatile TransposeTile transpose;
  private Debut<TransposeTile> newTranspose;
  private final Map<LinearPass.Store, Map<LinearMap, Debut<LinearTile>>> linear;

  /**
   * The tiles of a width.
   *
   * @param rehearses whether tiles are given out only when they are compiled
   */
  TileSet(VectorSpecies<Float> species, boolean rehearses) {
    this.species = species;
    this.rehearses = rehearses;
    boolean wide = species.vectorBitSize() >= 512;
    maxSums = wide ? 24 : 12;
    maxCorrelateRows = wide ? 5 : 3;
    maxTaps = wide ? 5 : 3;
    linear = new EnumMap<>(LinearPass.Store.class);
    for (LinearPass.Store store : LinearPass.Store.values()) {
      linear.put(store, new ConcurrentHashMap<>());
    }
    stencils = new AtomicReferenceArray<>((maxSums + 1) * (Stencil.TILE + 1));
    correlates = new AtomicReferenceArray<>(2 * (maxCorrelateRows + 1) * (maxTaps + 1));
  }

  /**
   * How many rows the next tile of so many positions should have, so that all tiles of the rest are
   * about equal.
   */
  int rows(int rest, int positions) {
    return share(rest, maxSums / positions);
  }

  /** As many rows as a tile can have. */
  int maxRows() {
    return maxSums;
  }

  /** {@link #rows} for correlations. */
  int correlateRows(int rest) {
    return share(rest, maxCorrelateRows);
  }

  /** {@link #rows} for the taps of correlations that lie anywhere. */
  int taps(int rest) {
    return share(rest, maxTaps);
  }

  /** The most taps that a correlation can have. */
  int maxTaps() {
    return maxTaps;
  }

  private static int share(int rest, int most) {
    int tiles = (rest + most - 1) / most;
    return (rest + tiles - 1) / tiles;
  }

  /** The rehearsals of the tiles that most layers have. */
  List<Rehearsal> usual() {
    int rows = maxSums / Stencil.TILE;
    return List.of(
        newStencil(rows, Stencil.TILE).rehearsal,
        newStencil(rows - 1, Stencil.TILE).rehearsal,
        newCorrelate(maxCorrelateRows, maxTaps, true).rehearsal,
        newTranspose().rehearsal);
  }

  Tiles.StencilTile stencil(int rows, int positions) {
    int at = rows * (Stencil.TILE + 1) + positions;
    Tiles.StencilTile tile = stencils.getAcquire(at);
    if (tile == null) {
      tile = ready(newStencil(rows, positions));
      stencils.setRelease(at, tile);
    }
    return tile;
  }

  private <T> T ready(Debut<T> debut) {
    if (rehearses) {
      debut.rehearsal.await();
    }
    return debut.tile;
  }

  private Debut<Tiles.StencilTile> newStencil(int rows, int positions) {
    return newStencils.computeIfAbsent(
        rows * (Stencil.TILE + 1) + positions,
        _ -> debut(Tiles.stencil(species, rows, positions), rows));
  }

  private static Debut<Tiles.StencilTile> debut(Tiles.StencilTile tile, int rows) {
    float[] any = new float[rows * Stencil.TILE * Kernels.LANES];
    int[] at = new int[Stencil.TILE];
    int row = Stencil.TILE * Kernels.LANES;
    IntConsumer run =
        terms -> tile.run(terms, any, 0, 0, at, any, 0, at, 0, at, any, 0, 0, any, 0, row, at);
    return new Debut<>(tile, new Rehearsal(() -> run.accept(Tiles.IDLE), () -> run.accept(2)));
  }

  TransposeTile transpose() {
    TransposeTile tile = transpose;
    if (tile == null) {
      tile = ready(newTranspose());
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

  Tiles.CorrelateTile correlate(int rows, int taps, boolean slides) {
    int at = place(rows, taps, slides);
    Tiles.CorrelateTile tile = correlates.getAcquire(at);
    if (tile == null) {
      tile = ready(newCorrelate(rows, taps, slides));
      correlates.setRelease(at, tile);
    }
    return tile;
  }

  private int place(int rows, int taps, boolean slides) {
    return 2 * (rows * (maxTaps + 1) + taps) + (slides ? 1 : 0);
  }

  private Debut<Tiles.CorrelateTile> newCorrelate(int rows, int taps, boolean slides) {
    return newCorrelates.computeIfAbsent(
        place(rows, taps, slides),
        _ -> debut(Tiles.correlate(species, rows, taps, slides), rows, taps));
  }

  private static Debut<Tiles.CorrelateTile> debut(Tiles.CorrelateTile tile, int rows, int taps) {
    float[] any = new float[Kernels.LANES];
    int[] at = new int[taps];
    float[] acc = new float[rows * taps * Kernels.LANES];
    int row = taps * Kernels.LANES;
    IntConsumer run = tap -> tile.run(any, 0, 0, at, any, 0, at, at, tap, acc, 0, row);
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
        debut.rehearsal.begin();
      }
    }
    return !rehearses || debut.rehearsal.isOver() ? debut.tile : null;
  }

  private static Debut<LinearTile> debut(LinearTile tile, LinearMap map) {
    int step = Kernels.LANES;
    float[] x = new float[map.inputs() * step];
    float[] y = new float[map.outputs() * step];
    IntConsumer run = n -> tile.run(n, 2, x, 0, step, 0, 0, x, 0, 0, 0, y, 0, step, 0, 0);
    return new Debut<>(tile, new Rehearsal(() -> run.accept(0), () -> run.accept(2)));
  }
}
