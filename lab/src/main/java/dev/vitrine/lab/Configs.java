package dev.vitrine.lab;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.search.Meaning;
import dev.vitrine.lab.trial.Trainings;
import dev.vitrine.run.RunConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the settings of a study's points compute; each is made out once. */
final class Configs implements Meaning {
  /** Some seed: points differ in all else. */
  private static final String SEED = "1";

  private final Trainings trainings;
  private final Map<Map<String, String>, RunConfig> known = new HashMap<>();

  Configs(Trainings trainings) {
    this.trainings = trainings;
  }

  Trainings trainings() {
    return trainings;
  }

  /**
   * What settings without a seed compute.
   *
   * @throws UserException if they are none of a training that can be chosen
   */
  RunConfig config(Map<String, String> settings) {
    RunConfig config = known.get(settings);
    if (config == null) {
      config = made(settings);
      known.put(settings, config);
    }
    return config;
  }

  private RunConfig made(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("seed", SEED);
    RunConfig config = trainings.config(all);
    if (config.data().use().validation() == 0) {
      throw new UserException(
          "a study chooses by validation data, but none are held out: choose a validation share above 0");
    }
    return config;
  }

  @Override
  public Object of(Map<String, String> settings) {
    return config(settings).meaning();
  }
}
