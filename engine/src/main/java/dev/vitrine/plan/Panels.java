package dev.vitrine.plan;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import java.util.ArrayList;
import java.util.List;

/**
 * A value as rows instead of lanes, for dense layers' weight gradients: {@code [panel][example][4
 * vectors of features]}, so that what a tile reads lies side by side. The last vector overlaps the
 * one before rather than the row's end.
 *
 * @param buffer where the panels lie
 * @param features of an example
 * @param size floats of a panel
 * @param pieces what the rows consist of
 */
record Panels(Buffer buffer, int features, int size, List<Piece> pieces) {
  private static final int LANES = Kernels.LANES;
  private static final int TILE = Stencil.TILE;

  /** Features to a panel, and floats from one example to the next. */
  static final int WIDTH = TILE * LANES;

  /**
   * Features that lie side by side in lanes as well as in a panel.
   *
   * @param feature the first
   * @param count how many
   * @param place where the first example's lie in the buffer
   */
  record Piece(int feature, int count, int place) {}

  /** A place for the panels of a value in lanes. */
  static Panels of(Lowering l, Buffer x) {
    int panels = (x.elements + WIDTH - 1) / WIDTH;
    Buffer buffer = l.newLanes(panels * WIDTH, x.perExample());
    Panels empty = new Panels(buffer, x.elements, buffer.size / panels, List.of());
    List<Piece> pieces = new ArrayList<>();
    int whole = x.elements / LANES;
    for (int v = 0; v < whole; v += TILE) {
      pieces.add(new Piece(v * LANES, Math.min(TILE, whole - v) * LANES, empty.place(v)));
    }
    if (whole < empty.vectors()) {
      pieces.add(new Piece(empty.feature(whole), empty.width(), empty.place(whole)));
    }
    return new Panels(buffer, x.elements, empty.size, List.copyOf(pieces));
  }

  int count() {
    return buffer.size / size;
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
    return vector / TILE * size + vector % TILE * LANES;
  }

  /** Where a piece of an example lies. */
  int place(Piece piece, int example) {
    return buffer.offset + piece.place + example * WIDTH;
  }

  /** Copies an example's features from consecutive floats. */
  void put(int example, float[] row, int from) {
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      System.arraycopy(row, from + piece.feature, buffer.data, place(piece, example), piece.count);
    }
  }

  /** Fills a piece of a block's rows from its lanes. */
  void fill(Kernels kernels, Buffer x, int block, Piece piece) {
    int from = x.block(block) + piece.feature * LANES;
    int to = place(piece, block * LANES);
    kernels.transpose(piece.count, LANES, x.data, from, LANES, buffer.data, to, WIDTH);
  }

  /** Fills a piece of a block's lanes from its rows. */
  void spread(Kernels kernels, Buffer x, int block, Piece piece) {
    int from = place(piece, block * LANES);
    int to = x.block(block) + piece.feature * LANES;
    kernels.transpose(LANES, piece.count, buffer.data, from, WIDTH, x.data, to, LANES);
  }
}
