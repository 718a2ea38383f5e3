package dev.vitrine.trace;

import dev.vitrine.trace.language.Tensor;
import java.util.Optional;

/**
 * A derivative beside its difference quotient.
 *
 * @param quotient what differences say
 * @param off the largest difference of any element
 * @param holds whether they agree, as far as differences can tell
 * @param kink where the function has no derivative: its slopes on both sides; else empty
 */
public record Check(Tensor quotient, double off, boolean holds, Optional<Kink> kink) {
  /**
   * Two slopes at one point.
   *
   * @param left that of smaller numbers
   * @param right that of greater numbers
   */
  public record Kink(double left, double right) {}
}
