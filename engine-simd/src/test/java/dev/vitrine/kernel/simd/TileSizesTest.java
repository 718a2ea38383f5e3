package dev.vitrine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileSizesTest {
  private static final TileSizes AVX512 = new TileSizes(16, 32);
  private static final TileSizes AVX2 = new TileSizes(8, 16);
  private static final TileSizes NEON = new TileSizes(4, 32);

  private static List<Integer> tiles(TileSizes sizes, int rows, int positions) {
    return tiles(sizes, rows, positions, false);
  }

  private static List<Integer> tiles(TileSizes sizes, int rows, int positions, boolean table) {
    List<Integer> tiles = new ArrayList<>();
    for (int rest = rows; rest > 0; rest -= tiles.getLast()) {
      tiles.add(sizes.rows(rest, positions, table));
    }
    return tiles;
  }

  @Test
  void wideTilesHaveFourPositionsAndShareTheRows() {
    assertThat(tiles(AVX512, 50, 4)).containsExactly(6, 6, 6, 6, 6, 5, 5, 5, 5);
    assertThat(tiles(AVX512, 20, 4)).containsExactly(5, 5, 5, 5);
    assertThat(tiles(AVX512, 7, 4)).containsExactly(4, 3);
    assertThat(AVX512.positions(6, 4)).isEqualTo(4);
    assertThat(tiles(AVX512, 48, 1)).containsExactly(8, 8, 8, 8, 8, 8);
    assertThat(tiles(AVX512, 14, 1)).containsExactly(7, 7);
    assertThat(tiles(AVX512, 12, 2)).containsExactly(6, 6);
  }

  /** Three rows of one position by two vectors are six sums, which wait for each other. */
  @Test
  void narrowTilesHaveSumsEnoughNotToWait() {
    assertThat(tiles(AVX2, 20, 4)).containsExactly(5, 5, 5, 5);
    assertThat(tiles(AVX2, 6, 4)).containsExactly(1, 5);
    assertThat(tiles(AVX2, 7, 4)).containsExactly(2, 5);
    assertThat(tiles(AVX2, 3, 4)).containsExactly(3);
    assertThat(AVX2.positions(5, 4)).isEqualTo(1);
    assertThat(AVX2.positions(2, 4)).isEqualTo(2);
    assertThat(AVX2.positions(1, 4)).isEqualTo(4);
  }

  /** Six rows are twelve sums, with two inputs and one weight: fifteen registers of sixteen. */
  @Test
  void aTableLeavesRoomForASixthRow() {
    assertThat(tiles(AVX2, 6, 4, true)).containsExactly(6);
    assertThat(tiles(AVX2, 16, 4, true)).containsExactlyInAnyOrder(5, 5, 6);
    assertThat(tiles(AVX2, 20, 4, true)).containsExactly(5, 5, 5, 5);
    assertThat(AVX2.positions(6, 4)).isEqualTo(1);
    assertThat(tiles(AVX512, 7, 4, true)).containsExactly(4, 3);
    assertThat(tiles(NEON, 10, 4, true)).containsExactly(5, 5);
  }

  @Test
  void aQuarterVectorMeansFourToAPosition() {
    assertThat(NEON.parts()).isEqualTo(4);
    assertThat(tiles(NEON, 10, 4)).containsExactly(5, 5);
    assertThat(NEON.positions(5, 4)).isEqualTo(1);
    assertThat(NEON.positions(2, 4)).isEqualTo(2);
  }

  /**
   * All factors of a term may be loaded before its first sum; but for a row alone, whose inputs are
   * used once, as they are loaded.
   */
  @Test
  void narrowTilesLeaveRegistersForAllFactors() {
    for (int positions = 1; positions <= 4; positions++) {
      for (int rows = 2; rows <= 60; rows++) {
        for (int count : tiles(NEON, rows, positions)) {
          int inputs = NEON.positions(count, positions) * NEON.parts();
          int registers = count * inputs + inputs + count;
          assertThat(count == 1 ? 0 : registers).isLessThanOrEqualTo(32);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "16, 32, 24, false",
    "8, 16, 10, false",
    "8, 16, 12, true",
    "8, 32, 24, true",
    "4, 32, 20, false",
    "4, 16, 10, false",
    "4, 16, 10, true"
  })
  void noTileHasMoreSumsThanRegistersHold(int length, int registers, int most, boolean table) {
    TileSizes sizes = new TileSizes(length, registers);
    for (int positions = 1; positions <= 4; positions++) {
      for (int rows = 1; rows <= 60; rows++) {
        for (int count : tiles(sizes, rows, positions, table)) {
          int sums = count * sizes.positions(count, positions) * sizes.parts();
          assertThat(sums)
              .as("%s of %s rows, %s positions", count, rows, positions)
              .isBetween(1, most);
        }
        assertThat(tiles(sizes, rows, positions, table).stream().mapToInt(n -> n).sum())
            .isEqualTo(rows);
      }
    }
  }

  /** Two rows by five taps that slide are ten sums, five vectors of x and one of dy: sixteen. */
  @Test
  void correlationsHaveAsManySumsAsTheRegistersHold() {
    assertThat(AVX512.correlateRows(20, 5, true)).isEqualTo(5);
    assertThat(AVX2.correlateRows(20, 5, true)).isEqualTo(2);
    assertThat(AVX2.correlateRows(20, 3, true)).isEqualTo(3);
    assertThat(AVX2.correlateRows(20, 3, false)).isEqualTo(3);
    assertThat(AVX2.taps(20)).isEqualTo(3);
    assertThat(AVX2.correlateRows()).isEqualTo(6);
    assertThat(AVX512.correlateRows()).isEqualTo(5);
    assertThat(AVX2.holdAll(2, 5)).isFalse();
    assertThat(AVX2.holdAll(3, 3)).isTrue();
  }
}
