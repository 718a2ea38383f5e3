package dev.vitrine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.image.Normalisation;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardisationTest {
  private static final Targets TWO = Targets.Classes.of(List.of("a", "b"), 0, 1);

  @Test
  void imagesAreMeasuredByChannelOnTheScaleOfOne() {
    byte[] pixels = {0, (byte) 255, 51, 51, 0, (byte) 255, 51, 51};
    Normalisation found = Standardisation.of(Dataset.of("t", Shape.of(2, 1, 2), pixels, TWO));
    assertThat(found.divisor()).isEqualTo(255);
    assertThat(found.mean()).containsExactly(0.5, 0.2);
    assertThat(found.deviation()).containsExactly(0.5, 1.0);
  }

  /** A mean far from 0 keeps the digits that the deviation needs. */
  @Test
  void featuresGetTheMean0AndTheDeviation1() {
    float[] values = {1_000_000, 0.001f, 7, 1_000_001, 0.003f, 7};
    Dataset data = Dataset.of("t", Shape.of(3), values, TWO);
    Normalisation found = Standardisation.of(data);
    assertThat(found.divisor()).isEqualTo(1);
    float[] one = new float[3];
    for (int i = 0; i < 2; i++) {
      data.read(i, one);
      found.apply(one, data.shape());
      assertThat(one[0]).isCloseTo(2 * i - 1, within(1e-5f));
      assertThat(one[1]).isCloseTo(2 * i - 1, within(1e-5f));
      assertThat(one[2]).isZero();
    }
  }
}
