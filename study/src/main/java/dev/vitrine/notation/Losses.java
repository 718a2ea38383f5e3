package dev.vitrine.notation;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.nn.Loss;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Losses by name, with what they are set to: the components of their records. */
public final class Losses {
  private static final NamedRecords<Loss> ALL = new NamedRecords<>("loss", byName());

  private Losses() {}

  private static Map<String, Loss> byName() {
    Map<String, Loss> all = new LinkedHashMap<>();
    all.put("cross_entropy", Loss.crossEntropy());
    all.put("mse", Loss.meanSquaredError());
    all.put("binary_cross_entropy", Loss.binaryCrossEntropy());
    all.put("hinge", Loss.hinge());
    return all;
  }

  /** {@return the names of all} */
  public static Set<String> names() {
    return ALL.names();
  }

  /**
   * {@return the loss of a name, as it is usually set}
   *
   * @param name such as {@code mse}; words may have hyphens between them, too
   * @throws UserException if there is none
   */
  public static Loss named(String name) {
    return ALL.named(name.replace('-', '_'));
  }

  /**
   * {@return what a mean of a loss is called, with its unit if it has one: {@code cross-entropy in
   * nats}}
   *
   * @param loss of any kind
   */
  public static String mean(Loss loss) {
    return switch (loss) {
      case Loss.CrossEntropy _ -> "cross-entropy in nats";
      case Loss.BinaryCrossEntropy _ -> "binary cross-entropy in nats";
      case Loss.MeanSquaredError _ -> "squared error";
      case Loss.Hinge _ -> "hinge loss";
      default -> "loss";
    };
  }

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
