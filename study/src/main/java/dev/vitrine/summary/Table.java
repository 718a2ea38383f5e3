package dev.vitrine.summary;

import dev.vitrine.report.Numbers;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns under headings. A cell is a {@link Share}, a whole number, a real one or a text; how it
 * looks is for whoever writes the table.
 *
 * @param columns what stands in each
 * @param rows as many cells each as there are columns
 * @param totals the last line; empty for none
 */
public record Table(List<Column> columns, List<List<Object>> rows, List<Object> totals) {
  /**
   * A column.
   *
   * @param key its name for scripts, such as {@code flops_forward}
   * @param heading its name for people
   * @param text whether it holds texts, which begin at the left
   */
  public record Column(String key, String heading, boolean text) {}

  /**
   * A part of a whole, in [0, 1].
   *
   * @param value the part divided by the whole
   */
  public record Share(double value) {}

  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    totals = List.copyOf(totals);
  }

  /** A cell as people read it: a dash for nothing, commas in what is large. */
  static String shown(Object cell) {
    return switch (cell) {
      case Long n -> n == 0 ? "–" : Numbers.count(n);
      case Double x -> x == 0 ? "–" : Numbers.significant(x, 3);
      case Share share -> share.value() == 0 ? "–" : Numbers.percentDigits(share.value(), 1) + " %";
      default -> cell.toString();
    };
  }

  /**
   * {@return the sizes as one says them: {@code 16×10×10}}
   *
   * @param shape any shape
   */
  public static String sizes(Shape shape) {
    return shape.rank() == 0
        ? "1"
        : IntStream.of(shape.sizes()).mapToObj(Integer::toString).collect(Collectors.joining("×"));
  }

  /** Several shapes: those of branches differ in their channels, {@code 64+128×28×28}. */
  static String sizes(List<Shape> shapes) {
    if (shapes.size() < 2) {
      return shapes.isEmpty() ? "" : sizes(shapes.getFirst());
    }
    if (shapes.stream().distinct().count() == 1) {
      return "%s of %s".formatted(shapes.size(), sizes(shapes.getFirst()));
    }
    String first = sizes(shapes.getFirst());
    String rest = first.substring(first.indexOf('×') < 0 ? first.length() : first.indexOf('×'));
    boolean branches =
        shapes.getFirst().rank() == 3
            && shapes.stream().allMatch(s -> sizes(s).endsWith(rest) && s.rank() == 3);
    return branches
        ? shapes.stream().map(s -> "" + s.size(0)).collect(Collectors.joining("+")) + rest
        : shapes.stream().map(Table::sizes).collect(Collectors.joining(", "));
  }

  /** {@return the table as Markdown, numbers at the right; every line ends with a line feed} */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    line(text, columns.stream().map(Column::heading).toList());
    line(text, columns.stream().map(column -> column.text() ? "---" : "---:").toList());
    rows.forEach(row -> line(text, row.stream().map(Table::shown).toList()));
    if (!totals.isEmpty()) {
      line(
          text,
          totals.stream().map(Table::shown).map(s -> s.isEmpty() ? "" : "**" + s + "**").toList());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(
        cells.stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  /** {@return the rows as CSV (RFC 4180) under the columns' keys, without totals; bare numbers} */
  public String csv() {
    StringBuilder text = new StringBuilder();
    text.append(columns.stream().map(Column::key).collect(Collectors.joining(",", "", "\r\n")));
    for (List<Object> row : rows) {
      text.append(row.stream().map(Table::bare).collect(Collectors.joining(",", "", "\r\n")));
    }
    return text.toString();
  }

  private static String bare(Object cell) {
    String text =
        switch (cell) {
          case Double x -> String.format(Locale.ROOT, "%.6g", x);
          case Share share -> String.format(Locale.ROOT, "%.6g", share.value());
          default -> cell.toString();
        };
    return text.matches("(?s).*[\",\r\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }
}
