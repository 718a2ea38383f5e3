package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Stencil;

/**
 * What a stencil's tile holds in registers, and how it finds its terms' factors.
 *
 * @param rows rows of the output
 * @param positions positions of each
 * @param parts vectors of each position's 16 lanes
 * @param wStep how far a term's weight lies from the one before, or {@link #TABLE}
 * @param xStep how far a term's input lies from the one before, or {@link #TABLE}
 * @param begin what its sums begin with
 */
record StencilShape(int rows, int positions, int parts, int wStep, int xStep, Stencil.Begin begin) {
  /** No step: a table says where each term's factor lies. */
  static final int TABLE = 0;

  /** Whether a tile is followed by the next in one call. */
  boolean goesOn() {
    return parts > 1;
  }

  /** The generated class's name, which profilers show. */
  String name() {
    return "Stencil%sx%sx%s%s%s%s"
        .formatted(rows, positions, parts, by(wStep), by(xStep), by(begin));
  }

  private static String by(Stencil.Begin begin) {
    return switch (begin) {
      case BIAS_OF_ROW -> "";
      case BIAS_OF_LANE -> "B";
      case NUMBER_THERE -> "G";
    };
  }

  static String by(int step) {
    return step == TABLE ? "T" : "L" + step;
  }
}
