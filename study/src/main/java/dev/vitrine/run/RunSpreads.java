package dev.vitrine.run;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.inside.LayerProbe;
import dev.vitrine.inside.Reading;
import dev.vitrine.inside.Recording;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.spread.Quantiles;
import dev.vitrine.train.Batch;
import dev.vitrine.train.DatasetBatches;
import dev.vitrine.train.EpochSummary;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.StepSummary;
import dev.vitrine.train.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How weights, activations and gradients are spread in the course of a training: {@code
 * histograms.jsonl}, whose first line is {@code {"every":…}} and each other a recording, {@code
 * {"step":…,"spreads":[…]}}. What is read is always the same: the training's first batch, of it at
 * most {@value #EXAMPLES} examples, with the numbers of that step.
 */
final class RunSpreads {
  private static final int EXAMPLES = 64;
  private static final String EVERY = "every";

  private final Path file;
  private final int every;
  private final boolean begins;

  private RunSpreads(Path file, int every, boolean begins) {
    this.file = file;
    this.every = every;
    this.begins = begins;
  }

  /**
   * Begins to record, or goes on: lines after the step are forgotten, since they come again.
   *
   * @param every steps, of a training that begins; one that goes on has it in its file
   * @param step how many are done
   */
  static Optional<RunSpreads> of(Path file, int every, long step) {
    if (step > 0 && Files.isRegularFile(file)) {
      List<JsonObject> lines = Json.readLines(file);
      if (lines.isEmpty()) {
        throw new UserException(
            "%s: expected a first line that says after how many steps it is recorded, but there is none: the file is damaged"
                .formatted(file));
      }
      List<Map<String, Object>> kept = new ArrayList<>();
      read(file).stream().filter(r -> r.step() <= step).map(RunSpreads::line).forEach(kept::add);
      int before = (int) lines.getFirst().integer(EVERY);
      kept.addFirst(Map.of(EVERY, before));
      Json.writeLines(file, kept);
      return Optional.of(new RunSpreads(file, before, false));
    }
    if (every == 0) {
      return Optional.empty();
    }
    Json.writeLines(file, List.of(Map.of(EVERY, every)));
    return Optional.of(new RunSpreads(file, every, true));
  }

  /** A listener that records, shows whoever watches what was read, and tells the next. */
  TrainingListener listening(
      Model model,
      Recipe recipe,
      Dataset data,
      Compute compute,
      InsideWatcher watcher,
      TrainingListener next) {
    Batch batch = DatasetBatches.of(data, recipe, model).at(0);
    int count = Math.min(EXAMPLES, batch.size());
    LayerProbe probe = LayerProbe.of(model, Optional.of(recipe.loss()), count, compute);
    Recorder recorder = new Recorder(probe, batch, count, watcher, next);
    if (begins) {
      recorder.record(0);
    }
    return recorder;
  }

  private final class Recorder implements TrainingListener {
    private final LayerProbe probe;
    private final Batch batch;
    private final int count;
    private final InsideWatcher watcher;
    private final TrainingListener next;

    Recorder(
        LayerProbe probe, Batch batch, int count, InsideWatcher watcher, TrainingListener next) {
      this.probe = probe;
      this.batch = batch;
      this.count = count;
      this.watcher = watcher;
      this.next = next;
    }

    void record(long step) {
      Reading reading =
          probe.read(plan -> {
            batch.feed(plan, 0, count);
            return count;
          });
      Recording recording = Recording.of(step, reading);
      Json.appendLine(file, line(recording));
      watcher.recorded(recording, reading);
    }

    @Override
    public void step(StepSummary summary) {
      long step = summary.step();
      if (step % every == 0 || step == summary.course().totalSteps()) {
        record(step);
      }
      next.step(summary);
    }

    @Override
    public void epoch(EpochSummary summary) {
      next.epoch(summary);
    }
  }

  private static Map<String, Object> line(Recording recording) {
    List<Map<String, Object>> spreads = new ArrayList<>();
    for (Recording.Named named : recording.spreads()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("kind", named.kind().name().toLowerCase(Locale.ROOT));
      one.put("name", named.name());
      one.put("count", named.spread().count());
      one.put("zeros", named.spread().zeros());
      one.put("odd", named.spread().odd());
      one.put("rms", named.spread().rms());
      one.put("quantiles", named.spread().at());
      one.put("faulty", named.faulty());
      spreads.add(one);
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", recording.step());
    line.put("spreads", spreads);
    return line;
  }

  /** What a file holds; nothing if there is none. */
  static List<Recording> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    return Json.readLines(file).stream().skip(1).map(RunSpreads::recording).toList();
  }

  private static Recording recording(JsonObject line) {
    return new Recording(
        line.integer("step"),
        line.list("spreads").stream().map(each -> named(line, each)).toList());
  }

  private static Recording.Named named(JsonObject line, Object each) {
    if (!(each instanceof JsonObject one)) {
      throw new UserException(
          "The recording of step %s expects objects under spreads, but has %s: the file is damaged"
              .formatted(line.integer("step"), JsonObject.shown(each)));
    }
    return new Recording.Named(
        kind(one.string("kind")),
        one.string("name"),
        new Quantiles(
            one.integer("count"),
            one.integer("zeros"),
            one.integer("odd"),
            one.number("rms"),
            one.numbers("quantiles")),
        one.whole("faulty"));
  }

  private static Recording.Kind kind(String word) {
    return Arrays.stream(Recording.Kind.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(() ->
            UserException.unknown(
                "kind of recording",
                word,
                Arrays.stream(Recording.Kind.values())
                    .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                    .toList()));
  }
}
