package dev.vitrine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Offsets;
import dev.vitrine.kernel.Stencil;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of sums that were announced every tile exists before they are computed. */
class ForecastTest {
  private static final int LANES = Kernels.LANES;
  private static final float[] ANY = new float[1 << 16];

  private final Kernels kernels = new SimdKernels();

  @ParameterizedTest
  @CsvSource({"1, 4, 7, 16", "6, 13, 25, 48", "7, 4, 3, 32", "10, 3, 30, 16", "23, 9, 6, 0"})
  void ofStencils(int rows, int positions, int terms, int step) {
    Stencil stencil = stencil(positions, terms, step);
    kernels.expect(stencil, rows, terms);
    int made = SimdKernels.tilesMade();
    kernels.stencil(
        stencil,
        0,
        stencil.tiles(),
        rows,
        terms,
        ANY,
        0,
        terms,
        ANY,
        0,
        null,
        0,
        0,
        new float[1 << 16],
        0,
        positions * LANES);
    assertThat(SimdKernels.tilesMade()).isEqualTo(made);
  }

  /** The last tile may have fewer positions; x is found by steps, or by a table if that is 0. */
  private static Stencil stencil(int positions, int terms, int step) {
    int tiles = Math.ceilDiv(positions, Stencil.TILE);
    int[] at = IntStream.range(0, tiles * Stencil.TILE).map(p -> p * LANES).toArray();
    int[] lanes = new int[at.length];
    Arrays.fill(lanes, 0, positions, LANES);
    int[] x = IntStream.range(0, terms).map(t -> step == 0 ? t * t : t * step).toArray();
    int[] w = IntStream.range(0, terms).toArray();
    return new Stencil(
        at,
        at,
        positions < at.length ? lanes : null,
        new int[tiles],
        new int[][] {x},
        new int[][] {w});
  }

  @ParameterizedTest
  @CsvSource({"1, 5, 1", "3, 7, 1", "11, 8, 2", "7, 1, 1", "20, 23, 3"})
  void ofCorrelations(int rows, int taps, int gap) {
    Offsets at = Offsets.of(IntStream.range(0, 9).map(p -> p * LANES).toArray());
    int[] tap = IntStream.range(0, taps).map(t -> t * gap * LANES).toArray();
    kernels.expect(rows, at, at, tap);
    int made = SimdKernels.tilesMade();
    kernels.correlate(
        rows, ANY, 0, 9 * LANES, at, ANY, 0, at, tap, new float[rows * taps * LANES], 0);
    assertThat(SimdKernels.tilesMade()).isEqualTo(made);
  }
}
