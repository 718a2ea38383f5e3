package dev.vitrine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void constant() {
    assertThat(new Schedule.Constant().factor(0)).isEqualTo(1);
    assertThat(new Schedule.Constant().factor(1_000_000)).isEqualTo(1);
  }

  @Test
  void step() {
    Schedule schedule = new Schedule.Step(0.1, 100);
    assertThat(schedule.factor(0)).isEqualTo(1);
    assertThat(schedule.factor(99)).isEqualTo(1);
    assertThat(schedule.factor(100)).isCloseTo(0.1, within(1e-16));
    assertThat(schedule.factor(250)).isCloseTo(0.01, within(1e-16));
  }

  @Test
  void exponential() {
    Schedule schedule = new Schedule.Exponential(0.5);
    assertThat(schedule.factor(0)).isEqualTo(1);
    assertThat(schedule.factor(1)).isEqualTo(0.5);
    assertThat(schedule.factor(10)).isEqualTo(1 / 1024.0);
  }

  /** (1 + 0.0001·t)^−0.75: at t = 10,000 it is 2^−0.75. */
  @Test
  void inverseDecay() {
    Schedule schedule = new Schedule.InverseDecay(1e-4, 0.75);
    assertThat(schedule.factor(0)).isEqualTo(1);
    assertThat(schedule.factor(10_000)).isCloseTo(0.5946035575013605, within(1e-15));
    assertThat(new Schedule.InverseDecay(1, 1).factor(3)).isEqualTo(0.25);
  }

  @Test
  void badNumbersAreRefused() {
    assertThatThrownBy(() -> new Schedule.Step(0, 10))
        .isInstanceOf(UserException.class)
        .hasMessage("The schedule expects a gamma above 0, but got 0");
    assertThatThrownBy(() -> new Schedule.Step(0.5, 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("every");
    assertThatThrownBy(() -> new Schedule.Exponential(Double.POSITIVE_INFINITY))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Infinity");
    assertThatThrownBy(() -> new Schedule.InverseDecay(-1, 1)).isInstanceOf(UserException.class);
  }
}
