package dev.vitrine.trace.function;

import dev.vitrine.op.Formula;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was found of a function, for scripts; an infinite bound is {@code null}. */
public final class FunctionJson {
  private FunctionJson() {}

  /**
   * {@return what was found}
   *
   * @param trace the function
   * @param identity an identity that was asked about
   */
  public static Map<String, Object> of(FunctionTrace trace, Optional<Identity> identity) {
    Formula formula = trace.op().formula();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("function", trace.function().name() + "(x" + trace.function().settingsText() + ")");
    json.put("formula", formula.value());
    json.put("derivative", formula.derivatives().getFirst());
    json.put("derivative_from_output", formula.byOutput().isEmpty() ? null : formula.byOutput());
    json.put("low", finite(trace.range().low()));
    json.put("reaches_low", trace.range().reachesLow());
    json.put("high", finite(trace.range().high()));
    json.put("reaches_high", trace.range().reachesHigh());
    json.put("largest_slope", trace.steepest().map(FunctionTrace.Steepest::slope).orElse(null));
    json.put("largest_slope_at", trace.steepest().map(s -> ends(s.where())).orElse(null));
    json.put("saturated", trace.saturated().stream().map(FunctionJson::ends).toList());
    identity.ifPresent(i -> json.put("identity", identity(i)));
    return json;
  }

  private static Map<String, Object> ends(FunctionTrace.Interval interval) {
    Map<String, Object> ends = new LinkedHashMap<>();
    ends.put("from", finite(interval.from()));
    ends.put("to", finite(interval.to()));
    return ends;
  }

  private static Map<String, Object> identity(Identity identity) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("equals", identity.text());
    json.put("outcome", identity.outcome().name().toLowerCase(Locale.ROOT));
    json.put("points", identity.points());
    identity
        .counterexample()
        .ifPresent(found -> {
          json.put("x", found.x());
          json.put("function", finite(found.function()));
          json.put("other", finite(found.other()));
        });
    return json;
  }

  private static Double finite(double number) {
    return Double.isFinite(number) ? number : null;
  }
}
