package dev.vitrine.run;

import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.FileErrors;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a run is kept: {@code config.json}, {@code metrics.jsonl}, {@code
 * checkpoints/last.safetensors}, {@code result.json} and {@code report.html}. Every file is written
 * whole or not at all.
 */
public record RunFolder(Path path) {
  private static final String LAST = "last.safetensors";

  /**
   * Makes the folder of a new run with its first checkpoint: filled under another name and then
   * renamed, so that every run folder that exists can be gone on with.
   *
   * @throws UserException if it exists already or cannot be made; then nothing of it is left
   */
  static RunFolder create(Path path, RunConfig config, TrainingState first) {
    requireNew(path);
    Path whole = path.toAbsolutePath();
    Path draft =
        whole.resolveSibling(
            ".%s.%d.tmp".formatted(whole.getFileName(), ProcessHandle.current().pid()));
    Path topmost = topmostMissing(draft);
    try {
      Files.createDirectories(draft.resolve("checkpoints"));
      RunFolder folder = new RunFolder(draft);
      folder.writeConfig(config);
      folder.writeMetrics(List.of());
      folder.writeCheckpoint(first, config);
      Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      discard(topmost, e);
      throw FileErrors.writing(path, e);
    } catch (UserException e) {
      discard(topmost, e);
      throw new UserException("The run folder %s: %s".formatted(path, e.getMessage()), e);
    }
    return new RunFolder(path);
  }

  /** The path itself, or the topmost of its ancestors that does not exist yet. */
  private static Path topmostMissing(Path path) {
    Path parent = path.getParent();
    return parent == null || Files.exists(parent) ? path : topmostMissing(parent);
  }

  private static void discard(Path made, Exception failure) {
    if (!Files.exists(made)) {
      return;
    }
    try (Stream<Path> all = Files.walk(made)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
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
    if (Files.exists(path)) {
      throw new UserException(
          "The run folder %s exists already: choose another --out, or go on with --resume %s"
              .formatted(path, path));
    }
    AtomicFile.probeFolder(path);
  }

  /**
   * Opens a run's folder.
   *
   * @throws UserException if it is none
   */
  public static RunFolder open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new UserException(
          "There is no run folder %s: expected one that 'vitrine train' made, such as runs/lenet-digits-1"
              .formatted(path));
    }
    RunFolder folder = new RunFolder(path);
    for (Path file : List.of(path.resolve("config.json"), folder.checkpoint())) {
      if (!Files.isRegularFile(file)) {
        throw new UserException(
            "%s is not a run folder: it has no %s".formatted(path, path.relativize(file)));
      }
    }
    return folder;
  }

  /** What the run computes. */
  public RunConfig config() {
    return RunConfig.of(Json.read(path.resolve("config.json")));
  }

  /**
   * Writes what the run computes, in place of what was there.
   *
   * @throws UserException if it cannot be written
   */
  public void writeConfig(RunConfig config) {
    Json.write(path.resolve("config.json"), config.toJson());
  }

  /** The newest checkpoint's file. */
  public Path checkpoint() {
    return path.resolve("checkpoints").resolve(LAST);
  }

  /** The page about the run. */
  public Path report() {
    return path.resolve("report.html");
  }

  /** The file of the curves. */
  Path metricsFile() {
    return path.resolve("metrics.jsonl");
  }

  /** The metrics' lines. */
  List<JsonObject> metrics() {
    return Json.readLines(metricsFile());
  }

  void writeMetrics(List<Map<String, Object>> lines) {
    Json.writeLines(metricsFile(), lines);
  }

  void writeCheckpoint(TrainingState state, RunConfig config) {
    Checkpoint.write(checkpoint(), state, CheckpointNotes.of(config));
  }

  void writeResult(Map<String, Object> result) {
    Json.write(path.resolve("result.json"), result);
  }
}
