package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.KernelProvider;
import dev.vitrine.kernel.Kernels;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Gives {@link SimdKernels} where the machine and the JVM make them worthwhile. */
public final class SimdProvider implements KernelProvider {
  /** The provider; {@link java.util.ServiceLoader} calls this. */
  public SimdProvider() {}

  /**
   * {@inheritDoc}
   *
   * <p>The first call also begins to have the usual routines compiled, on a thread that ends then.
   */
  @Override
  public Kernels kernels() {
    if (!hasC2()) {
      throw new UnsupportedOperationException(
          "This JVM runs without the C2 compiler, which the Vector API needs");
    }
    if (FloatVector.SPECIES_PREFERRED.vectorBitSize() < 128) {
      throw new UnsupportedOperationException("This machine has no vectors of 128 bits");
    }
    SimdKernels.rehearse();
    return new SimdKernels();
  }

  /** {@return the width in bits that {@link #kernels} uses: the machine's widest} */
  public static int preferredBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }

  /**
   * {@return the same kernels at another vector width}
   *
   * @param bits 128, 256 or 512
   */
  public static Kernels ofWidth(int bits) {
    VectorSpecies<Float> species =
        switch (bits) {
          case 128 -> FloatVector.SPECIES_128;
          case 256 -> FloatVector.SPECIES_256;
          case 512 -> FloatVector.SPECIES_512;
          default ->
              throw new IllegalArgumentException("A width is 128, 256 or 512, but got " + bits);
        };
    return (Kernels) Width.instance(MethodHandles.lookup(), SimdKernels.class, species);
  }

  /** HotSpot says "interpreted mode" without compilers and "emulated-client" with C1 alone. */
  private static boolean hasC2() {
    String mode = System.getProperty("java.vm.info", "");
    return !mode.contains("interpreted") && !mode.contains("emulated-client");
  }
}
