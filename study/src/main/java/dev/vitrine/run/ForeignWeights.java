package dev.vitrine.run;

import dev.vitrine.transfer.Conventions;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of numbers that are not a checkpoint's of Vitrine.
 *
 * @param key the place in the file below which they lie; empty to look for them everywhere
 * @param conventions how they lie, as far as somebody says it
 */
public record ForeignWeights(Optional<String> key, Conventions conventions) {
  /** Refuses {@code null}. */
  public ForeignWeights {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(conventions, "conventions");
  }
}
