package dev.vitrine.lab.store;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The runs and trials below some folders, read from what is there now. */
public final class RunStore {
  private static final int MOST_NAMED = 5;

  private final List<StoredRun> runs;

  private RunStore(List<StoredRun> runs) {
    this.runs = runs;
  }

  /**
   * {@return all runs and trials below some folders, the oldest first} Of each folder, those in its
   * folders {@code runs} and {@code studies/NAME/trials}, and beside these; of one that has
   * neither, those in it, or itself. What is damaged is named as such and in nobody's way. Beside
   * the runs a file remembers what was read; it can be thrown away.
   *
   * @param folders where to look
   * @throws UserException if one of them is no folder, or cannot be read
   */
  public static RunStore below(List<Path> folders) {
    Map<Path, List<Places>> byRoot = new LinkedHashMap<>();
    for (Path folder : folders) {
      for (Places place : Places.below(folder)) {
        byRoot.computeIfAbsent(place.root(), _ -> new ArrayList<>()).add(place);
      }
    }
    List<StoredRun> runs = new ArrayList<>();
    byRoot.forEach((root, places) -> {
      Trials trials = Trials.around(root);
      Memo.of(root).read(places).stream().map(trials::add).forEach(runs::add);
    });
    runs.sort(
        Comparator.comparing((StoredRun run) -> run.text(Field.STARTED))
            .thenComparing(StoredRun::id));
    return new RunStore(runs);
  }

  /** Whether somebody trains it now shows in no file's time: it is asked each time. */
  static StoredRun asOfNow(StoredRun run) {
    boolean held =
        Files.exists(run.folder().resolve(".training")) && new RunFolder(run.folder()).isBusy();
    return held ? run.with(Field.STATE, RunState.RUNNING.word()) : run;
  }

  /** {@return the runs, the oldest first} */
  public List<StoredRun> runs() {
    return List.copyOf(runs);
  }

  /**
   * {@return the run of a name: what it goes by, the beginning or the end of that if no other run's
   * begins or ends so, the name that somebody gave it, or its folder}
   *
   * @param typed the name
   * @throws UserException if there is none, or there are several
   */
  public StoredRun find(String typed) {
    Path path = Path.of(typed);
    if (Files.isDirectory(path) && Places.isRun(path)) {
      Places place = Places.ofRun(path);
      return Trials.around(place.root()).add(asOfNow(RunReader.read(place)));
    }
    List<StoredRun> exact =
        runs.stream()
            .filter(run -> run.id().equals(typed) || run.text(Field.NAME).equals(typed))
            .toList();
    List<StoredRun> found = exact.isEmpty() ? partly(typed) : exact;
    if (found.isEmpty()) {
      throw UserException.unknown("run", typed, runs.stream().map(StoredRun::id).toList());
    }
    if (found.size() > 1) {
      throw new UserException(
          "%s is short for %s runs, among them %s: write more of its name, or its folder"
              .formatted(
                  Quote.of(typed),
                  found.size(),
                  found.stream()
                      .limit(MOST_NAMED)
                      .map(run -> exact.isEmpty() ? run.id() : run.folder().toString())
                      .collect(Collectors.joining(", "))));
    }
    return found.getFirst();
  }

  private List<StoredRun> partly(String typed) {
    return runs.stream()
        .filter(run -> {
          String name = run.folder().getFileName().toString();
          return run.id().startsWith(typed) || run.id().endsWith(typed) || name.startsWith(typed);
        })
        .toList();
  }
}
