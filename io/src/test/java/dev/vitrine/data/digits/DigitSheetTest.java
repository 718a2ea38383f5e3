package dev.vitrine.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Raster;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DigitSheetTest {
  private static final Seed SEED = Seed.of(42);
  private static final List<String> TEN = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  @Test
  void rowsAreDigitsAndRealOnesStandToTheRight() {
    Raster alone = DigitSheet.compose(SEED, Optional.empty(), 3);
    byte[] pixels = new byte[2 * 784];
    Arrays.fill(pixels, (byte) 201);
    Dataset real = Dataset.of("real", Digits.SHAPE, pixels, new byte[] {7, 7}, TEN);
    Raster both = DigitSheet.compose(SEED, Optional.of(real), 3);

    assertThat(both.height()).isEqualTo(alone.height());
    assertThat(both.width()).isGreaterThan(2 * alone.width() - 40);
    // A point of the first drawn seven, which is the first 7 of the test split, enlarged twice.
    int step = 2 * 28 + 4;
    int top = 2 * 7 + 8 + 4 + 7 * step;
    int left = alone.width() - 3 * step;
    Dataset drawn = Digits.test(SEED, 30);
    int seven = 0;
    while (drawn.label(seven) != 7) {
      seven++;
    }
    for (int pixel = 0; pixel < 784; pixel++) {
      int x = left + pixel % 28 * 2;
      int y = top + pixel / 28 * 2;
      assertThat(alone.get(x, y, 0)).isEqualTo(drawn.pixel(seven, pixel));
      assertThat(both.get(x + 1, y + 1, 0)).isEqualTo(drawn.pixel(seven, pixel));
    }
    int right = both.width() - 3 * step + 30;
    assertThat(both.get(right, top + 30, 0)).isEqualTo(201);
    assertThat(both.get(right + step, top + 30, 0)).isEqualTo(201);
    assertThat(both.get(right + 2 * step, top + 30, 0)).as("no third seven").isZero();
    assertThat(both.get(right, top + 30 - step, 0)).as("no six").isZero();
  }

  @Test
  void whatFitsNoSheetIsToldSo() {
    assertThatThrownBy(() -> DigitSheet.compose(SEED, Optional.empty(), 0))
        .isInstanceOf(UserException.class)
        .hasMessage("A sheet of digits expects 1 to 100 columns, but got 0");
    Dataset tiny =
        Dataset.of("tiny", Shape.of(1, 2, 2), new byte[4], new byte[1], List.of("a", "b"));
    assertThatThrownBy(() -> DigitSheet.compose(SEED, Optional.of(tiny), 4))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "A sheet of digits expects images of (1, 28, 28) in 10 classes,"
                + " but tiny has (1, 2, 2) in 2");
  }
}
