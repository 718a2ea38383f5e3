package dev.vitrine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearMap;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.Stencil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What sums become at a floor is what {@link Math#max(float, float)} says, of zeros of either sign
 * and of what is no number, too.
 */
class FloorTest {
  private static final int LANES = Kernels.LANES;
  private static final float[] ODD = {
    Float.NaN, -0f, 0f, -1, 1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -Float.MIN_VALUE
  };

  /** With a bias of −0, a sum of −0 stays one. */
  private static final float[] BIAS = {-0f};

  private static float[] numbers(int vectors) {
    float[] x = new float[vectors * LANES];
    for (int i = 0; i < x.length; i++) {
      x[i] = ODD[(i + i / LANES) % ODD.length];
    }
    return x;
  }

  private static float[] expected(float[] x, float floor) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.max(x[i], floor);
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"128, 0", "256, 0", "512, 0", "128, -Infinity", "256, -Infinity", "512, -Infinity"})
  void stencils(int bits, float floor) {
    int[] at = {0, LANES, 2 * LANES, 3 * LANES};
    int[][] term = {{0}};
    Stencil stencil = new Stencil(at, at, null, new int[1], term, term);
    float[] x = numbers(Stencil.TILE);
    float[] y = new float[x.length];
    SimdProvider.ofWidth(bits)
        .stencil(stencil, 0, 1, 1, 1, new float[] {1}, 0, 1, x, 0, BIAS, 0, floor, y, 0, 0);
    assertThat(y).isEqualTo(expected(x, floor));
  }

  @ParameterizedTest
  @CsvSource({"128, 0", "256, 0", "512, 0", "128, -Infinity", "256, -Infinity", "512, -Infinity"})
  void linearPasses(int bits, float floor) {
    int vectors = 3;
    LinearPass pass =
        new LinearPass(
            new LinearMap(new double[][] {{1}}),
            LinearPass.Store.FINISH,
            0,
            0,
            vectors,
            LANES,
            LANES,
            0,
            0);
    float[] x = numbers(vectors);
    float[] y = new float[x.length];
    SimdProvider.ofWidth(bits).linear(pass, 1, x, 0, BIAS, 0, floor, y, 0);
    assertThat(y).isEqualTo(expected(x, floor));
  }
}
