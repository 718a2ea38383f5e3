package dev.vitrine.run;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.report.EpochRow;
import dev.vitrine.report.StepLoss;
import dev.vitrine.train.EpochSummary;
import dev.vitrine.train.Progress;
import dev.vitrine.train.StepSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The curves of a run: the mean loss of every {@link Progress#WINDOW} steps, and what each epoch
 * came to. As {@code metrics.jsonl} it has one line for each, in the order in which they come,
 * {@code {"step":…,"loss":…}} or {@code {"epoch":…}}; of a training that diverged the last is
 * {@code {"step":…,"diverged":…}}, with the step that it failed in and the sentence about it.
 */
final class RunLog {
  private static final String DIVERGED = "diverged";

  private final List<StepLoss> steps = new ArrayList<>();
  private final List<EpochRow> epochs = new ArrayList<>();
  private final List<Map<String, Object>> lines = new ArrayList<>();

  /**
   * A log that goes on after {@code step}; later lines are forgotten, since they come again.
   *
   * @param file where the lines were read, for the sentence
   * @param epochs how many have ended by then
   * @throws UserException if lines up to that step are missing
   */
  static RunLog resume(Path file, List<JsonObject> lines, long step, long epochs) {
    RunLog log = read(lines.stream().filter(line -> line.integer("step") <= step).toList());
    long windows = step / Progress.WINDOW;
    if (log.steps.size() != windows || log.epochs.size() != epochs) {
      throw new UserException(
          "%s: expected %s losses and %s epochs up to the checkpoint's step %s, but there are %s and %s: the file is damaged"
              .formatted(file, windows, epochs, step, log.steps.size(), log.epochs.size()));
    }
    return log;
  }

  /** A log of such lines; a divergence among them is left out. */
  static RunLog read(List<JsonObject> lines) {
    RunLog log = new RunLog();
    for (JsonObject line : inOrder(lines)) {
      if (line.has("epoch")) {
        log.add(epoch(line), line.integer("step"));
      } else if (!line.has(DIVERGED)) {
        log.add(new StepLoss(line.integer("step"), line.number("loss")));
      }
    }
    return log;
  }

  /** Earlier versions wrote the epochs' lines behind all others. */
  private static List<JsonObject> inOrder(List<JsonObject> lines) {
    return lines.stream()
        .sorted(
            Comparator.comparingLong((JsonObject line) -> line.integer("step"))
                .thenComparing(line -> line.has("epoch")))
        .toList();
  }

  private static EpochRow epoch(JsonObject line) {
    return new EpochRow(
        (int) line.integer("epoch"),
        line.number("train_loss"),
        line.number("train_accuracy"),
        optional(line, "validation_loss"),
        optional(line, "validation_accuracy"),
        line.number("images_per_second"),
        line.number("learning_rate"),
        line.number("seconds"));
  }

  private static OptionalDouble optional(JsonObject line, String key) {
    return line.has(key) ? OptionalDouble.of(line.number(key)) : OptionalDouble.empty();
  }

  /** Adds the point of a window, if the step has filled one, and gives its line. */
  Optional<Map<String, Object>> step(StepSummary s) {
    return s.windowLoss().stream().mapToObj(loss -> add(new StepLoss(s.step(), loss))).findFirst();
  }

  /** Adds an epoch, and gives its line. */
  Map<String, Object> epoch(EpochSummary s) {
    OptionalDouble accuracy = s.validation().stream().mapToDouble(Evaluation::accuracy).findFirst();
    return add(
        new EpochRow(
            s.epoch(),
            s.trainLoss(),
            s.trainAccuracy().orElse(Double.NaN),
            s.validationLoss(),
            accuracy,
            s.imagesPerSecond(),
            s.learningRate(),
            s.seconds()),
        s.step());
  }

  /** The line about the step after those that are done, which came to numbers that are none. */
  static Map<String, Object> diverged(long stepsDone, String sentence) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", stepsDone + 1);
    line.put(DIVERGED, sentence);
    return line;
  }

  private Map<String, Object> add(StepLoss point) {
    steps.add(point);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", point.step());
    line.put("loss", point.loss());
    lines.add(line);
    return line;
  }

  private Map<String, Object> add(EpochRow row, long step) {
    epochs.add(row);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("epoch", row.epoch());
    line.put("step", step);
    line.put("train_loss", row.trainLoss());
    line.put("train_accuracy", row.trainAccuracy());
    row.validationLoss().ifPresent(v -> line.put("validation_loss", v));
    row.validationAccuracy().ifPresent(v -> line.put("validation_accuracy", v));
    line.put("images_per_second", row.imagesPerSecond());
    line.put("learning_rate", row.learningRate());
    line.put("seconds", row.seconds());
    lines.add(line);
    return line;
  }

  /** Whether lines end with a divergence. */
  static boolean endsDiverged(List<JsonObject> lines) {
    return !lines.isEmpty() && lines.getLast().has(DIVERGED);
  }

  /** The sentence of lines that end with a divergence. */
  static String divergence(List<JsonObject> lines) {
    return lines.getLast().string(DIVERGED);
  }

  List<StepLoss> steps() {
    return steps;
  }

  List<EpochRow> epochs() {
    return epochs;
  }

  /** All lines but one about a divergence. */
  List<Map<String, Object>> lines() {
    return lines;
  }
}
