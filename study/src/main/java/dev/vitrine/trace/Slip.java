package dev.vitrine.trace;

import java.util.function.UnaryOperator;

/**
 * Something that people do wrongly.
 *
 * @param kind which of the usual ones
 * @param said what was done, with the formulas at hand
 * @param made puts it into a calculation
 */
record Slip(Kind kind, String said, UnaryOperator<Attempt> made) {
  enum Kind {
    /** In what is calculated. */
    EXPRESSION,
    /** In a local derivative. */
    LOCAL,
    /** In what is derived, or summed up. */
    WAY,
    /** A factor at the end. */
    FACTOR,
    /** The decimal point. */
    DECIMAL;

    /** Whether it changes nothing before the gradient is there. */
    boolean atTheEnd() {
      return this == FACTOR || this == DECIMAL;
    }
  }
}
