package dev.vitrine.kernel.simd;

/**
 * What a stencil's tile holds in registers, and how it finds its terms' factors.
 *
 * @param rows rows of the output
 * @param positions positions of each
 * @param parts vectors of each position's 16 lanes
 * @param wStep how far a term's weight lies from the one before, or {@link #TABLE}
 * @param xStep how far a term's input lies from the one before, or {@link #TABLE}
 * @param biasOfLanes whether a position's lanes have biases of their own, or rows have
 */
record StencilShape(int rows, int positions, int parts, int wStep, int xStep, boolean biasOfLanes) {
  /** No step: a table says where each term's factor lies. */
  static final int TABLE = 0;

  /** Whether a tile is followed by the next in one call. */
  boolean goesOn() {
    return parts > 1;
  }

  /** The generated class's name, which profilers show. */
  String name() {
    return "Stencil%sx%sx%s%s%s%s"
        .formatted(rows, positions, parts, by(wStep), by(xStep), biasOfLanes ? "B" : "");
  }

  static String by(int step) {
    return step == TABLE ? "T" : "L" + step;
  }
}
