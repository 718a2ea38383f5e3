package dev.vitrine.summary;

import dev.vitrine.report.Numbers;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A count as a person would write it on paper.
 *
 * @param of what is counted, such as {@code parameters}
 * @param text the formula with its numbers in, such as {@code (5·5·6 + 1)·16}
 * @param value what it comes to
 * @param unit what the value is in, such as {@code B}; empty for a bare number
 */
public record Formula(String of, String text, double value, String unit) {
  /** A count without a unit. */
  static Formula of(String of, String text, long value) {
    return new Formula(of, text, value, "");
  }

  /** {@return the value as people read it, with its unit} */
  public String result() {
    String number =
        value == Math.rint(value) ? Numbers.count((long) value) : Numbers.significant(value, 3);
    return unit.isEmpty() ? number : number + " " + unit;
  }

  /** The whole line: {@code (5·5·6 + 1)·16 = 2,416}. */
  @Override
  public String toString() {
    return text.equals(result()) ? text : text + " = " + result();
  }

  /** Factors with dots between them; ones among others are left in, as shapes have them. */
  static String product(int... factors) {
    return factors.length == 0
        ? "1"
        : Arrays.stream(factors).mapToObj(Formula::factor).collect(Collectors.joining("·"));
  }

  /** Two products as one. */
  static int[] join(int[] a, int... b) {
    return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
  }

  private static String factor(int n) {
    return n < 10_000 ? Integer.toString(n) : Numbers.count(n);
  }
}
