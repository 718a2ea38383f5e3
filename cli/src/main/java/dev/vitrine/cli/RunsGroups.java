package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.lab.store.Field;
import dev.vitrine.lab.store.RunGroup;
import dev.vitrine.lab.store.RunState;
import dev.vitrine.lab.store.StoredRun;
import dev.vitrine.lab.store.Values;
import dev.vitrine.summary.Table;
import dev.vitrine.summary.TableText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code vitrine runs --group}: mean ± deviation over runs that differ in one thing alone. */
final class RunsGroups {
  private static final List<Field> SHOWN =
      List.of(
          Field.TRAIN_LOSS,
          Field.VALIDATION_ACCURACY,
          Field.BEST_VALIDATION_ACCURACY,
          Field.TEST_ACCURACY,
          Field.SECONDS);

  private RunsGroups() {}

  static void show(
      Terminal terminal,
      List<Path> folders,
      RunsChoiceOptions choice,
      String over,
      Optional<Output> json) {
    List<StoredRun> runs = RunsStore.chosen(folders, choice);
    Values column = Values.named(over, runs);
    if (RunsStore.isNone(runs, choice, terminal)) {
      json.ifPresent(file -> file.json(Map.of("groups", List.of())));
      return;
    }
    if (runs.stream().noneMatch(run -> run.settings().containsKey(column.key()))) {
      throw UserException.expecting(
          "--group", "a setting that the runs have, such as seed", column.key());
    }
    List<RunGroup> groups = RunGroup.over(column, runs);
    json.ifPresent(file ->
        file.json(Map.of("groups", groups.stream().map(group -> json(group, column)).toList())));
    RunsList.print(terminal, TableText.render(table(groups, column), terminal.width()));
  }

  private static Table table(List<RunGroup> groups, Values over) {
    List<Table.Column> columns = new ArrayList<>();
    for (String text : List.of("model", "data")) {
      columns.add(new Table.Column(text, text, true));
    }
    columns.add(new Table.Column("n", "n", false));
    List<Field> measured =
        SHOWN.stream()
            .filter(field -> groups.stream().anyMatch(g -> g.samples().containsKey(field)))
            .toList();
    measured.forEach(f -> columns.add(new Table.Column(f.key(), f.heading(), false)));
    columns.add(new Table.Column("others", "not finished", true));
    columns.add(new Table.Column("settings", "settings", true));
    List<List<Object>> rows = new ArrayList<>();
    for (RunGroup group : groups) {
      StoredRun first = group.runs().getFirst();
      List<Object> row = new ArrayList<>();
      row.add(first.text(Field.MODEL));
      row.add(first.text(Field.DATA));
      row.add("" + group.count(RunState.FINISHED));
      measured.forEach(
          f -> row.add(measured(f, group.samples().get(f), group.count(RunState.FINISHED))));
      row.add(others(group));
      Map<String, String> settings = new LinkedHashMap<>(first.unusual());
      settings.remove(over.key());
      row.add(RunsStore.settings(settings));
      rows.add(row);
    }
    return new Table(columns, rows, List.of());
  }

  /** Mean and deviation; of one run there is none. How many have it stands there if not all do. */
  static String measured(Field field, Sample sample, long finished) {
    if (sample == null) {
      return "";
    }
    boolean share = field.kind() == Field.Kind.SHARE;
    double scale = share ? 100 : 1;
    String form = share ? "%.2f" : "%.4g";
    String mean = String.format(Locale.ROOT, form, sample.mean() * scale);
    String more =
        sample.size() == 1
            ? ""
            : String.format(Locale.ROOT, share ? " ± %.2f" : " ± %.2g", sample.deviation() * scale);
    String some = sample.size() < finished ? " (n = %s)".formatted(sample.size()) : "";
    return mean + more + (share ? " %" : "") + some;
  }

  private static String others(RunGroup group) {
    List<String> others = new ArrayList<>();
    for (RunState state : RunState.values()) {
      if (state != RunState.FINISHED && group.count(state) > 0) {
        others.add("%s %s".formatted(group.count(state), state.word()));
      }
    }
    return String.join(", ", others);
  }

  private static Map<String, Object> json(RunGroup group, Values over) {
    StoredRun first = group.runs().getFirst();
    Map<String, String> settings = new LinkedHashMap<>(first.settings());
    settings.remove(over.key());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("study", first.values().get(Field.STUDY));
    json.put("settings", settings);
    json.put("runs", group.runs().stream().map(StoredRun::id).toList());
    json.put("n", group.count(RunState.FINISHED));
    group
        .samples()
        .forEach((field, sample) -> {
          Map<String, Object> figures = new LinkedHashMap<>();
          figures.put("n", sample.size());
          figures.put("mean", sample.mean());
          figures.put("deviation", sample.size() == 1 ? null : sample.deviation());
          json.put(field.key(), figures);
        });
    return json;
  }
}
