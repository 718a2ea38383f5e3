package dev.vitrine.lab.search;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One training of a study.
 *
 * @param point its settings but the seed
 * @param seed of all its random numbers
 */
public record Trial(Point point, long seed) {
  /** {@return its name within the study, and that of its folder} */
  public String id() {
    return "%s-s%s".formatted(point.id(), seed);
  }

  /** {@return all its settings, the seed among them} */
  public Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>(point.settings());
    all.put("seed", Long.toString(seed));
    return all;
  }
}
