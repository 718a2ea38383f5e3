package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.summary.Table;
import dev.vitrine.summary.TableText;
import dev.vitrine.transfer.Convention;
import dev.vitrine.transfer.Move;
import dev.vitrine.transfer.Step;
import dev.vitrine.transfer.Transfer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the tensors of somebody else's file went. */
final class MappingView {
  private MappingView() {}

  /** For people. */
  static void show(Terminal terminal, Transfer transfer) {
    List<List<Object>> rows = new ArrayList<>();
    transfer.moves().forEach(move -> rows.add(row(move)));
    transfer
        .missing()
        .forEach(name -> rows.add(List.of("–", "", Quote.line(name), "missing: as it starts")));
    transfer
        .leftOver()
        .forEach(place -> rows.add(List.of(Quote.line(place), "", "–", "left over")));
    Table table =
        new Table(
            List.of(
                WeightsView.text("tensor", "tensor"),
                WeightsView.text("shape", "shape"),
                WeightsView.text("parameter", "becomes"),
                WeightsView.text("changes", "changes")),
            rows,
            List.of());
    terminal.print("");
    terminal.sentence("matched by %s", transfer.how());
    terminal.print("%s", TableText.render(table, terminal.width()).stripTrailing());
    terminal.print("");
  }

  private static List<Object> row(Move move) {
    return List.of(
        Quote.line(move.from()),
        WeightsView.sizes(move.tensor().dims()),
        Quote.line(move.to()) + " " + Table.sizes(move.shape()),
        move.steps().stream().map(Step::words).collect(Collectors.joining(", ")));
  }

  /** For scripts. */
  static Map<String, Object> json(Transfer transfer) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("matched_by", transfer.how());
    json.put(
        "layout", transfer.conventions().said().stream().map(Convention::key).sorted().toList());
    json.put("classes", transfer.conventions().classes());
    json.put("tensors", transfer.moves().stream().map(MappingView::json).toList());
    json.put("missing", transfer.missing());
    json.put("left_over", transfer.leftOver());
    json.put("remarks", transfer.remarks());
    return json;
  }

  private static Map<String, Object> json(Move move) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tensor", move.from());
    json.put("shape", move.tensor().dims());
    json.put("parameter", move.to());
    json.put("parameter_shape", Arrays.stream(move.shape().sizes()).boxed().toList());
    json.put(
        "changes",
        move.changes().stream().map(change -> change.name().toLowerCase(Locale.ROOT)).toList());
    json.put("done", move.steps().stream().map(Step::words).toList());
    return json;
  }
}
