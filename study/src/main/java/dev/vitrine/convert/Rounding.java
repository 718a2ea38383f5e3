package dev.vitrine.convert;

import dev.vitrine.format.DType;
import java.util.Objects;

/**
 * What became of numbers that were written in another type.
 *
 * @param dtype the type
 * @param difference the largest that was made to a number that stays finite
 * @param overflows how many finite numbers are too large for it, and infinite now
 */
public record Rounding(DType dtype, double difference, long overflows) {
  /** Refuses {@code null}. */
  public Rounding {
    Objects.requireNonNull(dtype, "dtype");
  }
}
