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
   * As JSON: its name and its settings, in small letters with underscores.
   *
   * @throws UserException if it has no name
   */
  public static Map<String, Object> json(Loss loss) {
    return ALL.json(loss);
  }

  /**
   * Reads what {@link #json} gives.
   *
   * @throws UserException if the name is unknown, or a setting is missing, unknown, wrong or out of
   *     its range
   */
  public static Loss read(JsonObject json) {
    return ALL.read(json);
  }
}
