package dev.vitrine.lab.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A study as keys and values, which {@link SpecReader} reads again. */
public final class SpecJson {
  private SpecJson() {}

  /**
   * {@return the keys as a study's file has them, all written out}
   *
   * @param spec what to write
   */
  public static Map<String, Object> of(StudySpec spec) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", spec.name());
    if (!spec.question().isEmpty()) {
      json.put("question", spec.question());
    }
    json.put("settings", spec.settings());
    if (!spec.arms().isEmpty()) {
      json.put("arms", spec.arms());
    }
    if (!spec.parameters().isEmpty()) {
      json.put("vary", spec.parameters().stream().map(SpecJson::parameter).toList());
    }
    if (!spec.compare().isEmpty()) {
      json.put("compare", spec.compare());
    }
    json.put("search", search(spec.search()));
    json.put("seeds", new ArrayList<>(spec.seeds()));
    json.put("tune-seeds", spec.tuneSeeds());
    json.put("metric", spec.metric().key());
    spec.baseline().ifPresent(arm -> json.put("baseline", arm));
    json.put("test", spec.test().key());
    spec.band()
        .ifPresent(
            band -> json.put("band", Map.of("loss", band.loss(), "accuracy", band.accuracy())));
    Limits limits = spec.limits();
    limits.study().ifPresent(time -> json.put("budget", Durations.text(time)));
    limits.trial().ifPresent(time -> json.put("trial-budget", Durations.text(time)));
    if (limits.alike() > 0) {
      json.put("stop-after", limits.alike());
    }
    if (!spec.show().isEmpty()) {
      json.put("show", spec.show().stream().map(Show::key).toList());
    }
    return json;
  }

  private static Map<String, Object> parameter(Parameter parameter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", parameter.name());
    if (!parameter.values().isEmpty()) {
      json.put("values", parameter.values());
    }
    parameter
        .span()
        .ifPresent(span -> {
          json.put("from", span.from());
          json.put("to", span.to());
          json.put("log", span.log());
          json.put("steps", span.steps());
          json.put("whole", span.whole());
        });
    if (!parameter.when().isEmpty()) {
      json.put("when", parameter.when());
    }
    return json;
  }

  private static Map<String, Object> search(Search search) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (search) {
      case Search.Grid() -> json.put("kind", "grid");
      case Search.Random(int trials, long seed) -> {
        json.put("kind", "random");
        json.put("trials", trials);
        json.put("seed", seed);
      }
      case Search.Halving halving -> {
        json.put("kind", "halving");
        halving.trials().ifPresent(n -> json.put("trials", n));
        json.put("factor", halving.factor());
        json.put("epochs", halving.first());
        json.put("seed", halving.seed());
      }
    }
    return json;
  }

  /**
   * {@return the keys of {@link #of} that stand for what is computed in any case, so that a change
   * of them makes another study}
   *
   * @param spec what to write
   */
  public static Map<String, Object> base(StudySpec spec) {
    Map<String, Object> json = of(spec);
    List.of(
            "question",
            "vary",
            "arms",
            "seeds",
            "tune-seeds",
            "budget",
            "trial-budget",
            "stop-after",
            "show")
        .forEach(json::remove);
    return json;
  }
}
