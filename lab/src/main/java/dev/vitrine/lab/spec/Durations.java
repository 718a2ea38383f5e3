package dev.vitrine.lab.spec;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 30m}, {@code 1h30m}, {@code 90s}. */
public final class Durations {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})s)?");

  private Durations() {}

  /**
   * {@return the time that is written}
   *
   * @param setting what is set, to begin the sentence with
   * @param text such as {@code 30m}
   * @throws UserException if it is none, or no time at all
   */
  public static Duration parse(String setting, String text) {
    Matcher match = FORM.matcher(text);
    Duration time = match.matches() ? of(match) : Duration.ZERO;
    if (time.isZero()) {
      throw UserException.expecting(setting, "a time such as 30m, 90s or 1h30m", Quote.of(text));
    }
    return time;
  }

  private static Duration of(Matcher match) {
    return Duration.ofHours(part(match.group(1)))
        .plusMinutes(part(match.group(2)))
        .plusSeconds(part(match.group(3)));
  }

  private static long part(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /**
   * {@return the text that {@link #parse} reads as this time, to the second}
   *
   * @param time at least a second
   */
  public static String text(Duration time) {
    String text =
        part(time.toHours(), "h")
            + part(time.toMinutesPart(), "m")
            + part(time.toSecondsPart(), "s");
    return text.isEmpty() ? "0s" : text;
  }

  private static String part(long number, String unit) {
    return number == 0 ? "" : number + unit;
  }
}
