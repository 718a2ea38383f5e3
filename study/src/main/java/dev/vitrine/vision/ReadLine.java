package dev.vitrine.vision;

import java.util.List;

/**
 * A line as it was read.
 *
 * @param digits from left to right, at least one
 * @param alternatives other readings of the same line and how likely each is of all, the likeliest
 *     first
 */
public record ReadLine(List<ReadDigit> digits, List<Alternative> alternatives) {
  /** Their own lists. */
  public ReadLine {
    digits = List.copyOf(digits);
    alternatives = List.copyOf(alternatives);
  }

  /**
   * Another reading.
   *
   * @param text its digits
   * @param probability of all readings that were kept
   */
  public record Alternative(String text, double probability) {}

  /** {@return the digits as text} */
  public String text() {
    return text(0);
  }

  /**
   * {@return the digits as text, {@code ?} for those that are less probable}
   *
   * @param least the least probability
   */
  public String text(double least) {
    StringBuilder text = new StringBuilder();
    digits.forEach(
        digit -> text.append(digit.probability() < least ? "?" : Integer.toString(digit.digit())));
    return text.toString();
  }
}
