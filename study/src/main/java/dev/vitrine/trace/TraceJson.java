package dev.vitrine.trace;

import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.Trace.Backward;
import dev.vitrine.trace.Trace.Local;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Printer;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Traces as values for scripts, with formulas in ASCII, which {@code vitrine grad} reads. */
public final class TraceJson {
  private TraceJson() {}

  /**
   * {@return what a trace says}
   *
   * @param trace what was worked out
   */
  public static Map<String, Object> of(Trace trace) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("expression", trace.question().expression());
    trace.question().loss().ifPresent(loss -> json.put("loss", loss));
    json.put("objective", trace.objective());
    json.put("at", numbers(trace.given()));
    json.put("wrt", trace.wanted());
    json.put(
        "forward",
        trace.forward().stream()
            .map(step -> line("name", step.name(), step.expression(), step.value()))
            .toList());
    json.put("local_derivatives", trace.locals().stream().map(TraceJson::local).toList());
    json.put("backward", trace.backward().stream().map(TraceJson::backward).toList());
    json.put(
        "paths",
        trace.paths().stream()
            .map(path -> {
              Map<String, Object> way = new LinkedHashMap<>();
              way.put("to", path.to());
              way.put("steps", path.steps());
              way.put("factors", path.factors());
              way.put("product", path.product());
              return way;
            })
            .toList());
    Map<String, Object> gradient = new LinkedHashMap<>();
    trace.wanted().forEach(name -> gradient.put(name, number(trace.gradient(name))));
    json.put("gradient", gradient);
    trace
        .update()
        .ifPresent(update -> {
          Map<String, Object> after = new LinkedHashMap<>();
          after.put("rate", update.rate());
          after.put("at", numbers(update.after()));
          after.put("objective_before", update.objectiveBefore());
          after.put("objective_after", update.objectiveAfter());
          json.put("update", after);
        });
    json.put("order", trace.order().names());
    json.put("remarks", trace.remarks());
    json.put("holds", trace.holds());
    return json;
  }

  private static Map<String, Object> line(
      String key, String name, Expression formula, Tensor value) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(key, name);
    line.put("formula", text(formula));
    line.put("value", number(value));
    return line;
  }

  private static Map<String, Object> local(Local local) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("of", local.of());
    line.put("by", local.by());
    line.put("formula", text(local.formula()));
    line.put("value", local.value());
    line.put("difference_quotient", number(local.check().quotient()));
    line.put("holds", local.check().holds());
    return line;
  }

  private static Map<String, Object> backward(Backward step) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("name", step.name());
    line.put("value", number(step.value()));
    List<Map<String, Object>> shares = new ArrayList<>();
    step.shares().forEach(s -> shares.add(line("user", s.user(), s.term(), s.value())));
    line.put("shares", shares);
    line.put("difference_quotient", number(step.check().quotient()));
    line.put("holds", step.check().holds());
    return line;
  }

  private static String text(Expression formula) {
    return Printer.text(formula, Notation.ASCII);
  }

  static Map<String, Object> numbers(Map<String, Tensor> of) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    of.forEach((name, value) -> numbers.put(name, number(value)));
    return numbers;
  }

  /** A number, a list or a list of rows. */
  static Object number(Tensor value) {
    Shape shape = value.shape();
    if (shape.rank() == 0) {
      return value.at(0);
    }
    if (shape.rank() == 1) {
      return value.elements();
    }
    int columns = shape.size(1);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < shape.size(0); i++) {
      rows.add(Arrays.copyOfRange(value.elements(), i * columns, (i + 1) * columns));
    }
    return rows;
  }
}
