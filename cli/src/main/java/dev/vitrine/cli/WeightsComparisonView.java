package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.report.Numbers;
import dev.vitrine.summary.Table;
import dev.vitrine.summary.TableText;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.WeightsComparison;
import dev.vitrine.weights.WeightsComparison.Verdict;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code vitrine weights} shows of two files: A and B, in the order they were named. */
final class WeightsComparisonView {
  private WeightsComparisonView() {}

  /** For people. */
  static void show(Terminal terminal, Weights first, Weights second, WeightsComparison found) {
    head(terminal, "A", first, found.prefixes().getFirst());
    head(terminal, "B", second, found.prefixes().getLast());
    terminal.print("");
    Table table = table(found);
    if (!table.rows().isEmpty()) {
      terminal.print("%s", TableText.render(table, terminal.width()).stripTrailing());
      terminal.print("");
    }
    terminal.sentence("%s", summary(found));
  }

  private static void head(Terminal terminal, String letter, Weights weights, String prefix) {
    terminal.sentence(
        "%s: %s, %s%s",
        letter,
        Quote.place(weights.file().toString()),
        weights.format(),
        prefix.isEmpty() ? "" : ", what lies at " + Quote.line(prefix));
  }

  private static Table table(WeightsComparison found) {
    var rows = new ArrayList<List<Object>>();
    for (WeightsComparison.Pair pair : found.pairs()) {
      rows.add(List.of(Quote.line(pair.place()), type(pair), words(pair)));
    }
    found.onlyFirst().forEach(single -> rows.add(cells(single, "A", "B")));
    found.onlySecond().forEach(single -> rows.add(cells(single, "B", "A")));
    return new Table(
        List.of(
            WeightsView.text("name", "tensor"),
            WeightsView.text("type", "type and shape"),
            WeightsView.text("verdict", "A and B")),
        rows,
        List.of());
  }

  private static String type(WeightsComparison.Pair pair) {
    String one = type(pair.first());
    String other = type(pair.second());
    return one.equals(other) ? one : one + ", " + other;
  }

  private static String type(StoredTensor tensor) {
    return "%s %s".formatted(tensor.dtype(), WeightsView.sizes(tensor.dims()));
  }

  private static String words(WeightsComparison.Pair pair) {
    return switch (pair.verdict()) {
      case SAME_BITS -> "the same bits";
      case SAME_NUMBERS -> "the same numbers, other bits";
      case OTHER_SHAPE -> "another shape";
      case OTHER_NUMBERS ->
          "differ by %s at most, in %s of %s numbers"
              .formatted(
                  WeightsView.shown(pair.largest()),
                  Numbers.count(pair.differing()),
                  Numbers.count(pair.first().elements()));
    };
  }

  private static List<Object> cells(WeightsComparison.Single single, String in, String other) {
    String twin =
        single
            .twin()
            .map(name -> "; %s has the same bits as %s".formatted(other, Quote.line(name)))
            .orElse("");
    return List.of(
        Quote.line(single.place()), type(single.tensor()), "only in %s%s".formatted(in, twin));
  }

  private static String summary(WeightsComparison found) {
    var parts = new ArrayList<String>();
    add(parts, count(found, Verdict.SAME_BITS), "the same bits");
    add(parts, count(found, Verdict.SAME_NUMBERS), "the same numbers in other bits");
    add(parts, count(found, Verdict.OTHER_NUMBERS), "other numbers");
    add(parts, count(found, Verdict.OTHER_SHAPE), "another shape");
    add(parts, found.onlyFirst().size(), "only in A");
    add(parts, found.onlySecond().size(), "only in B");
    return parts.isEmpty() ? "No tensors." : "Tensors: %s.".formatted(String.join(", ", parts));
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add("%s %s".formatted(Numbers.count(count), what));
    }
  }

  private static long count(WeightsComparison found, Verdict verdict) {
    return found.pairs().stream().filter(pair -> pair.verdict() == verdict).count();
  }

  /** For scripts. */
  static Map<String, Object> json(Weights first, Weights second, WeightsComparison found) {
    var json = new LinkedHashMap<String, Object>();
    json.put("a", first.file().toString());
    json.put("b", second.file().toString());
    json.put("prefix_a", found.prefixes().getFirst());
    json.put("prefix_b", found.prefixes().getLast());
    json.put("tensors", found.pairs().stream().map(WeightsComparisonView::json).toList());
    json.put("only_in_a", found.onlyFirst().stream().map(WeightsComparisonView::json).toList());
    json.put("only_in_b", found.onlySecond().stream().map(WeightsComparisonView::json).toList());
    return json;
  }

  private static Map<String, Object> json(WeightsComparison.Pair pair) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", pair.place());
    json.put("verdict", pair.verdict().name().toLowerCase(Locale.ROOT));
    json.put("dtype_a", pair.first().dtype());
    json.put("dtype_b", pair.second().dtype());
    json.put("shape_a", pair.first().dims());
    json.put("shape_b", pair.second().dims());
    json.put("differing", pair.differing());
    json.put("largest_difference", pair.largest());
    return json;
  }

  private static Map<String, Object> json(WeightsComparison.Single single) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", single.place());
    json.put("dtype", single.tensor().dtype());
    json.put("shape", single.tensor().dims());
    json.put("same_bits_as", single.twin());
    return json;
  }
}
