package dev.vitrine.trace.page;

import dev.vitrine.trace.Trace;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Operator;
import dev.vitrine.trace.language.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that a page's script needs to calculate a trace anew. */
final class TraceData {
  private TraceData() {}

  static Map<String, Object> of(Trace trace) {
    FormulaData formulas = new FormulaData();
    Map<String, Object> data = new LinkedHashMap<>();
    Map<String, Object> given = new LinkedHashMap<>();
    trace.given().forEach((name, value) -> given.put(name, FormulaData.tensor(value)));
    data.put("given", given);
    data.put(
        "steps",
        trace.forward().stream()
            .map(step -> {
              Map<String, Object> line = new LinkedHashMap<>();
              line.put("name", step.name());
              line.put("formula", formulas.of(step.expression()));
              return line;
            })
            .toList());
    data.put(
        "locals",
        trace.locals().stream()
            .map(local -> {
              Map<String, Object> line = new LinkedHashMap<>();
              line.put("of", local.of());
              line.put("by", local.by());
              line.put("symbol", local.symbol());
              line.put("direct", local.direct());
              line.put("formula", formulas.of(local.formula()));
              return line;
            })
            .toList());
    data.put(
        "backward",
        trace.backward().stream()
            .map(step -> {
              Map<String, Object> line = new LinkedHashMap<>();
              line.put("name", step.name());
              line.put("symbol", partial(trace, step.name()));
              line.put("shares", step.shares().stream().map(s -> formulas.of(s.term())).toList());
              return line;
            })
            .toList());
    data.put("paths", trace.paths().stream().map(Trace.Path::steps).toList());
    data.put("shared", trace.order().example().map(Trace.Wrong::shared).orElse(""));
    trace.update().ifPresent(update -> data.put("rate", update.rate()));
    data.put(
        "update",
        trace.update().stream()
            .flatMap(update -> trace.wanted().stream())
            .map(name -> Map.of("name", name, "formula", formulas.of(stepped(trace, name))))
            .toList());
    data.put("functions", formulas.functions());
    return data;
  }

  /** w − η·∂L/∂w. */
  private static Expression stepped(Trace trace, String name) {
    String symbol = partial(trace, name);
    if (trace.backward().stream().noneMatch(step -> step.name().equals(name))) {
      return name(name);
    }
    Expression step = new Arithmetic(Operator.MULTIPLY, name("η:"), name(symbol), Place.NONE);
    return new Arithmetic(Operator.SUBTRACT, name(name), step, Place.NONE);
  }

  private static Expression name(String name) {
    return new Expression.Name(name, Place.NONE);
  }

  static String partial(Trace trace, String name) {
    return "∂%s/∂%s".formatted(trace.objective(), name);
  }

  /** From a name to a result that uses it. */
  record Edge(String from, String to) {}

  static List<Edge> edges(Trace trace) {
    List<Edge> edges = new ArrayList<>();
    trace
        .forward()
        .forEach(step ->
            Names.all(step.expression()).stream()
                .distinct()
                .forEach(name -> edges.add(new Edge(name, step.name()))));
    return edges;
  }
}
