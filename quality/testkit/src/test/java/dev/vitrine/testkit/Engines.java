package dev.vitrine.testkit;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.kernel.simd.SimdProvider;
import java.util.List;

/** The kernels and numbers of threads that tests compare. */
final class Engines {
  static final Oracle.Engine SCALAR = new Oracle.Engine(new ScalarKernels(), 1);
  static final Oracle.Engine SIMD = new Oracle.Engine(new SimdProvider().kernels(), 1);

  private Engines() {}

  /** All kernel sets, and both of the usual ones on three threads. */
  static List<Oracle.Engine> all() {
    return List.of(
        SCALAR,
        new Oracle.Engine(SCALAR.kernels(), 3),
        new Oracle.Engine(SIMD.kernels(), 3),
        ofWidth(128),
        ofWidth(256),
        ofWidth(512));
  }

  private static Oracle.Engine ofWidth(int bits) {
    Kernels kernels = SimdProvider.ofWidth(bits);
    return new Oracle.Engine(kernels, 1);
  }
}
