package dev.vitrine.cli;

import dev.vitrine.lab.store.Field;
import dev.vitrine.lab.store.RunState;
import dev.vitrine.lab.store.RunTable;
import dev.vitrine.lab.store.StoredRun;
import dev.vitrine.lab.store.Values;
import dev.vitrine.summary.Table;
import dev.vitrine.summary.TableText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The list of {@code vitrine runs}: as many columns as the screen has room for. */
final class RunsList {
  private static final int GAP = 2;
  private static final int LEAST_SETTINGS = 16;
  private static final int MOST_REASONS = 5;

  /**
   * A column that may be shown.
   *
   * @param rank which are left out first where there is no room: the highest
   */
  private record Shown(String heading, boolean text, int rank, Function<StoredRun, String> cell) {
    private static Shown of(Field field, int rank) {
      boolean text = field.kind() == Field.Kind.TEXT;
      return new Shown(
          field.heading(), text, rank, run -> RunsStore.shown(field, run.values().get(field)));
    }
  }

  private static final List<Shown> USUAL =
      List.of(
          Shown.of(Field.ID, 0),
          Shown.of(Field.NAME, 4),
          new Shown("state", true, 1, RunsStore::state),
          Shown.of(Field.MODEL, 5),
          Shown.of(Field.DATA, 8),
          Shown.of(Field.SEED, 6),
          new Shown("epochs", false, 7, RunsList::epochs),
          Shown.of(Field.VALIDATION_ACCURACY, 3),
          Shown.of(Field.TEST_ACCURACY, 2),
          Shown.of(Field.SECONDS, 10),
          Shown.of(Field.UPDATED, 9),
          Shown.of(Field.TAGS, 11));

  private RunsList() {}

  static void show(
      Terminal terminal,
      List<Path> folders,
      RunsChoiceOptions choice,
      Optional<String> columns,
      Optional<Output> json) {
    List<StoredRun> runs = RunsStore.chosen(folders, choice);
    json.ifPresent(file -> file.json(Map.of("runs", runs.stream().map(RunTable::json).toList())));
    if (RunsStore.isNone(runs, choice, terminal)) {
      return;
    }
    if (columns.isPresent()) {
      List<Values> asked = new ArrayList<>();
      for (String name : columns.get().split(",", -1)) {
        asked.add(Values.named(name, runs));
      }
      print(terminal, TableText.render(asked(asked, runs), terminal.width()));
    } else {
      print(terminal, TableText.render(usual(runs, terminal.width()), terminal.width()));
      reasons(terminal, runs);
    }
  }

  static void print(Terminal terminal, String table) {
    terminal.print("%s", table.stripTrailing());
  }

  private static Table asked(List<Values> columns, List<StoredRun> runs) {
    List<List<Object>> rows = new ArrayList<>();
    for (StoredRun run : runs) {
      rows.add(columns.stream().<Object>map(column -> cell(column, run)).toList());
    }
    return new Table(
        columns.stream().map(c -> new Table.Column(c.key(), c.heading(), c.isText())).toList(),
        rows,
        List.of());
  }

  private static String cell(Values column, StoredRun run) {
    return column
        .of(run)
        .map(value -> column.field().map(f -> RunsStore.shown(f, value)).orElse(value.toString()))
        .orElse("");
  }

  /** The usual columns that something is known of, and the settings in what room is left. */
  private static Table usual(List<StoredRun> runs, int width) {
    List<Filled> columns =
        USUAL.parallelStream()
            .map(column -> Filled.of(column, runs))
            .filter(filled -> !filled.isEmpty())
            .collect(Collectors.toCollection(ArrayList::new));
    while (columns.size() > 1 && total(columns) > width) {
      columns.remove(Collections.max(columns, Comparator.comparingInt(c -> c.column.rank())));
    }
    List<Table.Column> heads = new ArrayList<>();
    columns.forEach(
        c -> heads.add(new Table.Column(c.column.heading(), c.column.heading(), c.column.text())));
    int room = width - total(columns) - GAP;
    boolean settings = room >= LEAST_SETTINGS;
    if (settings) {
      heads.add(new Table.Column("settings", "settings", true));
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int r = 0; r < runs.size(); r++) {
      List<Object> row = new ArrayList<>();
      for (Filled column : columns) {
        row.add(column.cells.get(r));
      }
      if (settings) {
        row.add(cut(RunsStore.settings(runs.get(r).unusual()), room));
      }
      rows.add(row);
    }
    return new Table(heads, rows, List.of());
  }

  /** A column with what stands in it. */
  private record Filled(Shown column, List<String> cells, int widest) {
    private static Filled of(Shown column, List<StoredRun> runs) {
      List<String> cells = runs.stream().map(column.cell()).toList();
      return new Filled(column, cells, cells.stream().mapToInt(String::length).max().orElse(0));
    }

    private boolean isEmpty() {
      return widest == 0;
    }

    private int width() {
      return Math.max(widest, column.heading().length());
    }
  }

  private static int total(List<Filled> columns) {
    return columns.stream().mapToInt(c -> c.width() + GAP).sum() - GAP;
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  private static String epochs(StoredRun run) {
    Object done = run.values().get(Field.EPOCHS_DONE);
    Object all = run.values().get(Field.EPOCHS);
    return done == null ? "" : done.equals(all) ? done.toString() : done + "/" + all;
  }

  /** What is wrong with those that are damaged or diverged. */
  private static void reasons(Terminal terminal, List<StoredRun> runs) {
    List<StoredRun> wrong =
        runs.stream()
            .filter(r -> r.state() == RunState.DAMAGED || r.state() == RunState.DIVERGED)
            .toList();
    if (!wrong.isEmpty()) {
      terminal.print("");
    }
    wrong.stream()
        .limit(MOST_REASONS)
        .forEach(run -> terminal.sentence("%s: %s", run.id(), run.text(Field.REASON)));
    if (wrong.size() > MOST_REASONS) {
      terminal.sentence(
          "and %s more: vitrine runs --where 'reason~ ' --columns id,reason",
          wrong.size() - MOST_REASONS);
    }
  }
}
