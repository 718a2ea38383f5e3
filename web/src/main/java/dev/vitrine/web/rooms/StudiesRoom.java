package dev.vitrine.web.rooms;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.store.Field;
import dev.vitrine.lab.store.RunState;
import dev.vitrine.lab.store.RunStore;
import dev.vitrine.lab.store.StoredRun;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Studies that stand on disk: how far each is, and its report. */
public final class StudiesRoom implements Room {
  private final List<Path> folders;

  /**
   * @param folders below which studies are looked for
   */
  public StudiesRoom(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  @Override
  public void open(Routes routes) {
    routes.get("/api/studies", _ -> list()).get("/api/study/report", this::report);
  }

  /** The trials of each study, by its name. */
  private Map<String, List<StoredRun>> studies() {
    Map<String, List<StoredRun>> studies = new TreeMap<>();
    for (StoredRun run : RunStore.below(folders).runs()) {
      String study = run.text(Field.STUDY);
      if (!study.isEmpty()) {
        studies.computeIfAbsent(study, _ -> new ArrayList<>()).add(run);
      }
    }
    return studies;
  }

  /** A study's folder holds the folder of its trials. */
  private static Path folder(List<StoredRun> trials) {
    return trials.getFirst().folder().getParent().getParent();
  }

  private Answer list() {
    List<Map<String, Object>> all = new ArrayList<>();
    studies()
        .forEach((name, trials) -> {
          Map<String, Object> json = new LinkedHashMap<>();
          json.put("name", name);
          json.put("trials", trials.size());
          json.put("finished", trials.stream().filter(t -> t.state() == RunState.FINISHED).count());
          json.put("running", trials.stream().filter(t -> t.state() == RunState.RUNNING).count());
          json.put("failed", trials.stream().filter(t -> t.state() == RunState.DIVERGED).count());
          json.put("updated", newest(trials).orElse(""));
          json.put("report", Files.isRegularFile(report(trials)));
          all.add(json);
        });
    return Answer.json(Map.of("studies", all));
  }

  private static Optional<String> newest(List<StoredRun> trials) {
    return trials.stream().map(trial -> trial.text(Field.UPDATED)).max(String::compareTo);
  }

  private static Path report(List<StoredRun> trials) {
    return folder(trials).resolve("report.html");
  }

  private Answer report(Request request) {
    String name = request.required("study");
    Map<String, List<StoredRun>> studies = studies();
    if (!studies.containsKey(name)) {
      throw UserException.unknown("study", name, studies.keySet());
    }
    try {
      return Reports.of(Files.readAllBytes(report(studies.get(name))));
    } catch (IOException missing) {
      throw new UserException("This study has no report yet: it is written when it ends", missing);
    }
  }
}
