package dev.vitrine.data;

import dev.vitrine.data.csv.CsvColumn;
import dev.vitrine.data.csv.CsvTable;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which columns of a table are to be told from the others, and how.
 *
 * @param columns their places, from 0, in the order that the user names them in
 * @param numbers whether they are numbers; otherwise the one is a class
 * @param said whether the user says which of both
 */
record CsvTargets(List<Integer> columns, boolean numbers, boolean said) {
  /** What a column that says the class is usually called, the first that there is. */
  private static final List<String> USUAL = List.of("label", "class", "target", "y");

  /**
   * Finds them.
   *
   * @throws UserException if it is not clear which they are, or they are not what is wanted
   */
  static CsvTargets of(CsvTable table, Reading reading) {
    List<String> said = reading.targets();
    List<Integer> columns =
        said.isEmpty()
            ? List.of(usual(table))
            : said.stream().map(name -> named(table, name)).toList();
    if (columns.stream().distinct().count() < columns.size()) {
      throw new UserException("A target column is named twice: %s".formatted(said));
    }
    if (columns.size() == table.columns().size()) {
      throw new UserException(
          "%s: all columns are targets: expected others that they are to be told from"
              .formatted(table.file()));
    }
    boolean text = columns.stream().anyMatch(c -> table.columns().get(c).firstText().isPresent());
    boolean fractions = column(table, columns.getFirst()).firstFraction().isPresent();
    boolean alone = !text && reading.numbers().orElse(fractions);
    boolean numbers = columns.size() > 1 || alone;
    if (numbers) {
      columns.forEach(c -> requireNumbers(table, column(table, c)));
    } else {
      requireClasses(table, column(table, columns.getFirst()));
    }
    return new CsvTargets(columns, numbers, reading.numbers().isPresent());
  }

  private static CsvColumn column(CsvTable table, int place) {
    return table.columns().get(place);
  }

  /** The column of a name; capitals matter only where two names differ by nothing else. */
  private static int named(CsvTable table, String name) {
    List<String> names = table.columns().stream().map(CsvColumn::name).toList();
    List<Integer> alike =
        IntStream.range(0, names.size())
            .filter(i -> names.get(i).equalsIgnoreCase(name))
            .boxed()
            .toList();
    if (names.contains(name) || alike.size() != 1) {
      int place = names.indexOf(name);
      if (place < 0) {
        throw UserException.unknown("target column", name, names).of(table.file().toString());
      }
      return place;
    }
    return alike.getFirst();
  }

  /** The one that has a usual name, or is the only one that is no numbers. */
  private static int usual(CsvTable table) {
    List<String> names =
        table.columns().stream().map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    Optional<String> called = USUAL.stream().filter(names::contains).findFirst();
    List<Integer> found =
        IntStream.range(0, names.size())
            .filter(i ->
                called.map(names.get(i)::equals).orElse(column(table, i).firstText().isPresent()))
            .boxed()
            .toList();
    if (found.size() != 1) {
      String all = table.columns().stream().map(CsvColumn::name).collect(Collectors.joining(", "));
      throw UserException.advising(
          "%s: it is not clear which column is the target, of %s"
              .formatted(table.file(), Quote.value(all)),
          "name it with %s",
          "the target column");
    }
    return found.getFirst();
  }

  /**
   * Refuses a column of features, or of numbers to be told, in which something else stands.
   *
   * @throws UserException with the line
   */
  static void requireNumbers(CsvTable table, CsvColumn column) {
    requireWhole(table, column);
    column
        .firstText()
        .ifPresent(field -> {
          throw new UserException(
              "%s, line %s: column %s has %s, which is no number: write it as one, or take the column away"
                  .formatted(
                      table.file(), field.line(), Quote.of(column.name()), Quote.of(field.text())));
        });
  }

  private static void requireClasses(CsvTable table, CsvColumn column) {
    requireWhole(table, column);
    column
        .firstFraction()
        .filter(_ -> column.firstText().isEmpty())
        .ifPresent(field -> {
          throw UserException.advising(
              "%s, line %s: the target column %s has %s, but classes are names or whole numbers"
                  .formatted(
                      table.file(), field.line(), Quote.of(column.name()), Quote.of(field.text())),
              "choose another %s",
              "loss");
        });
  }

  /** A missing value. */
  private static void requireWhole(CsvTable table, CsvColumn column) {
    column
        .firstMissing()
        .ifPresent(field -> {
          String what = field.text().isEmpty() ? "is empty" : "says " + Quote.of(field.text());
          throw new UserException(
              "%s, line %s: column %s %s: a value is missing; fill it in, or take the row away"
                  .formatted(table.file(), field.line(), Quote.of(column.name()), what));
        });
  }
}
