package dev.vitrine.kernel.simd;

/**
 * What a correlation's tile holds in registers, and how it finds its positions.
 *
 * @param rows rows of dy
 * @param taps taps of x
 * @param slides whether taps lie one vector apart: where positions do too, all but one of a
 *     position's vectors are the one before's, and stay in registers
 * @param dyStep how far a position's dy lies from the one before, or {@link StencilShape#TABLE}
 * @param xStep the same of x
 */
record CorrelateShape(int rows, int taps, boolean slides, int dyStep, int xStep) {
  /** The generated class's name, which profilers show. */
  String name() {
    return "Correlate%sx%s%s%s%s"
        .formatted(
            rows, taps, slides ? "Sliding" : "", StencilShape.by(dyStep), StencilShape.by(xStep));
  }
}
