package dev.vitrine.error;

import java.util.function.DoublePredicate;

/**
 * Which numbers a setting may be. Settings are given as doubles and calculated with in single
 * precision: the number must be in the range there too, and must not become 0 if it was not.
 */
public enum Range {
  /** Above 0. */
  POSITIVE(value -> value > 0),
  /** 0 or more. */
  FROM_ZERO(value -> value >= 0),
  /** A share in [0, 1). */
  BELOW_ONE(value -> value >= 0 && value < 1),
  /** A weight in (0, 1]. */
  UP_TO_ONE(value -> value > 0 && value <= 1),
  /** Any that is finite but 0. */
  NOT_ZERO(value -> value != 0),
  /** Any that is finite. */
  FINITE(_ -> true);

  private final DoublePredicate holds;

  Range(DoublePredicate holds) {
    this.holds = holds;
  }

  /**
   * Refuses a number that is not in the range.
   *
   * @param setting what is set, which begins the sentence, such as {@code The learning rate}
   * @param expected the range in words, such as {@code a number above 0}
   * @param value what was given
   * @throws UserException if it is not, as a double or in single precision
   */
  public void require(String setting, String expected, double value) {
    if (!Double.isFinite(value) || !holds.test(value)) {
      throw UserException.expecting(setting, expected, Decimal.text(value));
    }
    float single = (float) value;
    boolean lost = single == 0 && value != 0;
    if (lost || !Float.isFinite(single) || !holds.test(single)) {
      String becomes =
          "%s that single precision can tell from %s".formatted(expected, Decimal.text(single));
      throw UserException.expecting(setting, becomes, Decimal.text(value));
    }
  }
}
