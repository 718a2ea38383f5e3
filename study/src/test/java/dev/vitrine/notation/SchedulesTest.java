package dev.vitrine.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.optim.Schedule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {
  @ParameterizedTest
  @CsvSource({
    "constant, 1000, 1",
    "step:0.5:10, 9, 1",
    "step:0.5:10, 10, 0.5",
    "step:0.5:10, 29, 0.25",
    "exponential:0.9, 2, 0.81",
    "inverse:0.0001:0.75, 0, 1",
    "inverse:0.0001:0.75, 10000, 0.5946035575013605",
  })
  void textsAreReadAndWrittenBack(String text, long step, double factor) {
    Schedule schedule = Schedules.parse(text);
    assertThat(schedule.factor(step)).isCloseTo(factor, within(1e-15));
    assertThat(Schedules.text(schedule)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "linear", "constant:1", "step", "step:0.5", "inverse:1"})
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> Schedules.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The schedule expects constant, step:GAMMA:EVERY, exponential:GAMMA or"
                + " inverse:GAMMA:POWER, but got \"%s\"",
            text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "step:0.5:1.5|a whole number below 2^63 after a colon, but got \"step:0.5:1.5\"",
        "exponential:|a number after a colon, but got \"exponential:\"",
        "exponental:1|constant, step:GAMMA:EVERY, exponential:GAMMA or inverse:GAMMA:POWER, but got"
            + " \"exponental:1\"; did you mean \"exponential\"?",
      })
  void whatIsWrongIsSaid(String text, String expected) {
    assertThatThrownBy(() -> Schedules.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessage("The schedule expects " + expected);
  }

  /** A new one without a text fails here. */
  @Test
  void everyScheduleHasAText() {
    assertThat(
            Stream.of("constant", "step:0.5:10", "exponential:0.9", "inverse:0.0001:0.75")
                .<Object>map(text -> Schedules.parse(text).getClass()))
        .containsExactlyInAnyOrder((Object[]) Schedule.class.getPermittedSubclasses());
  }

  @Test
  void rangesAreChecked() {
    assertThatThrownBy(() -> Schedules.parse("step:0:10"))
        .hasMessage("The schedule expects a gamma above 0, but got 0");
    assertThatThrownBy(() -> Schedules.parse("step:0.5:0"))
        .hasMessage("The schedule expects an every of 1 or more, but got 0");
  }
}
