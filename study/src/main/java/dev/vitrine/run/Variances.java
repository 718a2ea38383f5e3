package dev.vitrine.run;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import java.nio.file.Path;

/** Running variances of a file: those below 0 make numbers that are none, far from their cause. */
final class Variances {
  private Variances() {}

  /**
   * Refuses a negative one.
   *
   * @throws UserException if there is one, naming its tensor
   */
  static void require(Model model, Path file) {
    for (ParameterSpec spec : model.specs()) {
      if (spec.role() != ParameterSpec.Role.RUNNING_VARIANCE) {
        continue;
      }
      for (float variance : model.parameters().get(spec.name())) {
        if (variance < 0) {
          throw new UserException(
              "%s: %s has a variance of %s, but a variance is 0 or more: the numbers are of something else, or damaged"
                  .formatted(file, Quote.of(spec.name()), variance));
        }
      }
    }
  }
}
