package dev.vitrine.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.digits.Digits;
import dev.vitrine.image.Polarity;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolaritiesTest {
  private static final int SIDE = 8;

  /** Pictures of a square on a ground: the first so many light on dark, the others not. */
  private static Dataset squares(int count, int light, int channels) {
    int pixels = SIDE * SIDE * channels;
    byte[] all = new byte[count * pixels];
    for (int i = 0; i < all.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE % SIDE;
      boolean square = x >= 3 && x < 5 && y >= 3 && y < 5;
      all[i] = (byte) (square == i / pixels < light ? 255 : 0);
    }
    Shape shape = Shape.of(channels, SIDE, SIDE);
    return Dataset.of("squares", shape, all, new byte[count], List.of("square"));
  }

  @Test
  void digitsAreLightOnDark() {
    Dataset digits = Digits.train(Seed.of(1), 1200);
    assertThat(Polarities.of(digits)).contains(new Polarities(1, 0));
  }

  @Test
  void allAreLookedAtOrAThousandAtEqualDistances() {
    assertThat(Polarities.of(squares(4, 3, 1))).contains(new Polarities(0.75, 0.25));
    assertThat(Polarities.of(squares(2500, 500, 3))).contains(new Polarities(0.2, 0.8));
  }

  @Test
  void otherChannelsAreNoPictures() {
    assertThat(Polarities.of(squares(4, 3, 2))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, LIGHT_ON_DARK", "0.6, 0.01, LIGHT_ON_DARK", "0.599, 0, UNCLEAR",
    "0.9, 0.011, UNCLEAR", "0.01, 0.6, DARK_ON_LIGHT", "0.011, 0.9, UNCLEAR",
    "0, 0.599, UNCLEAR", "0, 0, UNCLEAR",
  })
  void usual(double light, double dark, Polarity polarity) {
    assertThat(new Polarities(light, dark).usual()).isEqualTo(polarity);
  }
}
