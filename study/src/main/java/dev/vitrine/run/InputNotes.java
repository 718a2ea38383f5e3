package dev.vitrine.run;

import dev.vitrine.data.Polarities;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.image.Normalisation;
import dev.vitrine.notation.RecordJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How pictures became the inputs that a checkpoint's numbers were trained on. Its notes say it, so
 * that it is known wherever the file goes.
 *
 * @param normalisation pixels/255 if nothing says it
 * @param polarities of the training's pictures, if anything says them
 */
record InputNotes(Normalisation normalisation, Optional<Polarities> polarities) {
  private static final InputNotes UNKNOWN = new InputNotes(Normalisation.UNIT, Optional.empty());
  private static final RecordJson JSON = RecordJson.of();
  private static final String NORMALISATION = "normalisation";
  private static final String POLARITIES = "polarities";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String CONFIG = "config.json";

  /** Of a run. */
  static InputNotes of(RunConfig config) {
    return new InputNotes(config.recipe().normalisation(), config.data().found().polarities());
  }

  /**
   * Of a bare checkpoint: as its notes say; those of earlier versions do not, but the configuration
   * of their run does, if it is still where the run keeps it, or in the same folder.
   *
   * @throws UserException if a note cannot be read
   */
  static InputNotes of(Path checkpoint, Map<String, String> notes) {
    if (!notes.containsKey(NORMALISATION)) {
      return beside(checkpoint)
          .filter(config -> CheckpointNotes.areOf(config, notes))
          .map(InputNotes::of)
          .orElse(UNKNOWN);
    }
    Normalisation normalisation = read(checkpoint, notes, NORMALISATION, Normalisation.class);
    return notes.containsKey(POLARITIES)
        ? new InputNotes(
            normalisation, Optional.of(read(checkpoint, notes, POLARITIES, Polarities.class)))
        : new InputNotes(normalisation, Optional.empty());
  }

  private static <R> R read(Path checkpoint, Map<String, String> notes, String key, Class<R> type) {
    String source = "%s: its note %s".formatted(checkpoint, Quote.of(key));
    return JSON.read(Json.parse(notes.get(key), source), type);
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

  /** As texts by key. */
  Map<String, String> toNotes() {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(NORMALISATION, Json.line(JSON.write(normalisation)));
    polarities.ifPresent(shares -> notes.put(POLARITIES, Json.line(JSON.write(shares))));
    return notes;
  }
}
