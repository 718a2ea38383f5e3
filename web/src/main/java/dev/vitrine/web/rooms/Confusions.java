package dev.vitrine.web.rooms;

import dev.vitrine.metrics.ConfusionMatrix;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Confusion matrices for the page: those of very many classes show the ones misread most. */
final class Confusions {
  private static final int MOST_CLASSES = 40;

  private Confusions() {}

  /** The classes shown, of how many, their names, and a row of counts for each. */
  static Map<String, Object> json(ConfusionMatrix matrix, List<String> names) {
    List<Integer> shown = shown(matrix);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("accuracy", matrix.accuracy());
    json.put("errors", matrix.total() - matrix.correct());
    json.put("examples", matrix.total());
    json.put("classes", shown);
    json.put("all_classes", matrix.classes());
    json.put("names", shown.stream().map(c -> name(names, c)).toList());
    json.put(
        "confusion",
        shown.stream()
            .map(a -> shown.stream().map(read -> matrix.count(a, read)).toList())
            .toList());
    return json;
  }

  /** What a class is called; its number where it has no name. */
  static String name(List<String> names, int index) {
    return index < names.size() ? names.get(index) : Integer.toString(index);
  }

  private static List<Integer> shown(ConfusionMatrix matrix) {
    if (matrix.classes() <= MOST_CLASSES) {
      return IntStream.range(0, matrix.classes()).boxed().toList();
    }
    long[] wrong = new long[matrix.classes()];
    matrix
        .confusedPairs()
        .forEach(pair -> {
          wrong[pair.actual()] += pair.count();
          wrong[pair.predicted()] += pair.count();
        });
    return IntStream.range(0, wrong.length)
        .boxed()
        .sorted(Comparator.comparingLong(c -> -wrong[c]))
        .limit(MOST_CLASSES)
        .sorted()
        .toList();
  }
}
