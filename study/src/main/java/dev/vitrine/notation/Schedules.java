package dev.vitrine.notation;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.optim.Schedule;
import java.util.List;
import java.util.Locale;

/**
 * Learning-rate schedules as texts: {@code constant}, {@code step:GAMMA:EVERY}, {@code
 * exponential:GAMMA} and {@code inverse:GAMMA:POWER}; steps are counted in batches.
 */
public final class Schedules {
  private static final String SCHEDULE = "The schedule";

  private static final List<String> KINDS = List.of("constant", "step", "exponential", "inverse");

  private Schedules() {}

  /**
   * {@return the schedule of a text}
   *
   * @param text such as {@code exponential:0.9996}, in any case
   * @throws UserException if it is none
   */
  public static Schedule parse(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split(":", -1);
    try {
      if (parts[0].equals("constant") && parts.length == 1) {
        return new Schedule.Constant();
      }
      if (parts[0].equals("step") && parts.length == 3) {
        return new Schedule.Step(Decimal.parse(parts[1]), whole(parts[2]));
      }
      if (parts[0].equals("exponential") && parts.length == 2) {
        return new Schedule.Exponential(Decimal.parse(parts[1]));
      }
      if (parts[0].equals("inverse") && parts.length == 3) {
        return new Schedule.InverseDecay(Decimal.parse(parts[1]), Decimal.parse(parts[2]));
      }
    } catch (NumberFormatException e) {
      throw UserException.expecting(SCHEDULE, e.getMessage() + " after a colon", Quote.of(text));
    }
    throw UserException.expecting(
        SCHEDULE,
        "constant, step:GAMMA:EVERY, exponential:GAMMA or inverse:GAMMA:POWER",
        Quote.of(text),
        KINDS.contains(parts[0]) ? "" : Nearest.hint(parts[0], KINDS));
  }

  private static long whole(String text) {
    try {
      return Decimal.parseLong(text);
    } catch (NumberFormatException e) {
      var expected = new NumberFormatException("a whole number below 2^63");
      expected.initCause(e);
      throw expected;
    }
  }

  /**
   * {@return the text of a schedule, which {@link #parse} reads back}
   *
   * @param schedule one that {@link #parse} can give
   */
  public static String text(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Constant _ -> "constant";
      case Schedule.Step s -> "step:%s:%s".formatted(Decimal.text(s.gamma()), s.every());
      case Schedule.Exponential e -> "exponential:" + Decimal.text(e.gamma());
      case Schedule.InverseDecay d ->
          "inverse:%s:%s".formatted(Decimal.text(d.gamma()), Decimal.text(d.power()));
    };
  }
}
