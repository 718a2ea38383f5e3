package dev.vitrine.kernel;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The kernels that run here, and why.
 *
 * @param kernels the fastest that work
 * @param reason why they are not the SIMD ones, in one sentence; empty if they are
 */
public record KernelChoice(Kernels kernels, String reason) {
  /** Set to {@code scalar} to run without the Vector API. */
  public static final String PROPERTY = "vitrine.kernels";

  /**
   * Multiply–accumulates that scalar kernels have done by the time vector ones are compiled: of the
   * first picture of ResNet-50, 4.1 thousand million, they are soonest done, of VGG-16's, 15, not.
   */
  private static final long LITTLE = 4_500_000_000L;

  private static final String WITHOUT_VECTORS =
      "The Vector API is not loaded (on the class path, start Java with --add-modules jdk.incubator.vector)";

  private static final String ADVICE = "; scalar kernels run instead, many times slower";

  /** {@return the kernels of the first provider that works, or the scalar ones} */
  public static KernelChoice best() {
    if ("scalar".equals(System.getProperty(PROPERTY))) {
      return scalar("The property " + PROPERTY + " asks for scalar kernels");
    }
    if (!FusedMultiplyAdd.IN_HARDWARE) {
      return scalar(
          "This processor has no fused multiply-add (FMA), or this JVM does not use it: each is computed in software, hundreds of times slower than elsewhere");
    }
    try {
      Iterator<KernelProvider> providers =
          ServiceLoader.load(KernelProvider.class, KernelChoice.class.getClassLoader()).iterator();
      return providers.hasNext()
          ? new KernelChoice(providers.next().kernels(), "")
          : scalar("The artifact vitrine-engine-simd is not on the module or class path" + ADVICE);
    } catch (NoClassDefFoundError e) {
      return scalar(WITHOUT_VECTORS + ADVICE);
    } catch (ServiceConfigurationError e) {
      if (e.getCause() instanceof NoClassDefFoundError) {
        return scalar(WITHOUT_VECTORS + ADVICE);
      }
      throw e;
    } catch (UnsupportedOperationException e) {
      return scalar(e.getMessage() + ADVICE);
    }
  }

  /**
   * {@return the kernels for a process that does some work once and ends: where there is little of
   * it, the scalar ones, which need not wait for C2, to the same bits}
   *
   * @param macs multiply–accumulates in all
   */
  public static KernelChoice once(long macs) {
    return macs < LITTLE ? scalar("") : best();
  }

  private static KernelChoice scalar(String reason) {
    return new KernelChoice(new ScalarKernels(), reason);
  }
}
