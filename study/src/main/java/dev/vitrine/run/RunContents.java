package dev.vitrine.run;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the folder of a run says of it, read without a change to anything, whoever trains it
 * meanwhile.
 *
 * @param config what it computes
 * @param status how far it is
 * @param curves what its epochs came to
 * @param result what it came to, as {@link Outcome#toJson} has it; empty before its end
 * @param parametersHash of the newest checkpoint; empty of a version that did not keep it
 */
public record RunContents(
    RunConfig config,
    TrainingStatus status,
    RunCurves curves,
    Optional<JsonObject> result,
    Optional<String> parametersHash) {
  /**
   * Reads a folder.
   *
   * @param path of a run
   * @return what it says
   * @throws UserException if it is no run's, or something in it is damaged
   */
  public static RunContents of(Path path) {
    RunFolder folder = RunFolder.open(path);
    return new RunContents(
        folder.config(),
        folder.status(),
        RunCurves.of(folder),
        folder.result(),
        Checkpoint.parametersHash(folder.checkpoint()));
  }
}
