package dev.vitrine.kernel;

/**
 * How a module of kernels is found: by {@link java.util.ServiceLoader}. {@link KernelChoice} asks.
 */
public interface KernelProvider {
  /**
   * {@return the kernels for this machine and JVM}
   *
   * @throws UnsupportedOperationException with the reason in one sentence, if they would not be
   *     faster than the scalar ones
   */
  Kernels kernels();
}
