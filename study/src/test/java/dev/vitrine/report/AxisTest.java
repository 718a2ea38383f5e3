package dev.vitrine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  private static List<String> texts(Axis axis) {
    return axis.ticks().stream().map(Axis.Tick::text).toList();
  }

  @Test
  void aPlaceIsReadOffAsFinelyAsTheAxisIsDivided() {
    Axis wide = Axis.linear("", -5, 5, 5);
    assertThat(wide.reading(-2.25)).isEqualTo("−2.3");
    assertThat(wide.reading(-3)).isEqualTo("−3");
    assertThat(Axis.linear("", 0, 20_000, 5).reading(12_345)).isEqualTo("12,345");
    assertThat(Axis.linear("", -0.5, 0.5, 5).reading(-0.03125)).isEqualTo("−0.03");
    assertThat(Axis.linear("", 0, 0.004, 5).reading(0.00125)).isEqualTo("0.0013");
    assertThat(Axis.log("", 1e-4, 1e-1).reading(0.00123456)).isEqualTo("0.00123");
    assertThat(Axis.linear("", 0, 3, 5).reading(1.5)).isEqualTo("1.5");
  }

  @Test
  void linearTicksAreRoundAndCoverTheRange() {
    assertThat(texts(Axis.linear("%", 97.13, 99.08, 5)))
        .containsExactly("97.0", "97.5", "98.0", "98.5", "99.0", "99.5");
    assertThat(texts(Axis.linear("", 0, 1, 6)))
        .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(texts(Axis.linear("", -3, 12_000, 4)))
        .containsExactly("−5,000", "0", "5,000", "10,000", "15,000");
  }

  @Test
  void whatIsCountedHasNoHalves() {
    assertThat(texts(Axis.whole("epoch", 1, 3, 6))).containsExactly("1", "2", "3");
    assertThat(texts(Axis.whole("epoch", 1, 13, 6)))
        .containsExactly("0", "2", "4", "6", "8", "10", "12", "14");
    assertThat(texts(Axis.whole("epoch", 1, 1, 6))).containsExactly("0", "1", "2");
  }

  @Test
  void ticksAreTheDoublesNextToTheirTexts() {
    for (Axis.Tick tick : Axis.linear("", 0, 1, 11).ticks()) {
      assertThat(tick.value()).isEqualTo(Double.parseDouble(tick.text()));
    }
  }

  @Test
  void exactAxesEndWhereAsked() {
    Axis axis = Axis.exact("step", 1, 6_752, 6);

    assertThat(texts(axis)).containsExactly("1,000", "2,000", "3,000", "4,000", "5,000", "6,000");
    assertThat(axis.position(1)).isZero();
    assertThat(axis.position(6_752)).isEqualTo(1);
    assertThat(texts(Axis.exact("epoch", 1, 3, 3))).containsExactly("1", "2", "3");
  }

  @Test
  void logTicksFollowOneTwoFive() {
    assertThat(texts(Axis.log("", 0.0258, 0.24)))
        .containsExactly("0.02", "0.05", "0.1", "0.2", "0.5");
    assertThat(texts(Axis.log("", 0.02, 0.5))).containsExactly("0.02", "0.05", "0.1", "0.2", "0.5");
    assertThat(texts(Axis.log("", 3e-6, 2)))
        .containsExactly("1e−6", "0.00001", "0.0001", "0.001", "0.01", "0.1", "1", "10");
  }

  @Test
  void logPositionsAreRatios() {
    Axis axis = Axis.log("", 0.01, 1);

    assertThat(axis.position(0.01)).isZero();
    assertThat(axis.position(0.1)).isCloseTo(0.5, within(1e-12));
    assertThat(axis.position(1)).isEqualTo(1);
    assertThat(axis.shows(0)).isFalse();
    assertThat(axis.shows(Double.NaN)).isFalse();
  }

  @Test
  void aSingleValueGetsARangeAroundIt() {
    assertThat(Axis.linear("", 4, 4, 5).position(4)).isCloseTo(0.5, within(1e-12));
    assertThat(Axis.linear("", 0, 0, 3).position(0)).isCloseTo(0.5, within(1e-12));
    assertThat(texts(Axis.log("", 0.1, 0.1))).containsExactly("0.1", "0.2");
  }

  @Test
  void anyRangeIsCoveredByAFewAscendingTicks() {
    var random = Seed.of(11).stream("ranges");
    for (int i = 0; i < 2_000; i++) {
      double low = random.normal(3L * i) * Math.pow(10, random.uniform(3L * i + 1, -6, 6));
      double high = low + Math.pow(10, random.uniform(3L * i + 2, -3, 5)) * Math.abs(low);
      Axis linear = Axis.linear("", low, high, 6);
      double least = Math.abs(low);
      Axis log = Axis.log("", least, least * (1 + 1e4 * random.uniform(i)));

      assertThat(linear.ticks()).hasSizeBetween(4, 12);
      assertThat(linear.position(low)).isBetween(-1e-6, 1.0);
      assertThat(linear.position(high)).isBetween(0.0, 1 + 1e-6);
      assertThat(log.position(least)).isBetween(-1e-6, 1.0);
      assertThat(log.ticks())
          .hasSizeBetween(2, 16)
          .isSortedAccordingTo((a, b) -> Double.compare(a.value(), b.value()));
    }
  }

  @Test
  void refusesWhatHasNoAxis() {
    assertThatThrownBy(() -> Axis.log("nats", 0, 1))
        .hasMessage("A logarithmic axis expects positive values, but nats has 0.0 to 1.0");
    assertThatThrownBy(() -> Axis.linear("nats", 0, Double.NaN, 5))
        .hasMessage("Axis nats expects finite ends in order, but got 0.0 to NaN");
  }
}
