package dev.vitrine.look.kernel;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A kernel with what it is called.
 *
 * @param name one of {@link #NAMES} with its settings, or {@code typed}
 * @param numbers the kernel
 */
public record Kernel(String name, Matrix numbers) {
  /** The names that there are. */
  public static final List<String> NAMES =
      List.of(
          "identity",
          "box",
          "gauss",
          "sharpen",
          "sobel",
          "sobel-x",
          "sobel-y",
          "laplace",
          "emboss");

  private static final int LARGEST = 99;
  private static final double THIRDS = 6;

  /**
   * {@return a kernel by name, such as {@code gauss}, {@code box:5} or {@code gauss:7:1.5}, or as
   * typed in rows}
   *
   * @param text a name, with a side and a deviation where there are such, or numbers
   * @throws UserException if it is neither
   */
  public static Kernel parse(String text) {
    if (Matrix.looksTyped(text) || text.isBlank()) {
      return new Kernel("typed", Matrix.parse("kernel", text));
    }
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
    boolean sized = parts[0].equals("box") || parts[0].equals("gauss");
    if (!NAMES.contains(parts[0])) {
      throw UserException.unknown("kernel", text.strip(), NAMES);
    }
    if (parts.length > (parts[0].equals("gauss") ? 3 : sized ? 2 : 1)) {
      throw new UserException(
          "A kernel's settings are box:SIDE and gauss:SIDE:DEVIATION, but got " + Quote.of(text));
    }
    return new Kernel(text.strip(), named(parts));
  }

  private static Matrix named(String... parts) {
    return switch (parts[0]) {
      case "identity" -> Matrix.parse("kernel", "0 0 0; 0 1 0; 0 0 0");
      case "sharpen" -> Matrix.parse("kernel", "0 -1 0; -1 5 -1; 0 -1 0");
      case "sobel", "sobel-x" -> Matrix.parse("kernel", "1 0 -1; 2 0 -2; 1 0 -1");
      case "sobel-y" -> Matrix.parse("kernel", "1 2 1; 0 0 0; -1 -2 -1");
      case "laplace" -> Matrix.parse("kernel", "0 1 0; 1 -4 1; 0 1 0");
      case "emboss" -> Matrix.parse("kernel", "-2 -1 0; -1 1 1; 0 1 2");
      case "box" -> box(side(parts));
      case "gauss" -> gauss(side(parts), deviation(parts));
      case String other -> throw new IllegalArgumentException("No kernel " + other);
    };
  }

  private static int side(String... parts) {
    if (parts.length < 2) {
      return 3;
    }
    if (!parts[1].matches("[1-9]\\d?")) {
      throw UserException.expecting(
          "The side of a %s kernel".formatted(parts[0]), "1 to " + LARGEST, Quote.of(parts[1]));
    }
    return Integer.parseInt(parts[1]);
  }

  private static double deviation(String... parts) {
    if (parts.length < 3) {
      return side(parts) / THIRDS; // three deviations to either side
    }
    if (!parts[2].matches("\\d{1,3}(\\.\\d{1,6})?") || Double.parseDouble(parts[2]) == 0) {
      throw UserException.expecting(
          "The deviation of a gauss kernel", "a number of pixels above 0", Quote.of(parts[2]));
    }
    return Double.parseDouble(parts[2]);
  }

  private static Matrix box(int side) {
    double[] values = new double[side * side];
    java.util.Arrays.fill(values, 1.0 / values.length);
    return new Matrix(side, side, values);
  }

  /** The bell's values at the pixels' middles, made to sum to 1. */
  private static Matrix gauss(int side, double deviation) {
    double[] line = new double[side];
    double sum = 0;
    for (int i = 0; i < side; i++) {
      double away = (i - (side - 1) / 2.0) / deviation;
      line[i] = StrictMath.exp(-away * away / 2);
      sum += line[i];
    }
    double[] values = new double[side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = line[i / side] * line[i % side] / (sum * sum);
    }
    return new Matrix(side, side, values);
  }

  /** {@return the rows as text, each number as short as it can be} */
  public List<String> rows() {
    return rows(numbers);
  }

  /**
   * {@return a matrix as lines of columns, numbers right-aligned}
   *
   * @param matrix of any size
   */
  public static List<String> rows(Matrix matrix) {
    List<String> cells = new ArrayList<>();
    for (double value : matrix.values()) {
      cells.add(text(value));
    }
    int width = cells.stream().mapToInt(String::length).max().orElse(1);
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < matrix.rows(); row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < matrix.columns(); column++) {
        String cell = cells.get(row * matrix.columns() + column);
        line.append(" ".repeat(width - cell.length() + (column == 0 ? 0 : 2))).append(cell);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /**
   * {@return a number with at most four digits behind the point, without zeros at its end}
   *
   * @param value any finite number
   */
  public static String text(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    String trimmed = text.replaceAll("0+$", "").replaceAll("\\.$", "");
    return (trimmed.equals("-0") ? "0" : trimmed).replace('-', '−');
  }
}
