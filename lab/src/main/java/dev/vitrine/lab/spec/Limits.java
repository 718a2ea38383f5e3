package dev.vitrine.lab.spec;

import dev.vitrine.error.UserException;
import java.time.Duration;
import java.util.Optional;

/**
 * When a study ends before all is done. What there is then is valid.
 *
 * @param study how long it may take, each time it is run
 * @param trial how long each trial may take, all its parts together
 * @param alike after how many failures of one cause it gives up; 0 for never
 */
public record Limits(Optional<Duration> study, Optional<Duration> trial, int alike) {
  /** No limit. */
  public static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), 0);

  /** Checks the number. */
  public Limits {
    if (alike < 0) {
      throw UserException.expecting(
          "The number of failures alike", "1 or more, or 0 for any number", String.valueOf(alike));
    }
  }
}
