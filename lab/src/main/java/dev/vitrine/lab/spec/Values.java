package dev.vitrine.lab.spec;

import dev.vitrine.error.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/** A setting's value as a text, of which equal numbers have only one. */
public final class Values {
  /** The digits that a number has that was calculated: it is to be read, typed and compared. */
  private static final MathContext CALCULATED = new MathContext(4);

  private static final double EXACT = 1L << 53;

  private Values() {}

  /**
   * {@return the value as a study keeps it: {@code 1e-3} and {@code .001} are {@code 0.001}, {@code
   * 1e3} is {@code 1000}, and what is no number stays as it is}
   *
   * @param text as it was written
   */
  public static String canonical(String text) {
    OptionalDouble number = number(text);
    if (number.isEmpty()) {
      return text;
    }
    double value = number.getAsDouble();
    if (value == Math.rint(value) && Math.abs(value) < EXACT) {
      return Long.toString((long) value);
    }
    return Decimal.text(value);
  }

  /**
   * {@return the number that the text is, if it is one}
   *
   * @param text a setting's value
   */
  public static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(Decimal.parse(text));
    } catch (NumberFormatException _) {
      return OptionalDouble.empty();
    }
  }

  /**
   * {@return the text of a number that was calculated, with four digits}
   *
   * @param value a finite number
   * @param whole whether it is to be whole
   */
  public static String calculated(double value, boolean whole) {
    return canonical(
        whole
            ? Long.toString(Math.round(value))
            : Decimal.text(new BigDecimal(value).round(CALCULATED).doubleValue()));
  }
}
