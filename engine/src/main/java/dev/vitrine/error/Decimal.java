package dev.vitrine.error;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Real numbers as people write and read them: {@code 0.0005}, {@code 1e-8}, {@code 3}. */
public final class Decimal {
  private static final Pattern FORM =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  /** Any digit of the number itself that is not 0. */
  private static final Pattern NOT_ZERO = Pattern.compile("[^eE]*[1-9].*");

  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");

  private static final double SMALLEST_PLAIN = 1e-4;
  private static final double LARGEST_PLAIN = 1e7;

  private Decimal() {}

  /**
   * {@return the number that is written, to the nearest double}
   *
   * @param text decimal, such as {@code 0.05} or {@code 5e-2}
   * @throws NumberFormatException if it is none, or is not zero but too small for a double, or too
   *     large; its message is what was expected, such as {@code a number}
   */
  public static double parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new NumberFormatException("a number");
    }
    double value = Double.parseDouble(text);
    boolean lost = value == 0 && NOT_ZERO.matcher(text).matches();
    if (lost || Double.isInfinite(value)) {
      throw new NumberFormatException("0 or a number of a size from 4.9e-324 to 1.8e308");
    }
    return value;
  }

  /**
   * {@return the whole number that is written, in the digits 0 to 9: Java's own reading takes those
   * of all scripts}
   *
   * @param text such as {@code 64} or {@code -1}
   * @throws NumberFormatException if it is none, or too large for a long
   */
  public static long parseLong(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new NumberFormatException("a whole number");
    }
    return Long.parseLong(text);
  }

  /**
   * {@return the whole number that is written, as {@link #parseLong} reads it}
   *
   * @param text such as {@code 64} or {@code -1}
   * @throws NumberFormatException if it is none, or too large for an int
   */
  public static int parseInt(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new NumberFormatException("a whole number");
    }
    return Integer.parseInt(text);
  }

  /**
   * {@return the shortest text that {@link #parse} reads as this number, with an exponent if it is
   * far}
   *
   * @param value any number
   */
  public static String text(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    double size = Math.abs(value);
    if (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN) {
      return digits.toPlainString();
    }
    int exponent = digits.precision() - 1 - digits.scale();
    return digits.movePointLeft(exponent).toPlainString() + "e" + exponent;
  }
}
