package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import java.util.Optional;

/** Counts that options give. */
final class Counts {
  private Counts() {}

  /**
   * A count of at least 1.
   *
   * @param absent what stands for an option that was not given; nobody may give it
   */
  static int positive(String option, Optional<Integer> value, int absent) {
    value
        .filter(number -> number < 1)
        .ifPresent(number -> {
          throw UserException.expecting(option, "1 or more", number.toString());
        });
    return value.orElse(absent);
  }
}
