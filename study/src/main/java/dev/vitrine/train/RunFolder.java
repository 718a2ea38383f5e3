package dev.vitrine.train;

import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.nn.Model;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a run is kept: {@code config.json}, {@code metrics.jsonl}, {@code
 * checkpoints/last.safetensors}, {@code result.json} and {@code report.html}. Every file is written
 * whole or not at all.
 */
public record RunFolder(Path path) {
  private static final String LAST = "last.safetensors";

  /**
   * Makes a folder for a new run.
   *
   * @throws UserException if it exists already or cannot be made
   */
  public static RunFolder create(Path path, RunConfig config) {
    refuseExisting(path);
    try {
      if (path.toAbsolutePath().getParent() != null) {
        Files.createDirectories(path.toAbsolutePath().getParent());
      }
      Files.createDirectory(path);
      Files.createDirectory(path.resolve("checkpoints"));
    } catch (FileAlreadyExistsException e) {
      throw new UserException(
          "The run folder %s cannot be made, because %s exists and is no folder"
              .formatted(path, e.getFile()),
          e);
    } catch (IOException e) {
      throw FileErrors.writing(path, e);
    }
    Json.write(path.resolve("config.json"), config.toJson());
    return new RunFolder(path);
  }

  /**
   * Checks that a folder can be that of a new run.
   *
   * @throws UserException if something is there already
   */
  public static void refuseExisting(Path path) {
    if (Files.exists(path)) {
      throw new UserException(
          "The run folder %s exists already: choose another --out, or go on with --resume %s"
              .formatted(path, path));
    }
  }

  /**
   * Opens a run's folder.
   *
   * @throws UserException if it is none
   */
  public static RunFolder open(Path path) {
    if (!Files.isRegularFile(path.resolve("config.json"))) {
      throw new UserException("%s is not a run folder: it has no config.json".formatted(path));
    }
    return new RunFolder(path);
  }

  /** What the run computes. */
  public RunConfig config() {
    return RunConfig.of(Json.read(path.resolve("config.json")));
  }

  /** The newest checkpoint's file. */
  public Path checkpoint() {
    return path.resolve("checkpoints").resolve(LAST);
  }

  /** The page about the run. */
  public Path report() {
    return path.resolve("report.html");
  }

  /** The network with its newest numbers. */
  public Model model() {
    Model model = config().newModel();
    Checkpoint.readParameters(checkpoint(), model);
    return model;
  }

  /** The metrics' lines, if there are any yet. */
  List<JsonObject> metrics() {
    Path file = path.resolve("metrics.jsonl");
    return Files.exists(file) ? Json.readLines(file) : List.of();
  }

  void writeMetrics(List<Map<String, Object>> lines) {
    Json.writeLines(path.resolve("metrics.jsonl"), lines);
  }

  void writeCheckpoint(TrainingState state, Map<String, String> metadata) {
    Checkpoint.write(checkpoint(), state, metadata);
  }

  void writeResult(Map<String, Object> result) {
    Json.write(path.resolve("result.json"), result);
  }
}
