package dev.vitrine.run;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What is known of the training of a checkpoint that is not opened as a run's. */
final class BareCheckpoint {
  private static final String CHECKPOINTS = "checkpoints";
  private static final String CONFIG = "config.json";

  private BareCheckpoint() {}

  /**
   * What its training was to compute: its notes say so wherever the file is; those of earlier
   * versions do not, but the configuration of their run does, if it is still where the run keeps
   * it, or in the same folder.
   *
   * @throws UserException if the note cannot be read
   */
  static Optional<RunConfig> config(Path checkpoint, Map<String, String> notes) {
    return CheckpointNotes.config(checkpoint, notes)
        .or(() -> beside(checkpoint).filter(config -> CheckpointNotes.areOf(config, notes)));
  }

  private static Optional<RunConfig> beside(Path checkpoint) {
    Path folder = checkpoint.toAbsolutePath().normalize().getParent();
    Path run = folder.endsWith(CHECKPOINTS) ? folder.getParent() : folder;
    Path config = run.resolve(CONFIG);
    if (!Files.isRegularFile(config)) {
      return Optional.empty();
    }
    try {
      return Optional.of(RunConfig.of(Json.read(config)));
    } catch (UserException notOurs) { // a file of others may have that name, and says nothing then
      return Optional.empty();
    }
  }
}
