package dev.vitrine.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.optim.Schedule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    "multistep:0.1:30:50, 29, 1",
    "multistep:0.1:30:50, 30, 0.1",
    "multistep:0.1:30:50, 80, 0.01",
    "cosine:100, 50, 0.5",
    "cosine:100:0.2, 25, 0.8828427124746191",
    "cosine:100:0.2, 1000, 0.2",
    "onecycle:100, 0, 0.04",
    "onecycle:100:0.5, 49, 1",
    "warmup:10, 0, 0.1",
    "warmup:10, 100, 1",
    "warmup:10*exponential:0.9, 4, 0.32805",
    "plateau:0.5:3, 4, 1",
    "plateau:0.5:3:0.01, 4, 1",
    "'constant@10,cosine:100', 9, 1",
    "'warmup:5*constant@10,step:0.5:10@20,cosine:100', 25, 0.5",
    "'warmup:5*constant@10,step:0.5:10@20,cosine:100', 80, 0.5",
  })
  void textsAreReadAndWrittenBack(String text, long step, double factor) {
    Schedule schedule = Schedules.parse(text);
    assertThat(schedule.factor(step)).isCloseTo(factor, within(1e-15));
    assertThat(Schedules.text(schedule)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|one of constant, cosine, exponential, inverse, multistep, onecycle, plateau, step, warmup, but got \"\"",
        "linear|one of constant, cosine, exponential, inverse, multistep, onecycle, plateau, step, warmup, but got \"linear\"",
        "exponental:1|one of constant, cosine, exponential, inverse, multistep, onecycle, plateau, step, warmup, but got \"exponental:1\"; did you mean \"exponential\"?",
        "constant:1|constant, but got \"constant:1\"",
        "step|step:GAMMA:EVERY, but got \"step\"",
        "step:0.5|step:GAMMA:EVERY, but got \"step:0.5\"",
        "inverse:1|inverse:GAMMA:POWER, but got \"inverse:1\"",
        "cosine|cosine:STEPS or cosine:STEPS:LEAST, but got \"cosine\"",
        "onecycle:9:0.3:1|onecycle:STEPS or onecycle:STEPS:RISE, but got \"onecycle:9:0.3:1\"",
        "multistep:0.1|multistep:GAMMA:AT:AT…, but got \"multistep:0.1\"",
        "multistep:0.1:5:5|stairs at rising steps from 1 on, but got \"[5, 5]\"",
        "plateau:0.5:3:1|a least factor in [0, 1), but got 1",
        "plateau:2:3|a factor in (0, 1], but got 2",
        "plateau:0.5:0|a patience of 1 epoch or more, but got 0",
        "plateau:0.5:1.5|a whole number below 2^31 after a colon, but got \"plateau:0.5:1.5\"",
        "onecycle:1|2 or more steps, but got 1",
        "warmup:0|1 or more steps, but got 0",
        "step:0.5:1.5|a whole number below 2^63 after a colon, but got \"step:0.5:1.5\"",
        "exponential:|a number after a colon, but got \"exponential:\"",
        "constant@x,cosine:9|a whole number below 2^63 after the @, but got \"constant@x,cosine:9\"",
        "constant@0,cosine:9|1 or more steps, but got 0",
        "constant,cosine:9|A@STEPS,B for one after another, such as constant@100,cosine:900, but got \"constant,cosine:9\"",
        "constant@9|A@STEPS,B for one after another, such as constant@100,cosine:900, but got \"constant@9\"",
        "constant@9,|one of constant, cosine, exponential, inverse, multistep, onecycle, plateau, step, warmup, but got \"\"",
        "warmup:3*|one of constant, cosine, exponential, inverse, multistep, onecycle, plateau, step, warmup, but got \"\"",
      })
  void whatIsWrongIsSaid(String text, String expected) {
    assertThatThrownBy(() -> Schedules.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessage("The schedule expects " + expected);
  }

  /** PyTorch 2's OneCycleLR of 10 steps at a largest rate of 1, by its formula. */
  @Test
  void oneCycle() {
    Schedule schedule = new Schedule.OneCycle(10, 0.3);
    assertThat(schedule.factor(1)).isCloseTo(0.52, within(1e-12));
    assertThat(schedule.factor(2)).isEqualTo(1);
    assertThat(schedule.factor(9)).isCloseTo(4e-6, within(1e-12));
    assertThat(schedule.factor(99)).isCloseTo(4e-6, within(1e-12));
    assertThat(new Schedule.OneCycle(4, 0.25).factor(0)).isEqualTo(1);
    assertThat(new Schedule.OneCycle(4, 1).factor(9)).isEqualTo(1);
  }

  /** A new one without a text fails here. */
  @Test
  void everyScheduleHasAText() {
    assertThat(
            Stream.of(
                    "constant",
                    "step:0.5:10",
                    "multistep:0.5:10",
                    "exponential:0.9",
                    "inverse:0.0001:0.75",
                    "cosine:9",
                    "onecycle:9",
                    "plateau:0.1:3",
                    "warmup:9",
                    "warmup:9*cosine:9",
                    "constant@9,cosine:9")
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

  @Test
  void oneAfterAnotherWithinAProductHasNoText() {
    Schedule then = Schedules.parse("constant@9,cosine:9");
    assertThatThrownBy(() -> Schedules.text(new Schedule.Product(List.of(then, then))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("one after another only as a whole, or last");
    assertThat(Schedules.text(new Schedule.Then(new Schedule.Constant(), 5, then)))
        .isEqualTo("constant@5,constant@9,cosine:9");
  }
}
