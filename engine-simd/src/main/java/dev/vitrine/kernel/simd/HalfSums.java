package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Halves;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.VectorSpecies;

/**
 * The part of the kernels whose weights have 16 bits, so that its class is copied for each width.
 */
interface HalfSums {
  /** {@link dev.vitrine.kernel.Kernels#halves}. */
  void run(
      Halves w,
      int from,
      int to,
      int rows,
      float[] x,
      int x0,
      int xRow,
      int[] xTerm,
      float[] b,
      float floor,
      float[] y,
      int y0,
      int yRow);

  /** The sums for the kernels of a lookup: a copy for a copy. */
  static HalfSums of(MethodHandles.Lookup kernels, VectorSpecies<Float> species) {
    return kernels.lookupClass().isHidden()
        ? (HalfSums) Width.instance(kernels, VectorHalfSums.class, species)
        : new VectorHalfSums();
  }
}
