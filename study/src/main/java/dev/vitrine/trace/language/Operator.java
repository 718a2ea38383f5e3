package dev.vitrine.trace.language;

import dev.vitrine.tensor.Shape;

/** What stands between two expressions. */
public enum Operator {
  /** {@code a + b}; a number on either side goes to every element, here and below. */
  ADD("+"),
  /** {@code a - b}. */
  SUBTRACT("-"),
  /** {@code a * b}, one of them a number. */
  MULTIPLY("*"),
  /** {@code a / b}, element by element. */
  DIVIDE("/"),
  /** {@code a .* b} or {@code a ∘ b}: element by element. */
  HADAMARD(".*"),
  /** {@code a @ b} or {@code a · b}: the matrix product; of two vectors their dot product. */
  PRODUCT("@");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  /** {@return how it is written in ASCII} */
  public String sign() {
    return sign;
  }

  /**
   * {@return the shape of the result}
   *
   * @param a the first operand's
   * @param b the second operand's
   * @param at where the operator stands
   * @throws dev.vitrine.error.UserException if they do not fit
   */
  public Shape shape(Shape a, Shape b, Place at) {
    if (a.rank() == 0 || b.rank() == 0) {
      return a.rank() == 0 ? b : a;
    }
    if (this == MULTIPLY) {
      throw at.fault(
          "* between %s and %s may mean two things: write @ for the matrix product or .* for element by element"
              .formatted(a, b));
    }
    if (this == PRODUCT) {
      return product(a, b, at);
    }
    if (!a.equals(b)) {
      throw at.fault(
          "%s expects two sides of one shape, or a number, but got %s and %s"
              .formatted(sign, a, b));
    }
    return a;
  }

  /** A vector is a column; one row times one column is a number. */
  private static Shape product(Shape a, Shape b, Place at) {
    if (a.rank() == 1 && b.rank() == 1 && a.equals(b)) {
      return Shape.scalar();
    }
    int inner = a.rank() == 1 ? 1 : a.size(1);
    if (inner != b.size(0) || (a.rank() == 1 && b.rank() == 1)) {
      String advice =
          a.rank() == 2 && b.rank() == 2 && a.size(0) == b.size(0)
              ? ": transpose one of them with '"
              : "";
      throw at.fault(
          "The product expects as many columns on its left as rows on its right, but got %s and %s%s"
              .formatted(a, b, advice));
    }
    if (b.rank() == 1) {
      return a.size(0) == 1 ? Shape.scalar() : Shape.of(a.size(0));
    }
    return Shape.of(a.size(0), b.size(1));
  }
}
