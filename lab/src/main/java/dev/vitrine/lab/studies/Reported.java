package dev.vitrine.lab.studies;

import java.util.Map;

/** What the documents report of the arms of their studies: accuracies on their test data. */
public final class Reported {
  private static final Map<String, Map<String, Double>> ALL =
      Map.of(
          "optimizers",
          Map.of("sgd", 0.9792, "momentum", 0.9806, "adagrad", 0.9753, "adam", 0.9761),
          "batchnorm",
          Map.of("plain", 0.9792, "batchnorm at 2.0", 0.971),
          "hidden-units",
          Map.of("mlp-100", 0.896, "mlp-500", 0.895, "mlp-1000", 0.896),
          "dropout",
          Map.of("none", 0.896),
          "cnn",
          Map.of("cnn 32-64-100-100", 0.9915));

  private Reported() {}

  /**
   * {@return the test accuracies that are reported, by arm; none of a study that is no document's}
   *
   * @param study its name
   */
  public static Map<String, Double> of(String study) {
    return ALL.getOrDefault(study, Map.of());
  }
}
