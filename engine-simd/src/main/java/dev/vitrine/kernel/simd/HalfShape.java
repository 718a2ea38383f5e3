package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Halves;

/**
 * What a tile of sums whose weights have 16 bits holds in registers: as many sums that they do not
 * wait for each other, and that 16 registers hold them beside their factors.
 *
 * @param format what 16 bits mean
 * @param rows rows of the output
 * @param vectors vectors of 16 outputs
 * @param parts vectors of each one's 16 lanes, if not all of them
 */
record HalfShape(Halves.Format format, int rows, int vectors, int parts) {
  /**
   * The shape for one row: all lanes, since what is left of a line would come from memory again.
   *
   * @param parts vectors of 16 lanes
   */
  static HalfShape ofOne(Halves.Format format, int parts) {
    return new HalfShape(format, 1, Math.max(1, 4 / parts), parts);
  }

  /** The shape for several rows, which share what was widened: one part after the other. */
  static HalfShape ofSeveral(Halves.Format format) {
    return new HalfShape(format, 4, 2, 1);
  }

  /** The generated class's name, which profilers show. */
  String name() {
    return "Halves%s%sx%sx%s".formatted(format, rows, vectors, parts);
  }
}
