package dev.vitrine.data.csv;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a table is, as going through it once shows.
 *
 * @param file where it stands
 * @param header whether its first record names the columns
 * @param columns what is in them
 * @param rows how many records there are besides the header
 */
public record CsvTable(Path file, boolean header, List<CsvColumn> columns, long rows) {
  /** The table, with its own copy of the list. */
  public CsvTable {
    columns = List.copyOf(columns);
  }

  /**
   * Goes through a table.
   *
   * @param file in UTF-8
   * @param sum is told of every byte
   * @return what it is
   * @throws UserException if it cannot be read, is empty, or its records have different numbers of
   *     fields
   */
  public static CsvTable of(Path file, MessageDigest sum) {
    try (CsvReader in = new CsvReader(file, sum)) {
      if (!in.next()) {
        throw new UserException("%s is empty: expected a table".formatted(file));
      }
      List<String> first = IntStream.range(0, in.fields()).mapToObj(in::text).toList();
      List<CsvColumn> asData = columns(numbered(first.size()));
      add(in, asData);
      boolean second = in.next();
      if (!second && first.stream().allMatch(text -> text.isEmpty() || isName(text))) {
        throw new UserException(
            "%s has names of columns and no rows below them: expected an example in each row"
                .formatted(file));
      }
      boolean header = second && isHeader(first, in);
      List<CsvColumn> columns = header ? columns(named(file, first)) : asData;
      long rows = header ? 0 : 1;
      for (boolean more = second; more; more = in.next()) {
        requireFields(file, in, first.size());
        add(in, columns);
        rows++;
      }
      return new CsvTable(file, header, columns, rows);
    }
  }

  private static List<String> numbered(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
  }

  /** Names, below one of which a number stands, or none of which looks like a value. */
  private static boolean isHeader(List<String> first, CsvReader second) {
    boolean above =
        IntStream.range(0, Math.min(first.size(), second.fields()))
            .anyMatch(i -> isName(first.get(i)) && Float.isFinite(second.number(i)));
    return above || first.stream().allMatch(text -> text.isEmpty() || isName(text));
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && !CsvColumn.isMissing(text)
        && (Character.isLetter(text.charAt(0)) || text.charAt(0) == '_');
  }

  /** A column without a name would be learned from unseen: often it counts the rows. */
  private static List<String> named(Path file, List<String> header) {
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      if (name.isBlank() || header.indexOf(name) < i) {
        String fault =
            name.isBlank()
                ? "has no name (pandas writes its index so)"
                : "is called %s, as another is".formatted(Quote.of(name));
        throw new UserException(
            "%s: column %s %s: give it one of its own, or take it away"
                .formatted(file, i + 1, fault));
      }
    }
    return header;
  }

  private static List<CsvColumn> columns(List<String> names) {
    List<CsvColumn> columns = new ArrayList<>();
    names.forEach(name -> columns.add(new CsvColumn(name)));
    return columns;
  }

  private static void add(CsvReader in, List<CsvColumn> columns) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(in, i);
    }
  }

  /**
   * Refuses a record of another number of fields.
   *
   * @param file where it stands
   * @param in at the record
   * @param expected how many it should have
   * @throws UserException if it has not so many
   */
  public static void requireFields(Path file, CsvReader in, int expected) {
    if (in.fields() != expected) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s, line %d: expected %d fields as in the first line, but got %d",
              file,
              in.line(),
              expected,
              in.fields()));
    }
  }
}
