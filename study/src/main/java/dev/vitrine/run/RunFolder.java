package dev.vitrine.run;

import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.FileErrors;
import dev.vitrine.format.Folders;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.format.Safetensors;
import dev.vitrine.inside.Recording;
import dev.vitrine.train.Course;
import dev.vitrine.train.TrainingState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where a run is kept: {@code config.json}, {@code metrics.jsonl}, {@code
 * checkpoints/last.safetensors}, {@code result.json} and {@code report.html}. Every file is written
 * whole or not at all, but the metrics, to which lines are added as they come.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
  private static final String LAST = "last.safetensors";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String CONFIG = "config.json";
  private static final String METRICS = "metrics.jsonl";
  private static final String RESULT = "result.json";
  private static final String SPREADS = "histograms.jsonl";
  private static final String EVENTS = "tensorboard";

  /** Longer ones make no line that one reads. */
  private static final int LONGEST_EXAMPLE = 100;

  private static final String REPORT = "report.html";

  /** What a run keeps in its folder, beside the folder of its checkpoints. */
  public static final List<String> FILES =
      List.of(CONFIG, METRICS, SPREADS, RESULT, REPORT, RunLock.NAME);

  /**
   * Makes the folder of a new run with its first checkpoint: filled under another name and then
   * renamed, so that every run folder that exists can be gone on with.
   *
   * @param course how long its training is to be
   * @throws UserException if it exists already or cannot be made; then nothing of it is left
   */
  static RunFolder create(RunPlace place, RunConfig config, TrainingState first, Course course) {
    Path path = place.next();
    Path whole = path.toAbsolutePath();
    String unique =
        String.format(Locale.ROOT, "%d-%x", ProcessHandle.current().pid(), System.nanoTime());
    Path draft = whole.resolveSibling(".%s.%s.tmp".formatted(whole.getFileName(), unique));
    Path topmost = topmostMissing(draft);
    try {
      Files.createDirectories(draft.resolve(CHECKPOINTS));
      RunFolder folder = new RunFolder(draft);
      folder.writeConfig(config);
      folder.writeMetrics(List.of());
      folder.writeCheckpoint(first, config, course, false);
      return new RunFolder(settle(draft, place, path));
    } catch (IOException e) {
      discard(topmost, e);
      throw FileErrors.writing(path, e);
    } catch (UserException e) {
      discard(topmost, e);
      if (e.getCause() instanceof IOException cause) {
        throw FileErrors.writing(path, cause); // nobody knows the draft's name
      }
      throw new UserException("The run folder %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Gives the draft its name: when another training has taken the number, the next free one. */
  private static Path settle(Path draft, RunPlace place, Path first) throws IOException {
    for (Path path = first; ; path = place.next()) {
      try {
        Files.move(draft, path.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
        return path;
      } catch (IOException e) {
        if (!place.numbered() || !Files.exists(path)) {
          throw e;
        }
      }
    }
  }

  /** The path itself, or the topmost of its ancestors that does not exist yet. */
  private static Path topmostMissing(Path path) {
    Path parent = path.getParent();
    return parent == null || Files.exists(parent) ? path : topmostMissing(parent);
  }

  private static void discard(Path made, Exception failure) {
    try {
      Folders.delete(made);
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }

  /**
   * Checks that a folder can be that of a new run.
   *
   * @throws UserException if something is there already, or it cannot be made
   */
  public static void requireNew(Path path) {
    if (isRun(path)) {
      throw UserException.advising("%s is a run already".formatted(path), "choose another name");
    }
    if (Files.isDirectory(path)) {
      String within = path.resolve("run").normalize().toString();
      throw UserException.advising(
          "The folder %s exists already".formatted(path),
          "a run makes its own, so choose a name that is free"
              + (within.length() <= LONGEST_EXAMPLE ? ", such as " + within : ""));
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw UserException.advising(
          "%s exists already, and is no folder".formatted(path),
          "a run makes its own folder, so choose a name that is free");
    }
    AtomicFile.probeFolder(path);
  }

  /** {@return whether the folder is that of a run} */
  public static boolean isRun(Path path) {
    return Files.isRegularFile(path.resolve(CONFIG))
        && Files.isRegularFile(new RunFolder(path).checkpoint());
  }

  /**
   * {@return whether a file is one that a run keeps itself in, of this name in the folder of a run}
   *
   * @param file any file, which need not exist
   */
  public static boolean isOwn(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return false;
    }
    if (folder.endsWith(CHECKPOINTS)) {
      return isRun(folder.resolve("..").normalize());
    }
    return FILES.contains(file.getFileName().toString()) && isRun(folder);
  }

  /**
   * Opens a run's folder.
   *
   * @return the folder
   * @throws UserException if it is none
   */
  public static RunFolder open(Path path) {
    if (!Files.isDirectory(path)) {
      throw UserException.advising(
          "There is no run folder %s".formatted(path),
          "expected one that %s made, such as runs/lenet-digits-1",
          "a training");
    }
    RunFolder folder = new RunFolder(path);
    for (Path file : List.of(path.resolve(CONFIG), folder.checkpoint())) {
      if (!Files.isRegularFile(file)) {
        throw new UserException(
            "%s is not a run folder: it has no %s".formatted(path, path.relativize(file)));
      }
    }
    return folder;
  }

  /**
   * {@return what the run computes}
   *
   * @throws UserException if the file cannot be read or is wrong, or was changed after the training
   *     began in what decides its numbers: all but the command, and where the data are
   */
  public RunConfig config() {
    Path file = path.resolve(CONFIG);
    RunConfig config = RunConfig.of(Json.read(file));
    try (Safetensors tensors = Safetensors.open(checkpoint())) {
      CheckpointNotes.config(checkpoint(), CheckpointNotes.known(checkpoint(), tensors.metadata()))
          .ifPresent(began -> ConfigChange.refuse(file, config, began));
    }
    return config;
  }

  /**
   * Writes what the run computes, in place of what was there.
   *
   * @param config what the run computes
   * @throws UserException if it cannot be written
   */
  public void writeConfig(RunConfig config) {
    Json.write(path.resolve(CONFIG), config.toJson());
  }

  /** {@return the newest checkpoint's file} */
  public Path checkpoint() {
    return path.resolve(CHECKPOINTS).resolve(LAST);
  }

  /** {@return the page about the run} */
  public Path report() {
    return path.resolve(REPORT);
  }

  /** {@return how far its training is} */
  public TrainingStatus status() {
    return TrainingStatus.of(this);
  }

  /**
   * Checks that nobody trains it now.
   *
   * @throws UserException if another process does
   */
  public void requireIdle() {
    if (RunLock.isHeld(path)) {
      throw RunLock.refusal(path);
    }
  }

  /** {@return whether somebody trains it now; who asks does not hinder them} */
  public boolean isBusy() {
    return RunLock.isHeld(path);
  }

  /**
   * Gives the folder another place, while nobody can begin to train it.
   *
   * @param target where it goes, on the same disk; nothing is there
   * @throws UserException if somebody trains it now, or it cannot be moved
   */
  public void move(Path target) {
    RunLock lock = RunLock.hold(path);
    try (lock) {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(target.resolve(RunLock.NAME));
    } catch (IOException failure) {
      throw FileErrors.writing(target, failure);
    }
  }

  /** {@return what it came to, as it was written; empty if it has not come to its end} */
  public Optional<JsonObject> result() {
    return isFinished() ? Optional.of(Json.read(path.resolve(RESULT))) : Optional.empty();
  }

  /** Whether it has a result. */
  boolean isFinished() {
    return Files.isRegularFile(path.resolve(RESULT));
  }

  /** Whether its training ended with numbers that are none. */
  boolean isDiverged() {
    return Files.isRegularFile(metricsFile()) && RunLog.endsDiverged(metrics());
  }

  /** The file of the curves. */
  Path metricsFile() {
    return path.resolve(METRICS);
  }

  /** The file of what was recorded of the numbers within, if that is recorded. */
  Path spreadsFile() {
    return path.resolve(SPREADS);
  }

  /**
   * {@return what was recorded of the numbers within the network, by step; empty if nothing was}
   *
   * @throws UserException if the file is damaged
   */
  public List<Recording> recordings() {
    return RunSpreads.read(spreadsFile());
  }

  /** The metrics' lines. */
  List<JsonObject> metrics() {
    return Json.readLines(metricsFile());
  }

  void writeMetrics(List<Map<String, Object>> lines) {
    Json.writeLines(metricsFile(), lines);
  }

  /** Adds a line, which a reader sees at once. */
  void addMetrics(Map<String, Object> line) {
    Json.appendLine(metricsFile(), line);
  }

  /** Brings the metrics to the disk, before a checkpoint is that relies on them. */
  void settleMetrics() {
    try (FileChannel channel = FileChannel.open(metricsFile(), StandardOpenOption.WRITE)) {
      channel.force(false);
    } catch (IOException failure) {
      throw FileErrors.writing(metricsFile(), failure);
    }
  }

  /**
   * {@return the files with the network's numbers after single epochs, by the epoch, from 1; those
   * that were kept}
   *
   * @throws UserException if the folder cannot be read
   */
  public SortedMap<Integer, Path> epochCheckpoints() {
    return EpochCheckpoints.in(path.resolve(CHECKPOINTS));
  }

  /**
   * Deletes the numbers after single epochs; the newest checkpoint stays.
   *
   * @throws UserException if one cannot be deleted
   */
  public void dropEpochs() {
    EpochCheckpoints.deleteAll(path.resolve(CHECKPOINTS));
  }

  void keepEpoch(int epoch, int most, TrainingState state, RunConfig config, Course course) {
    Map<String, String> notes = CheckpointNotes.of(config, course, false);
    EpochCheckpoints.keep(path.resolve(CHECKPOINTS), epoch, most, state, notes);
  }

  /** {@return the folder of its event files for TensorBoard, if they are written} */
  public Path tensorboard() {
    return path.resolve(EVENTS);
  }

  /** Writes the newest checkpoint, of a training that has perhaps ended early. */
  void writeCheckpoint(TrainingState state, RunConfig config, Course course, boolean early) {
    Checkpoint.write(checkpoint(), state, CheckpointNotes.of(config, course, early));
  }

  void writeResult(Map<String, Object> result) {
    Json.write(path.resolve(RESULT), result);
  }
}
