package dev.vitrine.lab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table. Its first column names the rows.
 *
 * @param id what its file is called, in small letters with hyphens
 * @param caption what it shows
 * @param columns the heads
 * @param rows cells as they are read, as many in each as there are heads
 */
public record Grid(String id, String caption, List<String> columns, List<List<String>> rows)
    implements Block {
  /** Copies, and checks that rows are as long as the head. */
  public Grid {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "Table %s expects rows of %s cells, but got %s".formatted(id, columns.size(), row));
      }
    }
  }

  /**
   * {@return a table that is still empty}
   *
   * @param id what its file is called
   * @param caption what it shows
   * @param columns the heads
   */
  public static Grid of(String id, String caption, String... columns) {
    return new Grid(id, caption, List.of(columns), List.of());
  }

  /**
   * {@return the same with one more row}
   *
   * @param cells as many as there are heads
   */
  public Grid row(String... cells) {
    return row(List.of(cells));
  }

  /**
   * {@return the same with one more row}
   *
   * @param cells as many as there are heads
   */
  public Grid row(List<String> cells) {
    List<List<String>> more = new ArrayList<>(rows);
    more.add(cells);
    return new Grid(id, caption, columns, more);
  }
}
