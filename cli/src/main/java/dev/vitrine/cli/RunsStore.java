package dev.vitrine.cli;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.store.Field;
import dev.vitrine.lab.store.RunState;
import dev.vitrine.lab.store.RunStore;
import dev.vitrine.lab.store.Selection;
import dev.vitrine.lab.store.StoredRun;
import dev.vitrine.report.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The runs that a command names, and how their figures are written. */
final class RunsStore {
  private static final int MINUTES = "2026-11-28T15:46".length();

  private static final Set<String> COMMANDS =
      Set.of("show", "compare", "name", "tag", "note", "delete", "export", "rerun");

  private RunsStore() {}

  /** Those that are chosen, of all that there are. */
  static List<StoredRun> chosen(List<Path> folders, RunsChoiceOptions choice) {
    List<StoredRun> all = RunStore.below(folders).runs();
    if (all.isEmpty()) {
      throw UserException.advising(
          "There are no runs in %s".formatted(shown(folders)),
          "'vitrine train' makes one; --in says where others are");
    }
    List<StoredRun> chosen =
        new Selection(choice.words, choice.where, choice.sort, choice.limit).of(all);
    if (chosen.isEmpty() && !choice.words.isEmpty()) {
      String first = choice.words.getFirst();
      throw new UserException(
          "None of %s runs in %s is meant by %s%s"
              .formatted(
                  all.size(),
                  shown(folders),
                  String.join(" ", choice.words),
                  Nearest.hint(first, COMMANDS)));
    }
    return chosen;
  }

  /** Says of an empty list why it is one; whether it is. */
  static boolean isNone(List<StoredRun> runs, RunsChoiceOptions choice, Terminal terminal) {
    if (runs.isEmpty()) {
      terminal.note("No run fulfils %s.", String.join(" and ", choice.where));
    }
    return runs.isEmpty();
  }

  private static String shown(List<Path> folders) {
    return folders.stream()
        .map(folder -> folder.toString().isEmpty() ? "the current folder" : folder.toString())
        .collect(Collectors.joining(", "));
  }

  /** Those of some names, each once. */
  static List<StoredRun> named(List<Path> folders, List<String> names) {
    RunStore store = RunStore.below(folders);
    List<StoredRun> runs = new ArrayList<>();
    for (String name : names) {
      StoredRun run = store.find(name);
      if (runs.stream().noneMatch(other -> other.folder().equals(run.folder()))) {
        runs.add(run);
      }
    }
    return runs;
  }

  /** A value as people read it. */
  static String shown(Field field, Object value) {
    if (value == null) {
      return "";
    }
    return switch (field.kind()) {
      case SHARE -> Numbers.percent((Double) value, 2);
      case NUMBER ->
          field == Field.IMAGES_PER_SECOND
              ? Numbers.significant((Double) value, 3)
              : Numbers.significant((Double) value, 4);
      case WHOLE -> value.toString();
      case TEXT ->
          switch (field) {
            case STARTED, UPDATED -> value.toString().substring(0, MINUTES).replace('T', ' ');
            case HASH -> value.toString().substring(0, Math.min(16, value.toString().length()));
            default -> value.toString();
          };
    };
  }

  /** How it stands, and of one that has stopped, where. */
  static String state(StoredRun run) {
    boolean partly = run.state() == RunState.STOPPED || run.state() == RunState.RUNNING;
    Object step = run.values().get(Field.STEP);
    return !partly || step == null
        ? run.state().word()
        : "%s %s/%s".formatted(run.state().word(), step, run.values().get(Field.TOTAL_STEPS));
  }

  /** Settings on one line. */
  static String settings(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(each ->
            each.getValue().equals("true") ? each.getKey() : each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(" "));
  }
}
