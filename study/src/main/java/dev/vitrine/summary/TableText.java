package dev.vitrine.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table for a terminal: aligned, and where it is too wide, in pieces below each other and with
 * long texts cut.
 */
public final class TableText {
  private static final String GAP = "  ";

  /** What a text is not cut below. */
  private static final int LEAST = 8;

  private TableText() {}

  /**
   * {@return the table; every line ends with a line feed}
   *
   * @param table what is laid out
   * @param width how many columns of characters there are; the first column of the table is
   *     repeated in every piece
   */
  public static String render(Table table, int width) {
    int[] widths = fitted(table, widths(table), width);
    StringBuilder text = new StringBuilder();
    for (List<Integer> piece : balanced(widths, width)) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      render(table, piece, widths, text);
    }
    return text.toString();
  }

  private static int[] widths(Table table) {
    int[] widths = new int[table.columns().size()];
    for (int c = 0; c < widths.length; c++) {
      int column = c;
      int widest = table.columns().get(c).heading().length();
      for (List<Object> row : table.rows()) {
        widest = Math.max(widest, Table.shown(row.get(column)).length());
      }
      if (!table.totals().isEmpty()) {
        widest = Math.max(widest, Table.shown(table.totals().get(column)).length());
      }
      widths[c] = widest;
    }
    return widths;
  }

  /** Cuts texts that would not fit beside the first column, at most half of it; numbers never. */
  private static int[] fitted(Table table, int[] widths, int width) {
    int[] fitted = widths.clone();
    int widest = IntStream.of(widths).skip(1).max().orElse(0);
    if (widths[0] + GAP.length() + widest > width && table.columns().getFirst().text()) {
      fitted[0] = Math.min(widths[0], Math.max(LEAST, width / 2));
    }
    int room = Math.max(LEAST, width - fitted[0] - GAP.length());
    for (int c = 1; c < fitted.length; c++) {
      fitted[c] = table.columns().get(c).text() ? Math.min(widths[c], room) : widths[c];
    }
    return fitted;
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  /** As few pieces as the width allows, and then as narrow as that number of them allows. */
  private static List<List<Integer>> balanced(int[] widths, int width) {
    List<List<Integer>> pieces = pieces(widths, width);
    int narrower = Math.min(width, IntStream.of(widths).sum() + GAP.length() * widths.length);
    int least = widths[0] + GAP.length() + IntStream.of(widths).skip(1).max().orElse(0);
    while (narrower > least && pieces(widths, narrower - 1).size() == pieces.size()) {
      narrower--;
      pieces = pieces(widths, narrower);
    }
    return pieces;
  }

  /** Which columns stand side by side: as many as there is room for, the first in every piece. */
  private static List<List<Integer>> pieces(int[] widths, int width) {
    List<List<Integer>> pieces = new ArrayList<>();
    List<Integer> piece = new ArrayList<>(List.of(0));
    int used = widths[0];
    for (int c = 1; c < widths.length; c++) {
      int more = GAP.length() + widths[c];
      if (used + more > width && piece.size() > 1) {
        pieces.add(piece);
        piece = new ArrayList<>(List.of(0));
        used = widths[0];
      }
      piece.add(c);
      used += more;
    }
    pieces.add(piece);
    return pieces;
  }

  private static void render(Table table, List<Integer> piece, int[] widths, StringBuilder text) {
    int wide = piece.stream().mapToInt(c -> widths[c] + GAP.length()).sum() - GAP.length();
    String rule = "─".repeat(wide) + "\n";
    line(table, piece, widths, List.copyOf(headings(table)), text);
    text.append(rule);
    table.rows().forEach(row -> line(table, piece, widths, row, text));
    if (!table.totals().isEmpty()) {
      text.append(rule);
      line(table, piece, widths, table.totals(), text);
    }
  }

  private static List<Object> headings(Table table) {
    return table.columns().stream().<Object>map(Table.Column::heading).toList();
  }

  private static void line(
      Table table, List<Integer> piece, int[] widths, List<Object> cells, StringBuilder text) {
    StringBuilder line = new StringBuilder();
    for (int c : piece) {
      String cell = cut(Table.shown(cells.get(c)), widths[c]);
      String room = " ".repeat(widths[c] - cell.length());
      line.append(line.isEmpty() ? "" : GAP);
      line.append(table.columns().get(c).text() ? cell + room : room + cell);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
