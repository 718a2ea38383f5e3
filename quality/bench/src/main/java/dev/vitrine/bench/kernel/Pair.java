package dev.vitrine.bench.kernel;

import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;

/** The two kernels that are compared, and numbers for them. */
final class Pair {
  private static final RandomStream NUMBERS = Seed.of(7).stream("benchmark");

  private Pair() {}

  /** The kernels of a benchmark's parameter. */
  static Kernels kernels(String name) {
    if (name.equals("scalar")) {
      return new ScalarKernels();
    }
    KernelChoice choice = KernelChoice.best();
    if (!choice.reason().isEmpty()) {
      throw new IllegalStateException(choice.reason());
    }
    return choice.kernels();
  }

  /** Uniform numbers in [−1, 1). */
  static float[] numbers(int n) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) NUMBERS.uniform(i, -1, 1);
    }
    return numbers;
  }
}
