package dev.vitrine.trace;

import dev.vitrine.trace.Trace.Backward;
import dev.vitrine.trace.Trace.Forward;
import dev.vitrine.trace.Trace.Local;
import dev.vitrine.trace.Trace.Share;
import dev.vitrine.trace.Trace.Update;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Fold;
import dev.vitrine.trace.language.Expression.Power;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Function;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Printer;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts a trace together. */
final class Tracer {
  private final Question question;
  private final Model model;
  private final Map<String, Tensor> numbers;
  private final Flow flow;

  Tracer(Question question) {
    this.question = question;
    model = new Model(question);
    numbers = new LinkedHashMap<>(model.forward());
    flow = new Flow(model.layout().steps(), model.layout().shapes(), model.wanted());
  }

  Trace trace() {
    List<Local> locals = locals();
    Map<String, Tensor> all = model.gradients();
    for (String name : flow.order(model.wanted())) {
      Tensor gradient = all.get(name);
      requireFinite(name, gradient);
      numbers.put(Flow.partial(flow.objective(), name), gradient);
    }
    List<Backward> backward = new ArrayList<>();
    for (String name : flow.order(model.wanted())) {
      backward.add(backward(name, all.get(name)));
    }
    return new Trace(
        question,
        flow.objective(),
        model.layout().result(),
        model.layout().given(),
        model.wanted(),
        model.layout().steps().stream()
            .map(step -> new Forward(step.name(), step.expression(), numbers.get(step.name())))
            .toList(),
        locals,
        backward,
        new Paths(locals, flow.objective()).to(scalars(), numbers),
        question.rate().map(this::update),
        new Orders(flow, numbers, model.wanted()).order(),
        Kinks.remarks(model.layout().steps(), numbers));
  }

  private List<String> scalars() {
    return model.wanted().stream()
        .filter(name -> numbers.get(name).isScalar())
        .filter(name -> flow.order(model.wanted()).contains(name))
        .toList();
  }

  private void requireFinite(String name, Tensor gradient) {
    if (!isFinite(gradient)) {
      throw guilty(name)
          .fault(
              "%s has no finite value where %s is %s: there is no derivative, or it is too large for a double"
                  .formatted(
                      Notation.UNICODE.name(Flow.partial(flow.objective(), name)),
                      Notation.UNICODE.name(name),
                      Figures.text(numbers.get(name), Notation.UNICODE)));
    }
  }

  /** Where the step stands that hands back what is no number. */
  private Place guilty(String name) {
    return flow.parts(name).stream()
        .filter(part -> !isFinite(Evaluation.of(part.term(), numbers)))
        .map(part -> pointed(step(part.user()).expression()))
        .map(Expression::at)
        .findFirst()
        .orElse(Place.NONE);
  }

  /** A root of 0 in an expression, whose slope has no bound; else the whole. */
  private Expression pointed(Expression whole) {
    return rootsOfZero(whole).findFirst().orElse(whole);
  }

  private Stream<Expression> rootsOfZero(Expression expression) {
    boolean root =
        (expression instanceof Fold fold && fold.kind() == Fold.Kind.NORM2)
            || (expression instanceof Power power && power.exponent() < 1);
    double[] value = Evaluation.of(expression, numbers).elements();
    return Stream.concat(
        root && Arrays.stream(value).anyMatch(v -> v == 0) ? Stream.of(expression) : Stream.of(),
        expression.parts().stream().flatMap(this::rootsOfZero));
  }

  private static boolean isFinite(Tensor value) {
    return Arrays.stream(value.elements()).allMatch(Double::isFinite);
  }

  private List<Local> locals() {
    List<Local> locals = new ArrayList<>();
    Map<String, Tensor> plain = Map.copyOf(numbers);
    for (Flow.Edge edge : flow.edges()) {
      Expression step = step(edge.of()).expression();
      Tensor value = Evaluation.of(edge.formula(), plain);
      requireFiniteLocal(edge, value);
      Check check =
          Differences.check(
              value,
              plain.get(edge.by()),
              x -> Evaluation.of(step, with(plain, edge.by(), x)).at(0));
      locals.add(
          new Local(
              edge.of(),
              edge.by(),
              function(step),
              edge.formula(),
              Derivation.byOutput(step(edge.of())).filter(by -> !isSame(edge, by)),
              value.at(0),
              check,
              edge.direct()));
      if (!edge.direct()) {
        numbers.put(edge.symbol(), value);
      }
    }
    return locals;
  }

  /** Whether a derivative is said by the output in the very words in which it is by the input. */
  private static boolean isSame(Flow.Edge edge, Expression byOutput) {
    Expression renamed =
        edge.formula().replace(Map.of(edge.by(), new Expression.Name(edge.of(), byOutput.at())));
    return Printer.text(renamed, Notation.ASCII).equals(Printer.text(byOutput, Notation.ASCII));
  }

  private void requireFiniteLocal(Flow.Edge edge, Tensor value) {
    if (!Double.isFinite(value.at(0))) {
      throw step(edge.of())
          .expression()
          .at()
          .fault(
              "%s has no finite value where %s is %s: there is no derivative, or it is too large for a double"
                  .formatted(
                      Notation.UNICODE.name(edge.symbol()),
                      Notation.UNICODE.name(edge.by()),
                      Figures.text(numbers.get(edge.by()), Notation.UNICODE)));
    }
  }

  private static Map<String, Tensor> with(Map<String, Tensor> of, String name, Tensor value) {
    Map<String, Tensor> changed = new LinkedHashMap<>(of);
    changed.put(name, value);
    return changed;
  }

  private Step step(String name) {
    return model.layout().steps().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<Function> function(Expression step) {
    return step instanceof Apply apply ? Optional.of(apply.function()) : Optional.empty();
  }

  private Backward backward(String name, Tensor gradient) {
    List<Share> shares =
        flow.parts(name).stream()
            .filter(_ -> !name.equals(flow.objective()))
            .map(part -> new Share(part.user(), part.term(), Evaluation.of(part.term(), numbers)))
            .toList();
    shares.stream()
        .map(Share::value)
        .reduce(Flow::sum)
        .ifPresent(sum -> Model.requireEqual("the gradient of " + name, gradient, sum));
    Map<String, Tensor> plain = Map.copyOf(numbers);
    Check check =
        Differences.check(gradient, plain.get(name), x -> model.objective(name, x, plain));
    boolean wanted = model.wanted().contains(name);
    return new Backward(name, gradient.shape(), shares, gradient, check, wanted);
  }

  private Update update(double rate) {
    Map<String, Tensor> after = new LinkedHashMap<>();
    for (String name : model.wanted()) {
      Tensor old = numbers.get(name);
      Tensor gradient = numbers.get(Flow.partial(flow.objective(), name));
      Tensor stepped = gradient == null ? old : Flow.sum(old, gradient.map(g -> -rate * g));
      after.put(name, stepped);
    }
    double before = numbers.get(flow.objective()).at(0);
    return new Update(rate, after, before, model.objective(after));
  }
}
