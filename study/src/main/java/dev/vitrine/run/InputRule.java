package dev.vitrine.run;

import dev.vitrine.error.UserException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/** How the normalisation of a run's inputs was come by, where nobody said all numbers. */
public enum InputRule {
  /** Divided as is usual for such data: images by 255, features not at all. */
  USUAL,
  /** Measured on what is learned from: its mean and deviation, by channel or feature. */
  MEASURED;

  /** {@return as a configuration has it} */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return what {@link #text} gives}
   *
   * @param text the rule's name in small letters
   * @throws UserException if there is none
   */
  public static InputRule parse(String text) {
    Objects.requireNonNull(text, "text");
    return Arrays.stream(values())
        .filter(rule -> rule.text().equals(text))
        .findFirst()
        .orElseThrow(() ->
            UserException.unknown(
                "rule for inputs", text, Arrays.stream(values()).map(InputRule::text).toList()));
  }
}
