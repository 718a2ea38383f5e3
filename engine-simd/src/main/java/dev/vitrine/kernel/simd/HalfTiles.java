package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.HalfLayer;
import dev.vitrine.kernel.Halves;
import dev.vitrine.kernel.Kernels;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums whose weights have 16 bits, on one vector width: of each format a tile for one row, and one
 * for several.
 */
final class HalfTiles {
  /** What each thread's tiles work on, since a plan's steps make no objects. */
  private static final ThreadLocal<HalfSums> SUMS = ThreadLocal.withInitial(HalfSums::new);

  private final VectorSpecies<Float> species;
  private final boolean rehearses;

  private final Map<Halves.Format, Place> ofOne = new EnumMap<>(Halves.Format.class);
  private final Map<Halves.Format, Place> ofSeveral = new EnumMap<>(Halves.Format.class);
  private final Map<HalfShape, Debut<HalfTile>> made = new ConcurrentHashMap<>();

  /** A shape, and its tile once that is compiled. */
  private static final class Place {
    private final HalfShape shape;
    private volatile HalfTile tile;

    private Place(HalfShape shape) {
      this.shape = shape;
    }
  }

  /**
   * The tiles of a width.
   *
   * @param rehearses whether tiles are used only when they are compiled
   */
  HalfTiles(VectorSpecies<Float> species, boolean rehearses) {
    this.species = species;
    this.rehearses = rehearses;
    int parts = Kernels.LANES / species.length();
    for (Halves.Format format : Halves.Format.values()) {
      ofOne.put(format, new Place(HalfShape.ofOne(format, parts)));
      ofSeveral.put(format, new Place(HalfShape.ofSeveral(format)));
    }
  }

  /** {@link Kernels#halves}. */
  void run(
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
    HalfSums sums = SUMS.get();
    sums.take(layer);
    sums.lastVector = to - 1;
    sums.lastRow = rows - 1;
    sums.x = x;
    sums.xAt = x0;
    sums.xRow = xRow;
    sums.y = y;
    sums.yAt = y0;
    sums.yRow = yRow;
    Place place = place(layer, rows);
    HalfShape shape = place.shape;
    HalfTile tile = tile(place);
    int lanes = shape.parts() * species.length();
    for (int v = from; v < to; v += shape.vectors()) {
      for (int r = 0; r < rows; r += shape.rows()) {
        for (int lane = 0; lane < Kernels.LANES; lane += lanes) {
          tile.run(sums, v, r, lane);
        }
      }
    }
    sums.release();
  }

  /** Begins to have a tile compiled that will be asked for. */
  void expect(HalfLayer layer, int rows) {
    HalfShape shape = place(layer, rows).shape;
    if (rehearses && !made.containsKey(shape)) {
      debut(shape).rehearsal().begin();
    }
  }

  private Place place(HalfLayer layer, int rows) {
    return (rows == 1 ? ofOne : ofSeveral).get(layer.weights().format());
  }

  private HalfTile tile(Place place) {
    HalfTile tile = place.tile;
    if (tile == null) {
      tile = debut(place.shape).ready(rehearses);
      place.tile = tile;
    }
    return tile;
  }

  private Debut<HalfTile> debut(HalfShape shape) {
    return made.computeIfAbsent(shape, _ -> debut(HalfTile.of(species, shape)));
  }

  private static Debut<HalfTile> debut(HalfTile tile) {
    HalfSums sums = HalfSums.any();
    int terms = sums.n;
    IntConsumer run =
        n -> {
          sums.n = n;
          tile.run(sums, 0, 0, 0);
        };
    return new Debut<>(tile, new Rehearsal(() -> run.accept(Tiles.IDLE), () -> run.accept(terms)));
  }
}
