package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.store.Bin;
import dev.vitrine.lab.store.Marks;
import dev.vitrine.lab.store.RunState;
import dev.vitrine.lab.store.RunTable;
import dev.vitrine.lab.store.StoredRun;
import dev.vitrine.settings.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is written beside runs, and where they go that are deleted. */
final class RunsMarks {
  private RunsMarks() {}

  static void name(
      Terminal terminal, List<Path> folders, String id, String name, Optional<Output> json) {
    change(terminal, folders, id, marks -> marks.named(name), json);
  }

  static void note(
      Terminal terminal, List<Path> folders, String id, String note, Optional<Output> json) {
    change(terminal, folders, id, marks -> marks.noted(note), json);
  }

  static void tag(
      Terminal terminal,
      List<Path> folders,
      String id,
      List<String> tags,
      boolean remove,
      Optional<Output> json) {
    UnaryOperator<Marks> change =
        remove ? marks -> marks.untagged(tags) : marks -> marks.tagged(tags);
    change(terminal, folders, id, change, json);
  }

  private static void change(
      Terminal terminal,
      List<Path> folders,
      String id,
      UnaryOperator<Marks> change,
      Optional<Output> json) {
    StoredRun run = RunsStore.named(folders, List.of(id)).getFirst();
    Marks marks = change.apply(Marks.of(run.folder()));
    marks.write(run.folder());
    Map<String, Object> now = new LinkedHashMap<>();
    now.put("id", run.id());
    now.put("name", marks.name());
    now.put("tags", marks.tags());
    now.put("note", marks.note());
    json.ifPresent(file -> file.json(now));
    now.forEach((what, value) ->
        terminal.sentence(
            "%-5s %s", what, value instanceof List<?> ? String.join(" ", marks.tags()) : value));
  }

  static void delete(
      Terminal terminal, List<Path> folders, List<String> ids, Optional<Output> json) {
    List<StoredRun> runs = RunsStore.named(folders, ids);
    for (StoredRun run : runs) {
      if (run.state() == RunState.RUNNING) {
        throw new UserException(
            "The run %s is being trained: stop it before it is deleted".formatted(run.id()));
      }
    }
    runs.forEach(Bin::requireDeletable);
    List<Map<String, String>> moved = new ArrayList<>();
    for (StoredRun run : runs) {
      Path target = Bin.put(run);
      moved.add(Map.of("id", run.id(), "bin", target.toString()));
      terminal.sentence(
          "%s is in the bin. Bring it back with: vitrine runs delete --restore %s",
          run.id(), Commands.quoted(target.getFileName()));
    }
    json.ifPresent(file -> file.json(Map.of("deleted", moved)));
  }

  static void restore(
      Terminal terminal, List<Path> folders, List<String> names, Optional<Output> json) {
    List<Map<String, String>> moved = new ArrayList<>();
    for (String name : names) {
      Path target = Bin.restore(name, folders);
      moved.add(Map.of("bin", name, "folder", target.toString()));
      terminal.sentence("%s is back: %s", name, target);
    }
    json.ifPresent(file -> file.json(Map.of("restored", moved)));
  }

  static void export(
      Terminal terminal,
      List<Path> folders,
      RunsChoiceOptions choice,
      Optional<Output> csv,
      Optional<Output> json) {
    if (csv.isEmpty() && json.isEmpty()) {
      throw new UserException("'runs export' expects --csv FILE, --json FILE or both");
    }
    List<StoredRun> runs = RunsStore.chosen(folders, choice);
    csv.ifPresent(file -> file.text(RunTable.csv(runs)));
    json.ifPresent(file -> file.json(Map.of("runs", runs.stream().map(RunTable::json).toList())));
    long damaged = runs.stream().filter(run -> run.state() == RunState.DAMAGED).count();
    terminal.sentence(
        "%s runs%s", runs.size(), damaged == 0 ? "" : ", %s of them damaged".formatted(damaged));
  }
}
