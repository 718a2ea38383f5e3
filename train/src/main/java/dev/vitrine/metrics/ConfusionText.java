package dev.vitrine.metrics;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A confusion matrix for a terminal: one row per actual class with its recall at the right, one
 * column per predicted class with its precision below, in per cent, the accuracy in the corner.
 * Where a class name is long, all stand at the rows alone, and the columns are headed by indices.
 * Where the columns are too many for the screen they come in pieces below each other, each with the
 * rows' names.
 */
public final class ConfusionText {
  /** Column heads up to this long are class names; if one is longer, all are indices. */
  private static final int LONGEST_HEAD = 6;

  private static final int MARKED_PAIRS = 5;
  private static final int RECALL_WIDTH = 8;

  /** More pieces than this nobody puts together. */
  private static final int MOST_PIECES = 4;

  private static final String PRECISION = "precision";
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String MARK = "\u001b[1;33m";
  private static final String RESET = "\u001b[0m";

  private final ConfusionMatrix matrix;
  private final List<String> names;
  private final boolean ansi;
  private final boolean indexed;
  private final int headWidth;
  private final int cellWidth;
  private final int columns;
  private final Set<ConfusedPair> marked;

  private ConfusionText(ConfusionMatrix matrix, List<String> names, boolean ansi, int columns) {
    this.matrix = matrix;
    this.names = names;
    this.ansi = ansi;
    this.columns = columns;
    indexed = names.stream().anyMatch(name -> width(name) > LONGEST_HEAD);
    headWidth = Math.max(PRECISION.length(), Math.min(widest(this::rowHead), columns / 3));
    // A margin such as 99.9 needs four places; one more separates the columns.
    cellWidth = 1 + Math.max(Math.max(4, widest(this::columnHead)), widestCount());
    marked = new HashSet<>(matrix.confusedPairs().stream().limit(MARKED_PAIRS).toList());
  }

  /**
   * {@return what {@link #render(ConfusionMatrix, List, boolean, int)} gives for any width}
   *
   * @param matrix the counts
   * @param classNames the name of each class
   * @param ansi whether to emphasise with ANSI escapes
   * @throws IllegalArgumentException if there are not as many names as classes
   */
  public static String render(ConfusionMatrix matrix, List<String> classNames, boolean ansi) {
    return render(matrix, classNames, ansi, Integer.MAX_VALUE);
  }

  /**
   * {@return the matrix as lines, each ended by a line feed; a sentence if it has too many classes
   * for so narrow a screen}
   *
   * @param matrix the counts
   * @param classNames the name of each class
   * @param ansi whether to emphasise with ANSI escapes: the diagonal bold, zeros dim, the five most
   *     confused pairs bold yellow
   * @param columns how many characters fit next to each other
   * @throws IllegalArgumentException if there are not as many names as classes
   */
  public static String render(
      ConfusionMatrix matrix, List<String> classNames, boolean ansi, int columns) {
    if (classNames.size() != matrix.classes()) {
      throw new IllegalArgumentException(
          "A confusion matrix of %s classes expects as many names, but got %s"
              .formatted(matrix.classes(), classNames.size()));
    }
    return new ConfusionText(matrix, classNames, ansi, columns).pieces();
  }

  private String pieces() {
    int classes = matrix.classes();
    int room = Math.max(1, (columns - headWidth) / cellWidth);
    int roomAtLast = Math.max(1, (columns - headWidth - RECALL_WIDTH) / cellWidth);
    int pieces = 1 + Math.ceilDiv(Math.max(0, classes - roomAtLast), room);
    if (pieces > MOST_PIECES) {
      return String.format(
          Locale.ROOT,
          "The confusion matrix of %,d classes is too wide for this screen\n",
          classes);
    }
    int last = Math.min(roomAtLast, Math.ceilDiv(classes, pieces));
    StringBuilder text = new StringBuilder();
    for (int piece = 0, from = 0; piece < pieces; piece++) {
      boolean end = piece == pieces - 1;
      int to = end ? classes : from + Math.ceilDiv(classes - last - from, pieces - 1 - piece);
      text.append(text.isEmpty() ? "" : "\n").append(lines(from, to, end));
      from = to;
    }
    return text.toString();
  }

  /** Some of the columns, at the end with the recall. */
  private String lines(int from, int to, boolean end) {
    var heads =
        Stream.of(
            " ".repeat(headWidth + cellWidth - 1) + style(DIM, "read as →"),
            style(DIM, right("actual ↓", headWidth))
                + cells(from, to, c -> left(columnHead(c), cellWidth))
                + (end ? style(DIM, left("recall", RECALL_WIDTH)) : ""));
    var rows = IntStream.range(0, matrix.classes()).mapToObj(row -> row(row, from, to, end));
    return Stream.of(heads, rows, Stream.of(precisions(from, to, end)))
        .flatMap(lines -> lines)
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private String row(int actual, int from, int to, boolean end) {
    ClassScores scores = matrix.scores(actual);
    return right(rowHead(actual), headWidth)
        + cells(from, to, predicted -> cell(actual, predicted))
        + (end ? left(percent(scores.correct(), scores.support()), RECALL_WIDTH) : "");
  }

  private String precisions(int from, int to, boolean end) {
    return style(DIM, right(PRECISION, headWidth))
        + cells(from, to, c -> left(precision(matrix.scores(c)), cellWidth))
        + (end ? style(BOLD, left(percent(matrix.correct(), matrix.total()), RECALL_WIDTH)) : "");
  }

  private static String precision(ClassScores scores) {
    return percent(scores.correct(), scores.predicted());
  }

  private String cell(int actual, int predicted) {
    long count = matrix.count(actual, predicted);
    String text = left(count == 0 ? "·" : Long.toString(count), cellWidth);
    if (actual == predicted) {
      return style(BOLD, text);
    }
    if (count == 0) {
      return style(DIM, text);
    }
    return marked.contains(new ConfusedPair(actual, predicted, count)) ? style(MARK, text) : text;
  }

  private String rowHead(int index) {
    return indexed
        ? String.format(Locale.ROOT, "%2d %s", index, names.get(index))
        : names.get(index);
  }

  private String columnHead(int index) {
    return indexed ? Integer.toString(index) : names.get(index);
  }

  private static String cells(int from, int to, IntFunction<String> cell) {
    return IntStream.range(from, to).mapToObj(cell).collect(Collectors.joining());
  }

  private int widest(IntFunction<String> text) {
    return IntStream.range(0, names.size()).map(c -> width(text.apply(c))).max().orElse(0);
  }

  private int widestCount() {
    long largest = Arrays.stream(matrix.counts()).flatMapToLong(Arrays::stream).max().orElse(0);
    return Long.toString(largest).length();
  }

  /** Only what is perfect reads 100: 99.96 is cut to 99.9. Nothing of nothing is a dash. */
  private static String percent(long part, long whole) {
    if (whole == 0) {
      return "–";
    }
    if (part == whole) {
      return "100";
    }
    double rounded = Math.round(1000.0 * part / whole) / 10.0;
    return String.format(Locale.ROOT, "%.1f", Math.min(rounded, 99.9));
  }

  private String style(String escape, String text) {
    return ansi ? escape + text + RESET : text;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String left(String text, int width) {
    return " ".repeat(Math.max(0, width - width(text))) + text;
  }

  private static String right(String text, int width) {
    if (width(text) > width) {
      return text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }
    return text + " ".repeat(Math.max(0, width - width(text)));
  }
}
