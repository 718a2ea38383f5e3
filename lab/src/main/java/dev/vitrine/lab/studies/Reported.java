package dev.vitrine.lab.studies;

import dev.vitrine.lab.sweep.Claim;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the documents report of the arms of their studies. */
public final class Reported {
  private static final double NONE = Double.NaN;

  private static final Map<String, Map<String, Claim>> ALL =
      Map.of(
          "optimizers",
          Map.of(
              "sgd", Claim.accuracy(97.92),
              "momentum", Claim.accuracy(98.06),
              "adagrad", Claim.accuracy(97.53),
              "adam", Claim.accuracy(97.61),
              "sgd 50 epochs", Claim.accuracy(98.13)),
          "batchnorm",
          Map.of("plain", Claim.accuracy(97.92), "batchnorm at 2.0", Claim.accuracy(97.1)),
          "learning-rate",
          rates(),
          "hidden-units",
          Map.of(
              "mlp-100", Claim.errors(NONE, 8.77, 10.4),
              "mlp-500", Claim.errors(NONE, 7.89, 10.5),
              "mlp-1000", Claim.errors(NONE, 7.74, 10.4)),
          "depth",
          Map.of(
              "one of 1000", Claim.errors(NONE, 7.74, 10.4),
              "two of 500", Claim.errors(NONE, 16.8, NONE)),
          "dropout",
          Map.of(
              "none", Claim.errors(4.78, 7.74, 10.4),
              "rate 0.5", Claim.errors(4.59, 7.59, NONE)),
          "cnn",
          Map.of(
              "cnn 32-64-100-100", Claim.accuracy(99.15),
              "cnn 32-64-100-100, falling rate", Claim.accuracy(99.15)));

  private Reported() {}

  /** Of one table by rate, which does not say whose: the rows of each rule that is tried. */
  private static Map<String, Claim> rates() {
    Map<String, Claim> byRate =
        Map.of(
            "0.0001", Claim.errors(5.65, 8.4, 10.3),
            "0.0002", Claim.errors(4.78, 7.74, 10.4),
            "0.002", Claim.errors(15.74, 18.09, 19),
            "0.0025", Claim.errors(6.95, 8.84, 10),
            "0.003", Claim.errors(8.41, 9.32, 10.6));
    Map<String, Claim> all = new LinkedHashMap<>();
    for (String rule : List.of("adam", "sgd")) {
      byRate.forEach((rate, claim) -> all.put("%s, lr=%s".formatted(rule, rate), claim));
    }
    return all;
  }

  /**
   * {@return what is reported, by arm; nothing of a study that is no document's}
   *
   * @param study its name
   */
  public static Map<String, Claim> of(String study) {
    return ALL.getOrDefault(study, Map.of());
  }
}
