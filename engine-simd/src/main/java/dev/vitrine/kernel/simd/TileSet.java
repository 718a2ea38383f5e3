package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.LinearMap;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.Stencil;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import jdk.incubator.vector.VectorSpecies;

/**
 * The generated tiles of one vector width, each made when it is first needed. How large they may be
 * follows from the registers: AVX-512 has 32, narrower x86 vectors 16.
 */
final class TileSet {
  private final VectorSpecies<Float> species;
  private final int maxSums;
  private final int maxCorrelateRows;
  private final int maxTaps;
  private final AtomicReferenceArray<Tiles.StencilTile> stencils;
  private final AtomicReferenceArray<Tiles.CorrelateTile> correlates;

  private final Map<LinearPass.Store, Map<LinearMap, Tiles.LinearTile>> linear;

  TileSet(VectorSpecies<Float> species) {
    this.species = species;
    boolean wide = species.vectorBitSize() >= 512;
    maxSums = wide ? 24 : 12;
    maxCorrelateRows = wide ? 5 : 3;
    maxTaps = wide ? 5 : 3;
    linear = new EnumMap<>(LinearPass.Store.class);
    for (LinearPass.Store store : LinearPass.Store.values()) {
      linear.put(store, new ConcurrentHashMap<>());
    }
    stencils = new AtomicReferenceArray<>((maxSums + 1) * (Stencil.TILE + 1));
    correlates = new AtomicReferenceArray<>((maxCorrelateRows + 1) * (maxTaps + 1));
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

  /** {@link #rows} for the taps of correlations. */
  int taps(int rest) {
    return share(rest, maxTaps);
  }

  private static int share(int rest, int most) {
    int tiles = (rest + most - 1) / most;
    return (rest + tiles - 1) / tiles;
  }

  /** Two threads may both make a tile; either serves. */
  Tiles.StencilTile stencil(int rows, int positions) {
    int at = rows * (Stencil.TILE + 1) + positions;
    Tiles.StencilTile tile = stencils.getAcquire(at);
    if (tile == null) {
      tile = Tiles.stencil(species, rows, positions);
      stencils.setRelease(at, tile);
    }
    return tile;
  }

  Tiles.CorrelateTile correlate(int rows, int taps) {
    int at = rows * (maxTaps + 1) + taps;
    Tiles.CorrelateTile tile = correlates.getAcquire(at);
    if (tile == null) {
      tile = Tiles.correlate(species, rows, taps);
      correlates.setRelease(at, tile);
    }
    return tile;
  }

  Tiles.LinearTile linear(LinearMap map, LinearPass.Store store) {
    Map<LinearMap, Tiles.LinearTile> known = linear.get(store);
    Tiles.LinearTile tile = known.get(map);
    return tile != null
        ? tile
        : known.computeIfAbsent(map, key -> Tiles.linear(species, key, store));
  }
}
