package dev.vitrine.trace.layer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Backpropagation through a layer, for scripts: arrays row-major, with their shapes. */
public final class LayerJson {
  private LayerJson() {}

  /**
   * {@return what was worked out}
   *
   * @param trace of a layer
   */
  public static Map<String, Object> of(LayerTrace trace) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layer", trace.question().layer().text());
    json.put(
        "formulas",
        trace.operations().stream().flatMap(op -> Sections.formula(op).stream()).toList());
    Map<String, Object> shapes = new LinkedHashMap<>();
    trace.shapes().forEach((name, shape) -> shapes.put(name, shape.sizes()));
    json.put("shapes", shapes);
    json.put("numbers", trace.numbers());
    json.put("output", trace.output());
    json.put("gradients", trace.gradients());
    json.put("jacobian", List.of(trace.jacobians().get(LayerGraph.X).rows()));
    json.put("reach", Arrays.stream(trace.reach().reaches()).map(LayerJson::flags).toList());
    json.put("difference_quotients_within", trace.quotients().off());
    json.put("entries_at_kinks", trace.quotients().kinks());
    json.put("holds", trace.quotients().wrong() == 0);
    return json;
  }

  private static List<Integer> flags(boolean... row) {
    Integer[] flags = new Integer[row.length];
    for (int i = 0; i < row.length; i++) {
      flags[i] = row[i] ? 1 : 0;
    }
    return List.of(flags);
  }
}
