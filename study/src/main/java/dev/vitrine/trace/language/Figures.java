package dev.vitrine.trace.language;

import dev.vitrine.error.Decimal;
import dev.vitrine.tensor.Shape;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers, vectors and matrices as a trace writes them. */
public final class Figures {
  private static final int DIGITS = 9;

  /** Elements of vectors and matrices get fewer, so that a row fits a line. */
  private static final int OF_MANY = 6;

  private static final int MOST_ELEMENTS = 64;

  private Figures() {}

  /**
   * {@return a number to nine significant digits}
   *
   * @param value any number
   * @param notation whose minus and powers of ten it has
   */
  public static String number(double value, Notation notation) {
    return signed(rounded(value, DIGITS), notation);
  }

  /**
   * {@return a number to six significant digits, as among many}
   *
   * @param value any number
   * @param notation whose minus and powers of ten it has
   */
  public static String brief(double value, Notation notation) {
    return signed(rounded(value, OF_MANY), notation);
  }

  /**
   * {@return a number to one digit: how far others are apart}
   *
   * @param off the difference
   * @param notation whose minus and powers of ten it has
   */
  public static String rough(double off, Notation notation) {
    return signed(rounded(off, 1), notation);
  }

  /** The plain digits. */
  static String rounded(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "not a number" : value > 0 ? "∞" : "-∞";
    }
    return Decimal.text(new BigDecimal(value).round(new MathContext(digits)).doubleValue());
  }

  private static String signed(String text, Notation notation) {
    int e = text.indexOf('e');
    return switch (notation) {
      case ASCII -> text;
      case UNICODE -> text.replace('-', '−');
      case LATEX ->
          e < 0 ? text : "%s \\cdot 10^{%s}".formatted(text.substring(0, e), text.substring(e + 1));
    };
  }

  /**
   * {@return numbers in their shape: a number, {@code [1, 2]} or {@code [1, 2; 3, 4]}; of very many
   * the first ones}
   *
   * @param value what to write
   * @param notation how
   */
  public static String text(Tensor value, Notation notation) {
    if (value.isScalar()) {
      return number(value.at(0), notation);
    }
    Shape shape = value.shape();
    int columns = shape.size(shape.rank() - 1);
    boolean latex = notation == Notation.LATEX;
    // A vector is a column: on paper it stands upright.
    boolean upright = latex && shape.rank() == 1;
    String within = latex ? " & " : ", ";
    String between = latex ? " \\\\ " : "; ";
    StringBuilder text = new StringBuilder();
    int shown = Math.min(value.size(), MOST_ELEMENTS);
    for (int k = 0; k < shown; k++) {
      if (k > 0) {
        text.append(k % columns == 0 || upright ? between : within);
      }
      text.append(signed(rounded(value.at(k), OF_MANY), notation));
    }
    if (shown < value.size()) {
      text.append(within).append(latex ? "\\dots" : notation == Notation.ASCII ? "..." : "…");
    }
    return latex ? "\\begin{pmatrix} %s \\end{pmatrix}".formatted(text) : "[%s]".formatted(text);
  }

  /**
   * {@return a shape as it stands behind an equation: {@code (4×3)}; empty for a number}
   *
   * @param shape of a value
   * @param notation how
   */
  public static String shape(Shape shape, Notation notation) {
    if (shape.rank() == 0) {
      return "";
    }
    String times =
        switch (notation) {
          case UNICODE -> "×";
          case ASCII -> "x";
          case LATEX -> " \\times ";
        };
    int columns = shape.rank() == 1 ? 1 : shape.size(1);
    return "(%s%s%s)".formatted(shape.size(0), times, columns);
  }
}
