package dev.vitrine.lab.store;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.report.EpochRow;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunContents;
import dev.vitrine.run.RunCurves;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.TrainingStatus;
import dev.vitrine.settings.NamedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a run's folder into what a list shows of it. */
final class RunReader {
  private final Map<Field, Object> values = new EnumMap<>(Field.class);

  private RunReader() {}

  /** A run as its folder says; whatever is wrong with it is what is said. */
  static StoredRun read(Places place) {
    return new RunReader().run(place);
  }

  private StoredRun run(Places place) {
    values.put(Field.ID, place.id());
    values.put(Field.PATH, place.folder().toString());
    put(Field.STUDY, place.study());
    put(Field.STARTED, time(place.folder(), List.of("config.json")));
    put(
        Field.UPDATED,
        time(
            place.folder(),
            List.of("result.json", "checkpoints/last.safetensors", "metrics.jsonl")));
    Map<String, String> settings = Map.of();
    Set<String> changed = Set.of();
    try {
      marks(Marks.of(place.folder()));
      RunContents contents = RunContents.of(place.folder());
      settings = RunSettings.of(contents.config());
      changed = RunSettings.changed(contents.config(), settings);
      contents(contents);
    } catch (UserException damage) {
      if (RunFolder.isRun(place.folder()) || Files.exists(place.folder())) {
        values.put(Field.STATE, RunState.DAMAGED.word());
        values.put(Field.REASON, damage.getMessage());
      }
    }
    return new StoredRun(place.folder(), values, settings, changed);
  }

  private void marks(Marks marks) {
    put(Field.NAME, marks.name());
    put(Field.TAGS, String.join(",", marks.tags()));
    put(Field.NOTE, marks.note());
  }

  private void contents(RunContents contents) {
    RunConfig config = contents.config();
    values.put(Field.MODEL, config.network().spec().name());
    values.put(Field.DATA, NamedData.shortName(config.data().name()));
    values.put(Field.SEED, config.recipe().seed().value());
    values.put(Field.EPOCHS, (long) config.recipe().epochs());
    put(Field.COMMAND, config.command());
    TrainingStatus status = contents.status();
    values.put(Field.STATE, RunState.of(status.state()).word());
    status.step().ifPresent(step -> values.put(Field.STEP, step));
    status.course().ifPresent(course -> values.put(Field.TOTAL_STEPS, course.totalSteps()));
    contents.parametersHash().ifPresent(hash -> values.put(Field.HASH, hash));
    curves(contents.curves());
    contents.result().ifPresent(this::result);
  }

  private void curves(RunCurves curves) {
    curves.diverged().ifPresent(sentence -> values.put(Field.REASON, sentence));
    values.put(Field.EPOCHS_DONE, (long) curves.epochs().size());
    if (curves.epochs().isEmpty()) {
      return;
    }
    EpochRow last = curves.epochs().getLast();
    number(Field.TRAIN_LOSS, last.trainLoss());
    number(Field.TRAIN_ACCURACY, last.trainAccuracy());
    last.validationLoss().ifPresent(loss -> number(Field.VALIDATION_LOSS, loss));
    last.validationAccuracy().ifPresent(share -> number(Field.VALIDATION_ACCURACY, share));
    double seconds = 0;
    double images = 0;
    double best = -1;
    for (EpochRow row : curves.epochs()) {
      seconds += row.seconds();
      images += row.imagesPerSecond() * row.seconds();
      if (row.validationAccuracy().orElse(-1) > best) {
        best = row.validationAccuracy().orElseThrow();
        values.put(Field.BEST_VALIDATION_ACCURACY, best);
        values.put(Field.BEST_EPOCH, (long) row.epoch());
      }
    }
    values.put(Field.SECONDS, seconds);
    if (seconds > 0) {
      values.put(Field.IMAGES_PER_SECOND, images / seconds);
    }
  }

  private void result(JsonObject result) {
    JsonObject test = result.object("test");
    number(Field.TEST_ACCURACY, test.number("accuracy"));
    number(Field.TEST_LOSS, test.number("loss"));
    values.put(Field.TEST_EXAMPLES, test.integer("examples"));
    values.put(Field.HASH, result.string("parameters_hash"));
  }

  /** A share that there is none of, as of a regression, is NaN in the file, and nothing here. */
  private void number(Field field, double value) {
    if (field.kind() != Field.Kind.SHARE || !Double.isNaN(value)) {
      values.put(field, value);
    }
  }

  private void put(Field field, String text) {
    if (!text.isEmpty()) {
      values.put(field, text);
    }
  }

  /** When the first of these files that there is was written, to the second. */
  private static String time(Path folder, List<String> files) {
    Optional<Instant> written =
        files.stream()
            .map(folder::resolve)
            .filter(Files::exists)
            .findFirst()
            .flatMap(RunReader::of);
    return written.map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("");
  }

  private static Optional<Instant> of(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
