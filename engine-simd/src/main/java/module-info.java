import dev.vitrine.kernel.KernelProvider;
import dev.vitrine.kernel.simd.SimdProvider;

/** The Vector API kernels: the only user of {@code jdk.incubator.vector}. */
module dev.vitrine.engine.simd {
  requires transitive dev.vitrine.engine;
  requires jdk.incubator.vector;

  exports dev.vitrine.kernel.simd;

  provides KernelProvider with
      SimdProvider;
}
