package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.store.Field;
import dev.vitrine.lab.store.RunComparison;
import dev.vitrine.lab.store.RunState;
import dev.vitrine.lab.store.RunTable;
import dev.vitrine.lab.store.StoredRun;
import dev.vitrine.report.EpochRow;
import dev.vitrine.report.Numbers;
import dev.vitrine.run.RunCurves;
import dev.vitrine.run.RunFolder;
import dev.vitrine.summary.Table;
import dev.vitrine.summary.TableText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What {@code vitrine runs show} and {@code compare} write. */
final class RunsDetails {
  private RunsDetails() {}

  static void show(Terminal terminal, List<Path> folders, String id, Optional<Output> json) {
    StoredRun run = RunsStore.named(folders, List.of(id)).getFirst();
    List<EpochRow> epochs =
        run.state() == RunState.DAMAGED
            ? List.of()
            : RunCurves.of(new RunFolder(run.folder())).epochs();
    json.ifPresent(file -> {
      Map<String, Object> fields = new LinkedHashMap<>(RunTable.json(run));
      fields.put("epoch_rows", epochs);
      file.json(fields);
    });
    for (Field field : Field.values()) {
      Object value = run.values().get(field);
      if (value != null) {
        String text =
            field == Field.HASH
                ? value.toString()
                : field == Field.STATE ? RunsStore.state(run) : RunsStore.shown(field, value);
        terminal.sentence("%-12s %s", field.heading(), text);
      }
    }
    if (!run.settings().isEmpty()) {
      terminal.print("");
      terminal.sentence("%-12s %s", "unusual", RunsStore.settings(run.unusual()));
      Map<String, String> usual = new LinkedHashMap<>(run.settings());
      usual.keySet().removeAll(run.changed());
      terminal.sentence("%-12s %s", "as usual", RunsStore.settings(usual));
    }
    if (!epochs.isEmpty()) {
      terminal.print("");
      RunsList.print(terminal, TableText.render(table(epochs), terminal.width()));
    }
  }

  private static Table table(List<EpochRow> epochs) {
    List<Table.Column> columns = new ArrayList<>();
    for (String heading :
        List.of("epoch", "train loss", "train acc", "valid loss", "valid acc", "images/s", "s")) {
      columns.add(new Table.Column(heading, heading, false));
    }
    List<List<Object>> rows = new ArrayList<>();
    for (EpochRow row : epochs) {
      rows.add(
          List.of(
              "" + row.epoch(),
              number(OptionalDouble.of(row.trainLoss())),
              share(OptionalDouble.of(row.trainAccuracy())),
              number(row.validationLoss()),
              share(row.validationAccuracy()),
              Numbers.significant(row.imagesPerSecond(), 3),
              Numbers.significant(row.seconds(), 3)));
    }
    return new Table(columns, rows, List.of());
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Numbers.significant(value.getAsDouble(), 4) : "";
  }

  private static String share(OptionalDouble value) {
    return value.isPresent() && !Double.isNaN(value.getAsDouble())
        ? Numbers.percent(value.getAsDouble(), 2)
        : "";
  }

  static void compare(
      Terminal terminal, List<Path> folders, List<String> ids, Optional<Output> json) {
    List<StoredRun> runs = RunsStore.named(folders, ids);
    if (runs.size() < 2) {
      throw new UserException(
          "These are one run, %s: name another to compare it with".formatted(runs.getFirst().id()));
    }
    RunComparison comparison = RunComparison.of(runs);
    json.ifPresent(file -> file.json(json(comparison)));
    List<Table.Column> columns = new ArrayList<>();
    columns.add(new Table.Column("what", "", true));
    runs.forEach(run -> columns.add(new Table.Column(run.id(), run.id(), true)));
    List<List<Object>> rows = new ArrayList<>();
    comparison
        .differences()
        .forEach((name, values) -> {
          List<Object> row = new ArrayList<>(List.of(name));
          values.forEach(value -> row.add(value.isEmpty() ? "–" : value));
          rows.add(row);
        });
    comparison
        .results()
        .forEach((field, values) -> {
          List<Object> row = new ArrayList<>(List.of(field.heading()));
          values.forEach(value -> row.add(RunsStore.shown(field, value.orElse(null))));
          rows.add(row);
        });
    RunsList.print(
        terminal, TableText.render(new Table(columns, rows, List.of()), terminal.width()));
    terminal.print("");
    comparison.sentences().forEach(sentence -> terminal.sentence("%s.", sentence));
  }

  private static Map<String, Object> json(RunComparison comparison) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runs", comparison.runs().stream().map(StoredRun::id).toList());
    json.put("differences", comparison.differences());
    Map<String, Object> results = new LinkedHashMap<>();
    comparison.results().forEach((field, values) -> results.put(field.key(), values));
    json.put("results", results);
    json.put(
        "identical",
        comparison.identical().stream()
            .map(same -> same.stream().map(StoredRun::id).toList())
            .toList());
    return json;
  }
}
