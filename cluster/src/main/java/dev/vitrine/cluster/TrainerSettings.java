package dev.vitrine.cluster;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.run.RunConfig;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.TrainConfig;
import dev.vitrine.settings.TrainSettings;
import dev.vitrine.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a trainer was told.
 *
 * @param config what it computes, of data that are not known yet
 * @param shape of an example of numbers, if it is said
 */
record TrainerSettings(RunConfig config, Optional<Shape> shape) {
  /** What a DataFrame says itself. */
  private static final List<String> OF_DATA =
      List.of(
          "data",
          "data-dir",
          "target",
          "shape",
          "test-share",
          "train-images",
          "test-images",
          "resize");

  /** Numbers come as the network takes them, to the classifier, too. */
  private static final List<String> OF_INPUTS =
      List.of("standardise", "divisor", "mean", "deviation");

  /**
   * Reads settings.
   *
   * @param said each {@code name=value}
   * @param sizes as {@code 1x28x28}; empty for none
   * @param pictures whether inputs are pictures
   * @throws UserException if one is wrong
   */
  static TrainerSettings of(String[] said, String sizes, boolean pictures) {
    Map<String, String> settings = new HashMap<>();
    for (String each : said) {
      int at = each.indexOf('=');
      if (at < 1) {
        throw UserException.expecting("A setting", "name=value", Quote.of(each));
      }
      String name = each.substring(0, at);
      if (!TrainSettings.names().contains(name)) {
        throw UserException.unknown("setting", name, TrainSettings.names());
      }
      if (OF_DATA.contains(name)) {
        throw new UserException(
            "The setting %s has no effect on a DataFrame: leave it out".formatted(name));
      }
      if (!pictures && OF_INPUTS.contains(name)) {
        throw new UserException(
            "The setting %s is for pictures: a network takes numbers as they are, so scale the column before"
                .formatted(name));
      }
      settings.put(name, each.substring(at + 1));
    }
    if (!pictures) {
      settings.put("divisor", "1");
    }
    RunConfig config = TrainConfig.of("", GivenSettings.of(settings));
    return new TrainerSettings(
        config.with(config.data().movedTo(TrainingRows.NAME, Optional.empty())),
        shape(sizes, pictures));
  }

  private static Optional<Shape> shape(String sizes, boolean pictures) {
    if (sizes.isEmpty()) {
      return Optional.empty();
    }
    if (pictures || !sizes.matches("[1-9]\\d{0,4}(x[1-9]\\d{0,4}){0,2}")) {
      throw UserException.expecting(
          "The shape",
          pictures ? "to be left to the pictures" : "sizes as in 1x28x28",
          Quote.of(sizes));
    }
    return Optional.of(
        Shape.of(Stream.of(sizes.split("x", -1)).mapToInt(Integer::parseInt).toArray()));
  }
}
