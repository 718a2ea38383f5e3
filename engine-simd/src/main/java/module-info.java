/** The Vector API kernels: the only user of {@code jdk.incubator.vector}. */
module dev.vitrine.engine.simd {
  requires dev.vitrine.engine;
  requires jdk.incubator.vector;

  exports dev.vitrine.kernel.simd;
}
