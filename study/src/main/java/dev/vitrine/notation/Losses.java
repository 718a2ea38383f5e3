package dev.vitrine.notation;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.nn.Loss;
import java.util.Map;

/** Losses by name, with what they are set to: the components of their records. */
public final class Losses {
  private static final NamedRecords<Loss> ALL =
      new NamedRecords<>("loss", Map.of("cross_entropy", Loss.crossEntropy()));

  private Losses() {}

  /**
   * {@return a loss as JSON: its name and its settings, in small letters with underscores}
   *
   * @param loss of a kind that has a name
   * @throws UserException if it has no name
   */
  public static Map<String, Object> json(Loss loss) {
    return ALL.json(loss);
  }

  /**
   * Reads what {@link #json} gives.
   *
   * @param json a loss's fields
   * @return the loss
   * @throws UserException if the name is unknown, or a setting is missing, unknown, wrong or out of
   *     its range
   */
  public static Loss read(JsonObject json) {
    return ALL.read(json);
  }
}
