package dev.vitrine.lab.search;

import java.util.Map;

/** What settings come to, so that a point that is written in other words is known again. */
@FunctionalInterface
public interface Meaning {
  /** The settings as they are written. */
  Meaning WORDS = settings -> settings;

  /**
   * {@return something that is equal for settings of which the same is computed}
   *
   * @param settings by name, without a seed
   * @throws dev.vitrine.error.UserException if they are none of a training
   */
  Object of(Map<String, String> settings);
}
