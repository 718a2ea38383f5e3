package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.PoolTable;
import java.lang.invoke.MethodHandles;
import java.util.List;
import jdk.incubator.vector.VectorSpecies;

/** The part of {@link Kernels} that pools, so that its class, too, is copied for each width. */
interface Poolings {
  /** {@link Kernels#maxPool}. */
  void max(PoolTable t, float[] x, int x0, float[] y, int y0);

  /** {@link Kernels#expect(PoolTable)}. */
  void expect(PoolTable t);

  /** {@link Kernels#maxPoolGradient}. */
  void maxGradient(PoolTable t, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0);

  /** {@link Kernels#averagePool}. */
  void average(PoolTable t, float[] x, int x0, float[] y, int y0);

  /** {@link Kernels#averagePoolGradient}. */
  void averageGradient(PoolTable t, float[] dy, int dy0, float[] dx, int dx0);

  /** The rehearsals of the routines that most networks need. */
  List<Rehearsal> usual();

  /** The poolings for the kernels of a lookup: a copy for a copy. */
  static Poolings of(MethodHandles.Lookup kernels, VectorSpecies<Float> species) {
    return kernels.lookupClass().isHidden()
        ? (Poolings) Width.instance(kernels, VectorPoolings.class, species)
        : new VectorPoolings();
  }
}
