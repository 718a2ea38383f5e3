package dev.vitrine.look.kernel;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * Numbers in rows, as they are typed: {@code 0 -1 0; -1 5 -1; 0 -1 0}.
 *
 * @param rows how many, at least 1
 * @param columns how many, at least 1
 * @param values row by row, finite; never changed
 */
public record Matrix(int rows, int columns, double[] values) {
  private static final String NUMBER = "\\d{1,15}(\\.\\d{0,15})?|\\.\\d{1,15}";
  private static final String ENTRY =
      "[-−+]?(%s)([eE][-−+]?\\d{1,3})?(/(%s))?".formatted(NUMBER, NUMBER);

  /** Checks the number of values. */
  public Matrix {
    if (rows < 1 || columns < 1 || values.length != rows * columns) {
      throw new IllegalArgumentException(
          "%s×%s expects %s values, but got %s"
              .formatted(rows, columns, (long) rows * columns, values.length));
    }
  }

  /**
   * {@return the numbers of a text: rows between semicolons or line ends, numbers between spaces or
   * commas, fractions such as {@code 1/9} too}
   *
   * @param what it is, for the sentence, such as {@code kernel}
   * @param text as it was typed
   * @throws UserException if it is not that, or rows have different lengths
   */
  public static Matrix parse(String what, String text) {
    List<double[]> rows =
        Arrays.stream(text.strip().split("[;\\n]", -1)).map(row -> row(what, text, row)).toList();
    int columns = rows.getFirst().length;
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).length != columns) {
        throw new UserException(
            "The rows of the %s are equally long, but row 1 has %s numbers and row %s has %s"
                .formatted(what, columns, i + 1, rows.get(i).length));
      }
    }
    double[] values = rows.stream().flatMapToDouble(Arrays::stream).toArray();
    return new Matrix(rows.size(), columns, values);
  }

  /** {@return whether a text looks like numbers in rows rather than like a name} */
  static boolean looksTyped(String text) {
    return text.strip().matches("(?s)[-−+.\\d].*");
  }

  private static double[] row(String what, String text, String row) {
    String[] words = row.strip().split("[\\s,]+", -1);
    double[] numbers = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      if (!words[i].matches(ENTRY)) {
        throw new UserException(
            "A %s is written as rows between semicolons, such as '0 -1 0; -1 5 -1; 0 -1 0' (fractions such as 1/9 too), but got %s in %s"
                .formatted(what, Quote.of(words[i]), Quote.of(text)));
      }
      numbers[i] = number(what, words[i]);
    }
    return numbers;
  }

  private static double number(String what, String word) {
    String[] parts = word.replace('−', '-').split("/", -1);
    double number = Double.parseDouble(parts[0]);
    double value = parts.length == 1 ? number : number / Double.parseDouble(parts[1]);
    if (!Double.isFinite(value)) {
      throw new UserException(
          "A %s has finite numbers, but %s is none".formatted(what, Quote.of(word)));
    }
    return value;
  }

  /**
   * {@return the number at a place}
   *
   * @param row from 0
   * @param column from 0
   */
  public double at(int row, int column) {
    return values[row * columns + column];
  }

  /** {@return the sum of all} */
  public double sum() {
    return Arrays.stream(values).sum();
  }

  /** {@return the matrix turned by 180°} */
  public Matrix turned() {
    double[] turned = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i] = values[values.length - 1 - i];
    }
    return new Matrix(rows, columns, turned);
  }

  /** {@return the matrix with rows for columns} */
  public Matrix transposed() {
    double[] swapped = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      swapped[i % columns * rows + i / columns] = values[i];
    }
    return new Matrix(columns, rows, swapped);
  }

  /** The matrix with its left and right exchanged. */
  Matrix mirrored() {
    double[] mirrored = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int column = i % columns;
      mirrored[i - column + columns - 1 - column] = values[i];
    }
    return new Matrix(rows, columns, mirrored);
  }

  /**
   * {@return how far two matrices of one size are apart: the largest difference between elements}
   *
   * @param other of the same size
   */
  public double distance(Matrix other) {
    return largest(other, (a, b) -> Math.abs(a - b));
  }

  /** How far this is from the other's negative. */
  double distanceToNegative(Matrix other) {
    return largest(other, (a, b) -> Math.abs(a + b));
  }

  private double largest(Matrix other, DoubleBinaryOperator how) {
    double most = 0;
    for (int i = 0; i < values.length; i++) {
      most = Math.max(most, how.applyAsDouble(values[i], other.values[i]));
    }
    return most;
  }

  /** The largest magnitude. */
  double most() {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}
