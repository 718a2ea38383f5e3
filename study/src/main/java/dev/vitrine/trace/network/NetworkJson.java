package dev.vitrine.trace.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Backpropagation through a network, for scripts: arrays row-major, with their shapes. */
public final class NetworkJson {
  private NetworkJson() {}

  /**
   * {@return what was worked out; the numbers themselves of a small network alone}
   *
   * @param trace of a network
   */
  public static Map<String, Object> of(NetworkTrace trace) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", trace.question().title());
    json.put("class", trace.question().label());
    json.put("loss", trace.loss());
    json.put("output", trace.output());
    json.put("precision", trace.precise() ? "double" : "single");
    json.put("layers", trace.layers().stream().map(s -> stage(s, trace.small())).toList());
    json.put("parameters", trace.parameters().stream().map(s -> stage(s, trace.small())).toList());
    trace.weight().ifPresent(sum -> json.put("weight", weight(sum)));
    return json;
  }

  private static Map<String, Object> stage(Stage stage, boolean numbers) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", stage.name());
    json.put("shape", stage.shape().sizes());
    json.put("values", Statistics.of(stage.values()).json());
    json.put("gradient", Statistics.of(stage.gradient()).json());
    if (numbers) {
      json.put("numbers", stage.values());
      json.put("gradients", stage.gradient());
    }
    return json;
  }

  private static Map<String, Object> weight(WeightSum sum) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", sum.name());
    json.put("value", sum.weight());
    json.put("gradient", sum.gradient());
    json.put("rule", sum.rule());
    List<Map<String, Object>> terms =
        sum.terms().stream()
            .map(term -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("of", term.of());
              one.put("gradient", term.gradient());
              one.put("factor", term.factor());
              one.put("slope", term.slope());
              return one;
            })
            .toList();
    json.put("terms", terms);
    json.put("parts", sum.all());
    json.put("sum", sum.sum());
    json.put(
        "difference_quotient", sum.quotient().isPresent() ? sum.quotient().getAsDouble() : null);
    json.put("holds", sum.holds() && sum.holdsByDifferences());
    return json;
  }
}
