package dev.vitrine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums of which the last terms are added later have the bits of those in one go. */
class SumsThatGoOnTest {
  private static final int LANES = Kernels.LANES;
  private static final int TERMS = 37;

  private static float[] numbers(int count, int seed) {
    RandomStream random = Seed.of(seed).stream("numbers");
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.normal(i);
    }
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 2", "7, 4", "13, 3", "2, 9"})
  void bitsAreTheSame(int rows, int positions) {
    Stencil s = stencil(positions);
    float[] w = numbers(rows * TERMS, 1);
    float[] x = numbers(positions * TERMS * LANES, 2);
    float[] expected = new float[rows * positions * LANES];
    float least = Float.NEGATIVE_INFINITY;
    int yRow = positions * LANES;
    new ScalarKernels()
        .stencil(
            s, 0, s.tiles(), rows, TERMS, w, 0, TERMS, x, 0, null, 0, least, expected, 0, yRow);
    Stencil goesOn = s.beginning(Stencil.Begin.NUMBER_THERE);
    for (Kernels kernels : kernels()) {
      float[] y = new float[expected.length];
      for (int from = 0; from < TERMS; from += 10) {
        int terms = Math.min(10, TERMS - from);
        kernels.stencil(
            goesOn,
            0,
            s.tiles(),
            rows,
            terms,
            w,
            from,
            TERMS,
            x,
            from * LANES,
            null,
            0,
            least,
            y,
            0,
            yRow);
      }
      assertThat(y).as(kernels.name()).isEqualTo(expected);
    }
  }

  private static List<Kernels> kernels() {
    return List.of(
        new ScalarKernels(),
        SimdProvider.ofWidth(128),
        SimdProvider.ofWidth(256),
        SimdProvider.ofWidth(512));
  }

  private static Stencil stencil(int positions) {
    int tiles = Math.ceilDiv(positions, Stencil.TILE);
    int[] base = new int[tiles * Stencil.TILE];
    int[] place = new int[base.length];
    int[] lanes = new int[base.length];
    for (int p = 0; p < positions; p++) {
      base[p] = p * TERMS * LANES;
      place[p] = p * LANES;
      lanes[p] = LANES;
    }
    int[] xTerm = IntStream.range(0, TERMS).map(t -> t * LANES).toArray();
    int[] wTerm = IntStream.range(0, TERMS).toArray();
    return new Stencil(
        base,
        place,
        positions < base.length ? lanes : null,
        new int[tiles],
        new int[][] {xTerm},
        new int[][] {wTerm});
  }
}
