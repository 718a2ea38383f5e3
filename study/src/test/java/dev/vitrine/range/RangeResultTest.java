package dev.vitrine.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of losses whose course is known. */
class RangeResultTest {
  private static final RateRange RANGE = new RateRange(1e-4, 1, 201);

  /** Losses by the rate's logarithm to base 10, with noise. */
  private static List<Double> losses(int steps, double noise, DoubleUnaryOperator loss) {
    RandomStream random = Seed.of(3).stream("noise");
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      double exponent = -4 + 4.0 * i / 200;
      losses.add(loss.applyAsDouble(exponent) + noise * random.normal(i));
    }
    return losses;
  }

  /** Falls from 2.3 by 2, steepest at 10^−2. */
  private static double falling(double exponent) {
    return 2.3 - 2 / (1 + Math.exp(-6 * (exponent + 2)));
  }

  @Test
  void theRateOfTheSteepestFall() {
    for (double noise : new double[] {0, 0.05}) {
      RangeResult result =
          RangeResult.of(
              RANGE, losses(201, noise, e -> falling(e) + (e > -1 ? 3 * (e + 1) : 0)), false);
      assertThat(Math.log10(result.suggestion().orElseThrow())).isCloseTo(-2, within(0.15));
      assertThat(result.reason()).endsWith(", and rises from there");
      assertThat(result.points()).hasSize(201);
      assertThat(result.points().getLast().rate()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void aTrainingThatBreaks() {
    RangeResult result = RangeResult.of(RANGE, losses(160, 0, RangeResultTest::falling), true);
    assertThat(result.reason())
        .isEqualTo(
            "At 0.01 the loss falls fastest; it is lowest at 0.15, and the training breaks at 0.15");
    assertThat(result.toJson()).containsEntry("suggested_rate", 0.01).containsEntry("broken", true);
  }

  @Test
  void aFallThatGoesOnToTheEnd() {
    RangeResult result =
        RangeResult.of(RANGE, losses(201, 0, e -> 2.3 - (e + 4) * (e + 4) / 16), false);
    assertThat(result.reason())
        .endsWith("; it still falls at the largest rate, so try a range with larger ones");
  }

  @Test
  void noFallIsNoSuggestion() {
    RangeResult flat = RangeResult.of(RANGE, losses(201, 0.05, _ -> 2.3), false);
    assertThat(flat.suggestion()).isEmpty();
    assertThat(flat.reason())
        .isEqualTo(
            "No rate from 0.0001 to 1 made the loss fall: try other rates, or another start of the weights");
    assertThat(RangeResult.of(RANGE, losses(201, 0.05, e -> 6 + e), false).suggestion()).isEmpty();
    assertThat(RangeResult.of(RANGE, List.of(), true).suggestion()).isEmpty();
    assertThat(RangeResult.of(RANGE, List.of(2.0), true).points()).hasSize(1);
  }

  @Test
  void theSpreadHasBothEnds() {
    RangeResult result = RangeResult.of(RANGE, losses(201, 0, RangeResultTest::falling), false);
    assertThat(result.spread(5))
        .containsExactly(
            result.points().get(0),
            result.points().get(50),
            result.points().get(100),
            result.points().get(150),
            result.points().get(200));
    assertThat(result.spread(500)).isEqualTo(result.points());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|FROM:TO or FROM:TO:STEPS, such as 1e-4:1, but got \"1\"",
        "1:x|FROM:TO or FROM:TO:STEPS, such as 1e-4:1, but got \"1:x\"",
        "0:1|rates above 0, but got 0",
        "1:0.1|a last rate above the first, but got 1 and 0.1",
        "0.1:1:5|20 to 1,000,000 steps, but got 5",
      })
  void badRanges(String text, String sentence) {
    assertThatThrownBy(() -> RateRange.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessage("The range of learning rates expects " + sentence);
  }

  @Test
  void ranges() {
    assertThat(RateRange.parse("1e-4:1")).isEqualTo(new RateRange(1e-4, 1, 200));
    assertThat(RateRange.parse("1e-5:10:200")).isEqualTo(RateRange.USUAL);
  }
}
