package dev.vitrine.op;

import dev.vitrine.error.Decimal;
import java.util.List;
import java.util.Objects;

/**
 * What an op computes and what becomes of gradients, as one writes it on paper. Whoever shows how a
 * derivative comes about takes it from here, so it stands once, beside the rule that is computed.
 *
 * <p>Of a function of single numbers, applied element by element, {@code derivatives} are ∂y/∂x for
 * each input x, written as expressions: {@code + - * / ^}, parentheses, functions by their names,
 * and {@code a where x > 0, else b}; lines before the last name what it uses ({@code u = 2*x;
 * exp(u)}). A test evaluates them. Of any other op they are the gradients of its inputs, in terms
 * of {@code dy}, the output's gradient.
 *
 * @param inputs the names of the inputs in the texts
 * @param value y in terms of the inputs
 * @param derivatives one for each input that has one, in order; 0 for an input without
 * @param byOutput the derivative in terms of the output y alone; empty if it cannot be said so
 * @param elementwise whether it is a function of single numbers
 */
public record Formula(
    List<String> inputs,
    String value,
    List<String> derivatives,
    String byOutput,
    boolean elementwise) {
  /** Copies the lists. */
  public Formula {
    inputs = List.copyOf(inputs);
    derivatives = List.copyOf(derivatives);
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(byOutput, "byOutput");
    if (inputs.size() != derivatives.size()) {
      throw new IllegalArgumentException(
          "A formula of %s inputs has %s derivatives".formatted(inputs.size(), derivatives.size()));
    }
  }

  /**
   * {@return that of a function of one number, x}
   *
   * @param value y in terms of x
   * @param derivative dy/dx in terms of x
   */
  static Formula ofNumber(String value, String derivative) {
    return new Formula(List.of("x"), value, List.of(derivative), "", true);
  }

  /**
   * {@return that of a function of two numbers, a and b}
   *
   * @param value y in terms of a and b
   * @param byA ∂y/∂a
   * @param byB ∂y/∂b
   */
  static Formula ofNumbers(String value, String byA, String byB) {
    return new Formula(List.of("a", "b"), value, List.of(byA, byB), "", true);
  }

  /**
   * {@return that of an op whose elements depend on each other}
   *
   * @param inputs the names of the inputs
   * @param value y in terms of the inputs
   * @param gradients that of each input, in terms of the inputs, y and dy
   */
  public static Formula of(List<String> inputs, String value, String... gradients) {
    return new Formula(inputs, value, List.of(gradients), "", false);
  }

  /** The same, whose derivative can be had from the output alone. */
  Formula orByOutput(String text) {
    return new Formula(inputs, value, derivatives, text, elementwise);
  }

  /** A number as it stands in a formula. */
  static String number(double value) {
    return value < 0 ? "(" + Decimal.text(value) + ")" : Decimal.text(value);
  }
}
