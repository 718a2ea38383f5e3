package dev.vitrine.plan.steps;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.plan.memory.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A value as rows instead of lanes, for dense layers' weight gradients: {@code
 * [panel][example][vectors of features]}, so that what a tile reads lies side by side. The last
 * vector overlaps the one before rather than the row's end.
 *
 * @param buffer where the panels lie
 * @param features of an example
 * @param across vectors to a panel
 * @param pieces what the rows consist of
 * @param copying how rows {@link #rowOf} floats apart become whole panels: a panel is a plane, an
 *     example a time
 */
public record Panels(
    Buffer buffer, int features, int across, List<Piece> pieces, LinearPass copying) {
  private static final int LANES = Kernels.LANES;
  private static final int TILE = Stencil.TILE;

  /**
   * Floats of a panel that stay in the nearest cache while all rows of a weight gradient pass over
   * them: 16 KiB. Panels too long for that even when narrow are wide and read from the next one.
   */
  private static final int NEAR = 4096;

  /**
   * Features that lie side by side in lanes as well as in a panel.
   *
   * @param feature the first
   * @param count how many
   * @param place where the first example's lie in the buffer
   */
  public record Piece(int feature, int count, int place) {}

  /** A place for the panels of a value in lanes. */
  static Panels of(Lowering l, Buffer x) {
    int examples = x.perExample() ? l.maxBlocks * LANES : LANES;
    int half = TILE / 2;
    boolean narrow = examples * TILE * LANES > NEAR && examples * half * LANES <= NEAR;
    int across = narrow ? half : TILE;
    int panels = (x.elements + across * LANES - 1) / (across * LANES);
    Buffer buffer = l.newLanes((long) panels * across * LANES, x.perExample());
    int row = across * LANES;
    LinearPass copying =
        Copies.of(across, LANES, rowOf(x.elements), row, row, buffer.size / panels);
    Panels empty = new Panels(buffer, x.elements, across, List.of(), copying);
    List<Piece> pieces = new ArrayList<>();
    int whole = x.elements / LANES;
    for (int v = 0; v < whole; v += across) {
      pieces.add(new Piece(v * LANES, Math.min(across, whole - v) * LANES, empty.place(v)));
    }
    if (whole < empty.vectors()) {
      pieces.add(new Piece(empty.feature(whole), empty.width(), empty.place(whole)));
    }
    return new Panels(buffer, x.elements, across, List.copyOf(pieces), copying);
  }

  int count() {
    return (vectors() + across - 1) / across;
  }

  int vectors() {
    return (features + LANES - 1) / LANES;
  }

  /** The first feature of a vector. */
  int feature(int vector) {
    return Math.max(0, Math.min(vector * LANES, features - LANES));
  }

  /** The features of a vector: 16, unless there are fewer in all. */
  int width() {
    return Math.min(LANES, features);
  }

  /** Where a vector of the first example lies in the buffer. */
  int place(int vector) {
    return vector / across * size() + vector % across * LANES;
  }

  /** Floats from one example to the next. */
  int row() {
    return across * LANES;
  }

  /** Where a piece of an example lies. */
  public int place(Piece piece, int example) {
    return buffer.offset() + piece.place + example * row();
  }

  /** Copies an example's features from consecutive floats. */
  public void put(int example, float[] row, int from) {
    for (int i = 0; i < pieces.size(); i++) {
      put(example, pieces.get(i), row, from);
    }
  }

  private void put(int example, Piece piece, float[] row, int from) {
    System.arraycopy(row, from + piece.feature, buffer.data(), place(piece, example), piece.count);
  }

  /**
   * Floats from row to row of examples' features that are to be copied: an odd number of cache
   * lines, for rows that lie 4 KiB apart would crowd into one set of the cache.
   */
  public static int rowOf(int features) {
    return (Math.ceilDiv(features, LANES) | 1) * LANES;
  }

  /** Copies a block's features from rows of all lanes, {@link #rowOf} floats apart. */
  public void put(Kernels kernels, int block, float[] rows) {
    int whole = features / row();
    int example = block * LANES;
    Copies.run(kernels, copying, whole, rows, 0, buffer.data(), buffer.offset() + example * row());
    for (int i = whole; i < pieces.size(); i++) {
      for (int lane = 0; lane < LANES; lane++) {
        put(example + lane, pieces.get(i), rows, lane * rowOf(features));
      }
    }
  }

  /** Floats of a panel. */
  int size() {
    return buffer.size / count();
  }

  /** Whether a piece belongs to a panel. */
  boolean isOf(Piece piece, int panel) {
    return piece.place / size() == panel;
  }

  /** Fills a piece of a block's rows from its lanes; the first panel begins at {@code at}. */
  void fill(Kernels kernels, Buffer x, int block, Piece piece, float[] data, int at) {
    int from = x.block(block) + piece.feature * LANES;
    int to = at + piece.place + block * LANES * row();
    kernels.transpose(piece.count, LANES, x.data(), from, LANES, data, to, row());
  }
}
