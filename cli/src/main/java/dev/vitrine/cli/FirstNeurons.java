package dev.vitrine.cli;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.neuron.learning.Learning;
import dev.vitrine.neuron.learning.LearningText;
import dev.vitrine.neuron.learning.Rule;
import dev.vitrine.neuron.learning.Samples;
import dev.vitrine.settings.GivenSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code vitrine train --model adaline|madaline|perceptron} on a table: by their own rules. */
final class FirstNeurons {
  /** What decides how they learn. */
  private static final List<String> SETTINGS =
      List.of("model", "data", "target", "lr", "epochs", "seed");

  private static final List<String> MODELS = List.of("adaline", "madaline", "perceptron");
  private static final List<String> PICTURES =
      List.of("digits", "mnist", "fashion-mnist", "cifar10");
  private static final int EPOCHS = 100;
  private static final int HIDDEN = 2;

  private FirstNeurons() {}

  /** Whether the settings ask for one of them, on a table. */
  static boolean areAsked(GivenSettings given) {
    String data = given.values().getOrDefault("data", "").toLowerCase(Locale.ROOT);
    return MODELS.contains(given.values().getOrDefault("model", ""))
        && (data.endsWith(".csv") || data.endsWith(".tsv"));
  }

  /**
   * Refuses pictures: these units learn from numbers in rows.
   *
   * @throws UserException if one of them was to learn from a published data set, or from none
   */
  static void refusePictures(GivenSettings given) {
    String model = given.values().getOrDefault("model", "");
    String data = given.values().getOrDefault("data", "digits").toLowerCase(Locale.ROOT);
    if (MODELS.contains(model) && PICTURES.contains(data)) {
      throw new UserException(
          "%s learns from a table, a .csv file with numbers in rows, but %s has pictures: give one, as in --model %s --data measured.csv --target d"
              .formatted(model, data, model));
    }
  }

  /**
   * Trains, and shows what came of it.
   *
   * @throws UserException if the rate is too large, after what it led to is shown
   */
  static void train(
      GivenSettings given,
      int seeds,
      Optional<Integer> hidden,
      Terminal terminal,
      Optional<Output> json) {
    Map<String, String> values = given.values();
    values.keySet().stream()
        .filter(name -> !SETTINGS.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new UserException(
              "--%s has no effect on %s, which learns by its own rule: leave it out"
                  .formatted(name, values.get("model")));
        });
    Rule rule = Rule.valueOf(values.get("model").toUpperCase(Locale.ROOT));
    if (hidden.isPresent() && rule != Rule.MADALINE) {
      throw new UserException(
          "--hidden has no effect on %s, which is one unit: leave it out"
              .formatted(values.get("model")));
    }
    double rate =
        values.containsKey("lr")
            ? Decimal.parse(values.get("lr"))
            : rule == Rule.ADALINE ? 0.01 : rule == Rule.MADALINE ? 0.5 : 1;
    int epochs = values.containsKey("epochs") ? Decimal.parseInt(values.get("epochs")) : EPOCHS;
    long seed = values.containsKey("seed") ? Decimal.parseLong(values.get("seed")) : 42;
    Samples samples =
        Samples.read(Path.of(values.get("data")), Optional.ofNullable(values.get("target")));
    Learning learning =
        Learning.of(
            samples,
            new Learning.Setup(
                rule, rate, epochs, seed, seeds, Counts.positive("--hidden", hidden, HIDDEN)));
    json.ifPresent(file -> file.json(LearningText.json(learning)));
    terminal.print("%s", LearningText.text(learning));
    if (learning.diverged() > 0) {
      throw new UserException(
          "The weights grow without bound at the rate %s%s: their error is far above that of weights 0, so take a smaller one"
              .formatted(
                  Decimal.text(rate),
                  seeds == 1 ? "" : ", in %s of %s runs".formatted(learning.diverged(), seeds)));
    }
  }
}
