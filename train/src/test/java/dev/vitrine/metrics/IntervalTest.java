package dev.vitrine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
  /** The first four from Newcombe (1998), table I, method 3, to his four places. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0, 0.1611",
    "1, 29, 0.0061, 0.1718",
    "29, 29, 0.8830, 1",
  })
  void agreesWithThePublishedIntervals(long successes, long trials, double low, double high) {
    Interval interval = Interval.wilson95(successes, trials);

    assertThat(interval.low()).isCloseTo(low, within(5e-5));
    assertThat(interval.high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void mirrorsWhenSuccessAndFailureSwap() {
    Interval wins = Interval.wilson95(9908, 10_000);
    Interval losses = Interval.wilson95(92, 10_000);

    assertThat(wins.low()).isCloseTo(1 - losses.high(), within(1e-12));
    assertThat(wins.high()).isCloseTo(1 - losses.low(), within(1e-12));
    assertThat(wins.low()).isLessThan(0.9908);
    assertThat(wins.high()).isGreaterThan(0.9908);
  }

  @Test
  void staysInsideZeroAndOneAtTheEnds() {
    assertThat(Interval.wilson95(0, 0)).isEqualTo(new Interval(0, 1));
    for (long trials = 1; trials < 500; trials++) {
      assertThat(Interval.wilson95(0, trials).low()).isZero();
      assertThat(Interval.wilson95(trials, trials).high()).isEqualTo(1);
    }
  }

  @Test
  void refusesMoreSuccessesThanTrials() {
    assertThatThrownBy(() -> Interval.wilson95(3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Wilson's interval expects 0 ≤ successes ≤ trials, but got 3 of 2");
  }
}
