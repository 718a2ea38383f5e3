package dev.vitrine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.kernel.ScalarKernels;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {
  /** A LeNet's answer; and two thousand of them. */
  private static final long MACS = 2_293_000;

  @Test
  void littleWorkDoesNotWaitForVectors() {
    KernelChoice little = KernelChoice.once(MACS);
    assertThat(little.kernels()).isInstanceOf(ScalarKernels.class);
    assertThat(little.reason()).isEmpty();
    KernelChoice much = KernelChoice.once(2_000 * MACS);
    assertThat(much.kernels()).isInstanceOf(SimdKernels.class);
    assertThat(much.reason()).isEqualTo(KernelChoice.best().reason());
  }
}
