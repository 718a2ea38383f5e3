package dev.vitrine.kernel.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.VectorSpecies;

/**
 * The part of {@link SimdKernels} that reads bytes, so that its class, too, is copied for each
 * width.
 */
interface ByteLoop {
  /**
   * {@code y[y0 + i] = (float) fma(v, slope, intercept)}, v the byte {@code x[x0 + i]} as 0 … 255.
   *
   * @return how many of the first {@code n} were done: whole vectors
   */
  int run(double slope, double intercept, byte[] x, int x0, float[] y, int y0, int n);

  /** Begins to have the loop compiled. */
  void rehearse();

  /** Whether the loop is compiled, and faster than a table. */
  boolean isReady();

  /** The loop for the kernels of a lookup: a copy for a copy. */
  static ByteLoop of(MethodHandles.Lookup kernels, VectorSpecies<Float> species) {
    return kernels.lookupClass().isHidden()
        ? (ByteLoop) Width.instance(kernels, VectorBytes.class, species)
        : new VectorBytes();
  }
}
