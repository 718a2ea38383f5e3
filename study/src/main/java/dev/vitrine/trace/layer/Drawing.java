package dev.vitrine.trace.layer;

import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Numbers in rows and columns, as lines of text, in Unicode. */
public final class Drawing {
  /** What a zero is drawn as where most are. */
  public static final String NOTHING = "⋅";

  private static final int ROOM = 100;
  private static final int BETWEEN = 4;

  /** Columns of a matrix with their numbers; a wider one is drawn by a sign for each entry. */
  private static final int MOST_COLUMNS = 24;

  private Drawing() {}

  /**
   * {@return a number to six digits}
   *
   * @param value any
   */
  public static String number(double value) {
    return Figures.brief(value, Notation.UNICODE);
  }

  /**
   * {@return one block for each plane of an array: a vector is a row, an image a block for each
   * channel}
   *
   * @param name what stands above
   * @param values row-major
   * @param shape theirs
   */
  public static List<List<String>> blocks(String name, double[] values, Shape shape) {
    return blocks(name, shape, k -> number(values[k]));
  }

  /** The same of any signs. */
  static List<List<String>> blocks(String name, Shape shape, IntFunction<String> cells) {
    int rank = shape.rank();
    int columns = rank == 0 ? 1 : shape.size(rank - 1);
    int rows = rank < 2 ? 1 : shape.size(rank - 2);
    int planes = shape.elements() / (rows * columns);
    List<List<String>> blocks = new ArrayList<>();
    for (int p = 0; p < planes; p++) {
      String title = name + (planes == 1 ? "" : "[%s]".formatted(plane(p, shape)));
      int first = p * rows * columns;
      blocks.add(block(title, rows, columns, k -> cells.apply(first + k)));
    }
    return blocks;
  }

  private static String plane(int p, Shape shape) {
    int[] outer = Arrays.copyOf(shape.sizes(), shape.rank() - 2);
    return Places.index(p, Shape.of(outer));
  }

  private static List<String> block(
      String title, int rows, int columns, IntFunction<String> cells) {
    List<String> texts = IntStream.range(0, rows * columns).mapToObj(cells).toList();
    int[] widths = new int[columns];
    for (int k = 0; k < texts.size(); k++) {
      widths[k % columns] = Math.max(widths[k % columns], width(texts.get(k)));
    }
    List<String> lines = new ArrayList<>(List.of(title));
    for (int i = 0; i < rows; i++) {
      StringBuilder line = new StringBuilder();
      for (int j = 0; j < columns; j++) {
        line.append(j == 0 ? "" : " ").append(right(texts.get(i * columns + j), widths[j]));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /**
   * {@return blocks beside each other, as many as a line has room for, the rest below}
   *
   * @param blocks lines each
   */
  public static List<String> beside(List<List<String>> blocks) {
    List<String> lines = new ArrayList<>();
    List<List<String>> row = new ArrayList<>();
    int used = 0;
    for (List<String> block : blocks) {
      int width = block.stream().mapToInt(Drawing::width).max().orElse(0) + BETWEEN;
      if (used + width > ROOM && !row.isEmpty()) {
        flush(row, lines);
        used = 0;
      }
      row.add(block);
      used += width;
    }
    flush(row, lines);
    return lines;
  }

  private static void flush(List<List<String>> row, List<String> lines) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    int height = row.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < height; i++) {
      StringBuilder line = new StringBuilder();
      for (List<String> block : row) {
        int width = block.stream().mapToInt(Drawing::width).max().orElse(0);
        line.append(left(i < block.size() ? block.get(i) : "", width + BETWEEN));
      }
      lines.add(line.toString().stripTrailing());
    }
    row.clear();
  }

  /** A matrix with names of its rows; a zero is a point. */
  static List<String> matrix(double[][] entries, List<String> rows, List<String> columns) {
    boolean wide = columns.size() > MOST_COLUMNS;
    int left = rows.stream().mapToInt(Drawing::width).max().orElse(0);
    List<String> lines = new ArrayList<>();
    int[] widths = new int[columns.size()];
    if (!wide) {
      for (int j = 0; j < widths.length; j++) {
        widths[j] = width(columns.get(j));
        for (double[] row : entries) {
          widths[j] = Math.max(widths[j], width(entry(row[j])));
        }
      }
      StringBuilder head = new StringBuilder(" ".repeat(left + 1));
      for (int j = 0; j < widths.length; j++) {
        head.append(' ').append(right(columns.get(j), widths[j]));
      }
      lines.add(head.toString());
    }
    for (int i = 0; i < entries.length; i++) {
      StringBuilder line = new StringBuilder(left(rows.get(i), left)).append(' ');
      for (int j = 0; j < widths.length; j++) {
        line.append(
            wide
                ? entries[i][j] == 0 ? NOTHING : entries[i][j] > 0 ? "■" : "□"
                : " " + right(entry(entries[i][j]), widths[j]));
      }
      lines.add(line.toString());
    }
    if (wide) {
      lines.add("■ above 0, □ below 0");
    }
    return lines;
  }

  private static String entry(double value) {
    return value == 0 ? NOTHING : number(value);
  }

  /**
   * {@return what is added up, as a sum: {@code 2·3 − 1·4}}
   *
   * @param terms with their signs; none sum to 0
   */
  public static String sum(List<String> terms) {
    StringBuilder text = new StringBuilder();
    for (String term : terms) {
      if (text.isEmpty()) {
        text.append(term);
      } else {
        text.append(term.startsWith("−") ? " − " + term.substring(1) : " + " + term);
      }
    }
    return text.isEmpty() ? "0" : text.toString();
  }

  /**
   * {@return a factor behind another: a negative one in parentheses}
   *
   * @param value any number
   */
  public static String factor(double value) {
    return value < 0 ? "(%s)".formatted(number(value)) : number(value);
  }

  /** How many places a text takes. */
  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /**
   * {@return columns: the first to the left, others to the right}
   *
   * @param rows cells, as many in each
   */
  public static List<String> table(List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int j = 0; j < widths.length; j++) {
        widths[j] = Math.max(widths[j], width(row.get(j)));
      }
    }
    return rows.stream()
        .map(row -> {
          StringBuilder line = new StringBuilder(left(row.getFirst(), widths[0]));
          for (int j = 1; j < widths.length; j++) {
            line.append("  ").append(right(row.get(j), widths[j]));
          }
          return line.toString();
        })
        .toList();
  }

  private static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - width(text))) + text;
  }
}
