package dev.vitrine.web.rooms;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.store.Field;
import dev.vitrine.lab.store.RunComparison;
import dev.vitrine.lab.store.RunState;
import dev.vitrine.lab.store.RunStore;
import dev.vitrine.lab.store.RunTable;
import dev.vitrine.lab.store.StoredRun;
import dev.vitrine.report.EpochRow;
import dev.vitrine.run.RunCurves;
import dev.vitrine.run.RunFolder;
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
import java.util.Objects;

/** All runs and trials: listed, looked at, and compared. */
public final class RunsRoom implements Room {
  /** What a list of ten thousand needs; the rest is asked for one run at a time. */
  private static final List<Field> LISTED =
      List.of(
          Field.ID,
          Field.NAME,
          Field.STUDY,
          Field.STATE,
          Field.MODEL,
          Field.DATA,
          Field.SEED,
          Field.EPOCHS_DONE,
          Field.EPOCHS,
          Field.VALIDATION_ACCURACY,
          Field.TEST_ACCURACY,
          Field.SECONDS,
          Field.UPDATED,
          Field.TAGS);

  private final List<Path> folders;

  /**
   * @param folders below which runs are looked for
   */
  public RunsRoom(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/api/runs", _ -> list())
        .get("/api/run", this::show)
        .get("/api/run/report", this::report)
        .get("/api/runs/compare", this::compare);
  }

  private Answer list() {
    List<Map<String, String>> fields =
        LISTED.stream()
            .map(f -> Map.of("key", f.key(), "heading", f.heading(), "kind", f.kind().name()))
            .toList();
    List<List<Object>> rows = new ArrayList<>();
    for (StoredRun run : RunStore.below(folders).runs()) {
      List<Object> row = new ArrayList<>();
      LISTED.forEach(field -> row.add(run.values().get(field)));
      rows.add(row);
    }
    return Answer.json(Map.of("fields", fields, "rows", rows));
  }

  private Answer show(Request request) {
    StoredRun run = find(request.required("run"));
    Map<String, Object> json = new LinkedHashMap<>(RunTable.json(run));
    json.put("unusual", run.unusual());
    if (run.state() != RunState.DAMAGED) {
      RunFolder folder = RunFolder.open(run.folder());
      json.put("curves", curves(folder));
      json.put("result", folder.result().orElse(null));
      json.put("report", Files.isRegularFile(folder.report()));
    }
    return Answer.json(json);
  }

  /** Of a run that has written none yet, none. */
  private static Map<String, Object> curves(RunFolder folder) {
    if (!Files.isRegularFile(folder.path().resolve("metrics.jsonl"))) {
      return Map.of();
    }
    RunCurves curves = RunCurves.of(folder);
    return Map.of(
        "steps", curves.steps(), "epochs", curves.epochs().stream().map(RunsRoom::json).toList());
  }

  private static Map<String, Object> json(EpochRow row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("epoch", row.epoch());
    json.put("train_loss", row.trainLoss());
    json.put("train_accuracy", row.trainAccuracy());
    row.validationLoss().ifPresent(loss -> json.put("validation_loss", loss));
    row.validationAccuracy().ifPresent(share -> json.put("validation_accuracy", share));
    json.put("images_per_second", row.imagesPerSecond());
    json.put("learning_rate", row.learningRate());
    json.put("seconds", row.seconds());
    return json;
  }

  private Answer report(Request request) {
    Path report = RunFolder.open(find(request.required("run")).folder()).report();
    try {
      return Reports.of(Files.readAllBytes(report));
    } catch (IOException missing) {
      throw new UserException("This run has no report yet: its training has not ended", missing);
    }
  }

  private Answer compare(Request request) {
    RunStore store = RunStore.below(folders);
    List<StoredRun> runs =
        List.of(request.required("runs").split(",")).stream().map(id -> find(store, id)).toList();
    RunComparison comparison = RunComparison.of(runs);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runs", runs.stream().map(StoredRun::id).toList());
    json.put("differences", comparison.differences());
    Map<String, Object> results = new LinkedHashMap<>();
    comparison.results().forEach((field, values) -> results.put(field.key(), values));
    json.put("results", results);
    json.put("sentences", comparison.sentences());
    return Answer.json(json);
  }

  private StoredRun find(String id) {
    return find(RunStore.below(folders), id);
  }

  /** The folder of a run below some folders. */
  static Path folder(List<Path> folders, String id) {
    return find(RunStore.below(folders), id).folder();
  }

  /** By what it goes by alone: what a browser sends is no path. */
  private static StoredRun find(RunStore store, String id) {
    return store.runs().stream()
        .filter(run -> Objects.equals(run.id(), id))
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                "There is no run %s any more: it was renamed, or its folder removed"
                    .formatted(id)));
  }
}
