package dev.vitrine.trace;

import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.Slip.Kind;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Fold;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The usual slips that could have been made in one calculation. */
final class Slips {
  /** Of whatever is asked for. */
  static final Slip LOST_SIGN =
      new Slip(Kind.FACTOR, "a sign lost at the end", a -> a.ending(v -> v.map(x -> -x)));

  private final Lines lines;
  private final String by;
  private final Map<String, Tensor> at;
  private final boolean update;
  private final List<Slip> found = new ArrayList<>();

  private Slips(Lines lines, String by, Map<String, Tensor> at, boolean update) {
    this.lines = lines;
    this.by = by;
    this.at = at;
    this.update = update;
  }

  /**
   * All that apply.
   *
   * @param lines what is calculated
   * @param by the name that is derived by
   * @param at the numbers of all names
   * @param update whether the number after a step of descent is asked for
   */
  static List<Slip> of(Lines lines, String by, Map<String, Tensor> at, boolean update) {
    return new Slips(lines, by, at, update).all();
  }

  private List<Slip> all() {
    for (int i = 0; i < lines.all().size(); i++) {
      boolean loss = i >= lines.own();
      walk(lines.all().get(i).expression(), loss);
    }
    SlipsOfOperations.everywhere(lines, found);
    if (lines.hasLoss()) {
      loss();
    }
    meetings();
    factors();
    return found;
  }

  private void walk(Expression expression, boolean loss) {
    SlipsOfOperations.of(expression, loss, found);
    if (expression instanceof Fold fold && fold.kind() == Fold.Kind.MEAN) {
      mean(fold);
    }
    expression.parts().forEach(part -> walk(part, loss));
  }

  private void mean(Fold mean) {
    Map<String, Tensor> numbers = numbers();
    int count = Evaluation.of(Names.withConstants(mean.x(), numbers.keySet()), numbers).size();
    factor(count, "the 1/%s of the mean left out".formatted(count), Kind.FACTOR);
    factor(1.0 / count, "divided by %s twice".formatted(count), Kind.FACTOR);
  }

  private Map<String, Tensor> numbers() {
    Map<String, Tensor> numbers = new HashMap<>(at);
    Layout layout = Layout.of(lines, Lines.used(lines, at), Detail.MAIN);
    layout
        .steps()
        .forEach(step -> numbers.put(step.name(), Evaluation.of(step.expression(), numbers)));
    numbers.putIfAbsent("f", numbers.getOrDefault(layout.result(), Tensor.of(0)));
    return numbers;
  }

  private void loss() {
    factor(0.5, "the factor 2 of the loss's derivative left out", Kind.FACTOR);
    factor(2, "the ½ of the loss left out", Kind.FACTOR);
    if (lines.own() > 0) {
      String result = result();
      found.add(
          new Slip(
              Kind.WAY,
              "%s derived instead of the loss".formatted(Notation.UNICODE.name(result)),
              a -> a.with(a.lines().withoutLoss())));
      SlipsOfOperations.crossEntropy(lines, result, found);
    }
  }

  private String result() {
    String name = lines.all().get(lines.own() - 1).name();
    return name.isEmpty() ? "f" : name;
  }

  /** Where paths meet, each way to count one alone. */
  private void meetings() {
    Layout layout = Layout.of(lines, Lines.used(lines, at), Detail.ALL);
    Flow flow = new Flow(layout.steps(), layout.shapes(), List.of(by), Derivation::of);
    for (String name : flow.order(List.of(by))) {
      int parts = flow.parts(name).size();
      Place place =
          layout.steps().stream()
              .filter(step -> step.name().equals(name))
              .map(step -> step.expression().at())
              .findFirst()
              .orElse(Place.NONE);
      boolean given = place.equals(Place.NONE);
      for (int kept = 0; parts > 1 && kept < parts; kept++) {
        Attempt.Cut cut = new Attempt.Cut(given ? name : "", place, kept);
        String user = flow.parts(name).get(kept).user();
        String said =
            "the sum forgotten where paths meet: %s gets only what comes through %s"
                .formatted(said(layout, name), said(layout, user));
        found.add(new Slip(Kind.WAY, said, a -> a.with(cut)));
      }
    }
  }

  /** A step by the user's own words for it. */
  private String said(Layout layout, String name) {
    boolean own =
        at.containsKey(name)
            || name.equals("f")
            || name.equals("L")
            || lines.all().stream().map(Program.Line::name).anyMatch(name::equals);
    return own ? Notation.UNICODE.name(name) : Layout.inFull(layout.steps(), name);
  }

  private void factors() {
    factor(2, "the backward pass run twice, its gradients added up", Kind.FACTOR);
    if (update) {
      found.add(new Slip(Kind.FACTOR, "the wrong sign of the update: + η·g", Attempt::ascending));
    }
    found.add(LOST_SIGN);
    Shape shape = at.get(by).shape();
    if (shape.rank() == 2 && shape.size(0) == shape.size(1)) {
      found.add(new Slip(Kind.FACTOR, "the matrix transposed", a -> a.finishing(Slips::turned)));
    }
    for (int digits = -3; digits <= 3; digits++) {
      if (digits != 0) {
        double power = Math.pow(10, digits);
        String places = Math.abs(digits) == 1 ? "one place" : Math.abs(digits) + " places";
        String said =
            "the decimal point %s too far to the %s"
                .formatted(places, digits > 0 ? "right" : "left");
        UnaryOperator<Tensor> shift = v -> v.map(x -> x * power);
        found.add(new Slip(Kind.DECIMAL, said, a -> a.ending(shift)));
      }
    }
  }

  private static Tensor turned(Tensor x) {
    Expression matrix = new Expression.Literal(x, Place.NONE);
    return Evaluation.of(new Fold(Fold.Kind.TRANSPOSE, matrix, Place.NONE), Map.of());
  }

  private void factor(double factor, String said, Kind kind) {
    found.add(new Slip(kind, said, a -> a.finishing(g -> g.map(x -> factor * x))));
  }
}
