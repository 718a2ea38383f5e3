package dev.vitrine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static List<ValidationLoss> past(double... losses) {
    List<ValidationLoss> past = new ArrayList<>();
    for (double loss : losses) {
      past.add(new ValidationLoss(10L * (past.size() + 1), loss));
    }
    return past;
  }

  @Test
  void plateauFallsAfterItsPatienceAndCountsAnew() {
    Schedule schedule = new Schedule.Plateau(0.5, 2);
    assertThat(schedule.watches()).isTrue();
    assertThat(schedule.factor(1000)).isEqualTo(1);
    assertThat(schedule.factor(1000, past(3, 4, 2, 2))).isEqualTo(1);
    assertThat(schedule.factor(1000, past(3, 4, 2, 2, 2))).isEqualTo(0.5);
    assertThat(schedule.factor(1000, past(3, 3, 3, 3))).isEqualTo(0.5);
    assertThat(schedule.factor(1000, past(3, 3, 3, 3, 3))).isEqualTo(0.25);
    assertThat(schedule.factor(1000, past(3, 3, 3, 1, 1, 1))).isEqualTo(0.25);
    // A step knows of no validation after it.
    assertThat(schedule.factor(29, past(3, 3, 3))).isEqualTo(1);
    assertThat(schedule.factor(30, past(3, 3, 3))).isEqualTo(0.5);
  }

  @Test
  void plateauHasAFloorIfItIsSaid() {
    Schedule schedule = new Schedule.Plateau(0.5, 1, 0.2);
    assertThat(schedule.factor(1000, past(3, 3, 3))).isEqualTo(0.25);
    assertThat(schedule.factor(1000, past(3, 3, 3, 3))).isEqualTo(0.2);
    assertThat(new Schedule.Plateau(0.5, 1).factor(1000, past(3, 3, 3, 3))).isEqualTo(0.125);
    assertThatThrownBy(() -> new Schedule.Plateau(0.5, 1, 1))
        .hasMessage("The schedule expects a least factor in [0, 1), but got 1");
  }

  @Test
  void plateauWithOthers() {
    Schedule plateau = new Schedule.Plateau(0.5, 1);
    Schedule product = new Schedule.Product(List.of(new Schedule.WarmUp(100), plateau));
    assertThat(product.watches()).isTrue();
    assertThat(product.factor(49, past(3, 3))).isEqualTo(0.25);
    assertThat(product.factor(49)).isEqualTo(0.5);
    Schedule after = new Schedule.Then(new Schedule.Constant(), 10, plateau);
    assertThat(after.watches()).isTrue();
    // The loss of 3 after step 10 is not the new schedule's: 4 and 4 after it are.
    assertThat(after.factor(35, past(3, 4))).isEqualTo(1);
    assertThat(after.factor(35, past(3, 4, 4))).isEqualTo(0.5);
    Schedule before = new Schedule.Then(plateau, 30, new Schedule.Constant());
    assertThat(before.factor(29, past(3, 3))).isEqualTo(0.5);
    assertThat(before.factor(30, past(3, 3))).isEqualTo(1);
    assertThat(new Schedule.WarmUp(3).watches()).isFalse();
  }

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
