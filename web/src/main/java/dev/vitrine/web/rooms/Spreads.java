package dev.vitrine.web.rooms;

import dev.vitrine.spread.Spread;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Histograms for the page. */
final class Spreads {
  private Spreads() {}

  /** Where buckets end, and how many numbers each has; nothing if no number is finite. */
  static Map<String, Object> json(Optional<Spread> spread) {
    Map<String, Object> json = new LinkedHashMap<>();
    spread.ifPresent(s -> {
      json.put("least", s.least());
      json.put("greatest", s.greatest());
      json.put("mean", s.sum() / s.count());
      json.put("count", s.count());
      json.put("limits", s.limits());
      json.put("counts", s.counts());
    });
    return json;
  }
}
