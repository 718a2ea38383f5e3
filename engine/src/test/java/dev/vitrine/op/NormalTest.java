package dev.vitrine.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {
  /** Φ to 17 digits, from 40-digit arithmetic; both methods' ranges and both sides of 3. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "-0.5, 0.3085375387259869",
    "-1, 0.15865525393145705",
    "-2.5, 0.0062096653257761352",
    "-2.999, 0.0013543365337271067",
    "-3.001, 0.001345472825084966",
    "-5, 2.8665157187919391e-7",
    "-10, 7.6198530241605261e-24",
    "-30, 4.9067139271481871e-198"
  })
  void cumulative(double x, double expected) {
    assertThat(Normal.cumulative(x)).isCloseTo(expected, withinPercentage(1e-10));
    assertThat(Normal.cumulative(-x)).isCloseTo(1 - expected, withinPercentage(1e-10));
  }

  @Test
  void itsLimits() {
    assertThat(Normal.cumulative(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Normal.cumulative(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Normal.cumulative(Double.NaN)).isNaN();
  }

  /** The density is the slope of the distribution. */
  @Test
  void density() {
    double h = 1e-5;
    for (double x = -6; x <= 6; x += 0.37) {
      double slope = (Normal.cumulative(x + h) - Normal.cumulative(x - h)) / (2 * h);
      assertThat(Normal.density(x)).isCloseTo(slope, org.assertj.core.api.Assertions.within(1e-9));
    }
  }
}
