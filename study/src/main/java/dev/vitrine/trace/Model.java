package dev.vitrine.trace;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Value;
import dev.vitrine.trace.language.Building;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps of a question in the engine's graph, and their numbers twice over. */
final class Model {
  private final Layout layout;
  private final List<String> wanted;
  private final Graph graph = new Graph();
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Gradient gradient;

  Model(Question question) {
    layout = Layout.of(question);
    wanted = wanted(question);
    layout.given().forEach((name, value) -> values.put(name, graph.parameter(name, value.shape())));
    for (Step step : layout.steps()) {
      Value value = Building.add(graph, step.expression(), values);
      values.put(step.name(), values.containsValue(value) ? own(value) : value);
    }
    Step last = layout.steps().getLast();
    if (last.shape().rank() > 0) {
      throw last.expression()
          .at()
          .fault(
              "a derivative expects one number at the end, but got %s of shape %s: take its sum, or add a loss"
                  .formatted(last.name(), last.shape()));
    }
    List<Value> all = values.values().stream().distinct().toList();
    gradient = Gradient.of(graph, values.get(last.name()), all);
  }

  /**
   * What a line that is nothing but another name stands for: the same numbers as a value of their
   * own, or its gradient would be that of all who use either name.
   */
  private Value own(Value value) {
    return graph.apply(new Reshape(value.shape()), value);
  }

  private List<String> wanted(Question question) {
    List<String> given = List.copyOf(layout.given().keySet());
    for (String name : question.wrt()) {
      boolean step = layout.steps().stream().anyMatch(s -> s.name().equals(name));
      if (step) {
        throw new UserException(
            "%s is calculated, not given: derivatives are taken by given names, such as %s"
                .formatted(Quote.of(name), given.isEmpty() ? "x" : given.getFirst()));
      }
      if (!given.contains(name)) {
        String hint = Names.hint(name, given);
        throw new UserException(
            "%s stands nowhere in the expression%s"
                .formatted(
                    Quote.of(name),
                    hint.isEmpty() ? "; it has " + String.join(", ", given) : hint));
      }
    }
    List<String> asked =
        question.wrt().isEmpty() ? given : List.copyOf(new LinkedHashSet<>(question.wrt()));
    if (asked.isEmpty()) {
      throw new UserException(
          "A derivative expects a name to derive by, but the expression has none");
    }
    return asked;
  }

  Layout layout() {
    return layout;
  }

  List<String> wanted() {
    return wanted;
  }

  /** Every name's numbers, by the interpreter. */
  Map<String, Tensor> forward() {
    Interpreter.Values run = run(graph, layout.given());
    Map<String, Tensor> numbers = numbers(run, values);
    Map<String, Expression> made = Layout.made(layout.steps());
    for (Step step : layout.steps()) {
      NotANumber.refuse(step, made, numbers);
      Tensor witness = Evaluation.of(step.expression(), numbers);
      requireEqual(step.name(), numbers.get(step.name()), witness);
    }
    return numbers;
  }

  /** Every name's gradient, by the engine's backward pass; absent where it is 0 for certain. */
  Map<String, Tensor> gradients() {
    return numbers(run(gradient.graph(), layout.given()), gradientValues());
  }

  private Map<String, Value> gradientValues() {
    Map<String, Value> found = new LinkedHashMap<>();
    values.forEach((name, value) ->
        Optional.ofNullable(gradient.of().get(value)).ifPresent(g -> found.put(name, g)));
    return found;
  }

  /** The objective where some names have other numbers. */
  double objective(Map<String, Tensor> changed) {
    Map<String, Tensor> at = new HashMap<>(layout.given());
    at.putAll(changed);
    return run(graph, at).number(values.get(layout.steps().getLast().name()));
  }

  /** The objective, calculated from the text, where one name, given or not, has other numbers. */
  double objective(String name, Tensor number, Map<String, Tensor> numbers) {
    Map<String, Tensor> at = new HashMap<>(numbers);
    at.put(name, number);
    for (Step step : layout.steps()) {
      if (!step.name().equals(name)) {
        at.put(step.name(), Evaluation.of(step.expression(), at));
      }
    }
    return at.get(layout.steps().getLast().name()).at(0);
  }

  private static Interpreter.Values run(Graph graph, Map<String, Tensor> given) {
    Interpreter interpreter = new Interpreter(1);
    given.forEach((name, value) -> interpreter.parameter(name, value.elements()));
    return interpreter.run(graph);
  }

  private static Map<String, Tensor> numbers(Interpreter.Values run, Map<String, Value> of) {
    Map<String, Tensor> numbers = new LinkedHashMap<>();
    of.forEach((name, value) -> numbers.put(name, Tensor.of(value.shape(), run.of(value))));
    return numbers;
  }

  /** What the engine has and what the text says are the same, or one of the two is wrong. */
  static void requireEqual(String name, Tensor engine, Tensor text) {
    List<Double> apart = new ArrayList<>();
    for (int i = 0; i < engine.size(); i++) {
      double scale = 1e-9 * Math.max(Math.abs(engine.at(i)), Math.abs(text.at(i))) + 1e-12;
      if (!(Math.abs(engine.at(i) - text.at(i)) <= scale)) {
        apart.add(engine.at(i) - text.at(i));
      }
    }
    if (!engine.shape().equals(text.shape()) || !apart.isEmpty()) {
      throw new IllegalStateException(
          "The engine and the formulas disagree about %s: %s and %s".formatted(name, engine, text));
    }
  }
}
