package dev.vitrine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Lanes;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumLanesTest {
  private static final int MOST = 37;

  /** Numbers whose sums differ by the order in which they are added. */
  private static float[] vectors() {
    float[] x = new float[Kernels.LANES * MOST];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (StrictMath.sin(i) * (1 << i % 13));
    }
    return x;
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void sumsInTheOrderOfLanes(int bits) {
    Kernels kernels = SimdProvider.ofWidth(bits);
    float[] x = vectors();
    for (int n = 0; n <= MOST; n++) {
      float[] expected = new float[MOST + 2];
      for (int i = 0; i < n; i++) {
        expected[1 + i] = Lanes.sum(x, i * Kernels.LANES);
      }
      float[] y = new float[MOST + 2];
      kernels.sumLanes(x, 0, n, y, 1);
      assertThat(y).as("%s vectors", n).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void sumsInPlace(int bits) {
    float[] x = vectors();
    float[] expected = new float[MOST];
    for (int i = 0; i < MOST; i++) {
      expected[i] = Lanes.sum(x, i * Kernels.LANES);
    }
    SimdProvider.ofWidth(bits).sumLanes(x, 0, MOST, x, 0);
    assertThat(Arrays.copyOf(x, MOST)).isEqualTo(expected);
  }
}
