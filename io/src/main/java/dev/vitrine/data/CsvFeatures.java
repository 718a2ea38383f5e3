package dev.vitrine.data;

import dev.vitrine.data.csv.CsvColumn;
import dev.vitrine.data.csv.CsvTable;
import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.List;
import java.util.stream.IntStream;

/** Which columns of a table an example has. */
final class CsvFeatures {
  private CsvFeatures() {}

  /**
   * Their places, from 0: all but the targets, or those that are known, wherever they stand.
   *
   * @param known the names that a network learned from, in its order; empty if the table decides. A
   *     table without names is taken as it is
   * @throws UserException if one of them is missing, or another is there
   */
  static int[] of(CsvTable table, List<Integer> targets, List<String> known) {
    List<String> names = table.columns().stream().map(CsvColumn::name).toList();
    int[] others = IntStream.range(0, names.size()).filter(i -> !targets.contains(i)).toArray();
    if (known.isEmpty() || !table.header()) {
      return others;
    }
    int[] places =
        known.stream().mapToInt(name -> place(table, names, targets, known, name)).toArray();
    for (int other : others) {
      if (IntStream.of(places).noneMatch(place -> place == other)) {
        throw new UserException(
            "%s has the column %s, which the network did not learn from: take it away; it learned from %s"
                .formatted(table.file(), Quote.of(names.get(other)), all(known)));
      }
    }
    return places;
  }

  private static int place(
      CsvTable table, List<String> names, List<Integer> targets, List<String> known, String name) {
    int place = names.indexOf(name);
    if (place < 0 || targets.contains(place)) {
      List<String> others = names.stream().filter(other -> !known.contains(other)).toList();
      throw new UserException(
          "%s has no column %s, which the network learned from: it has %s%s"
              .formatted(table.file(), Quote.of(name), all(names), Nearest.hint(name, others)));
    }
    return place;
  }

  private static String all(List<String> names) {
    return Quote.value(String.join(", ", names));
  }
}
