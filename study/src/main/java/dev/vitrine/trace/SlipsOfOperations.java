package dev.vitrine.trace;

import dev.vitrine.op.Op;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.Slip.Kind;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Fold;
import dev.vitrine.trace.language.Expression.Name;
import dev.vitrine.trace.language.Expression.Negation;
import dev.vitrine.trace.language.Expression.Power;
import dev.vitrine.trace.language.Function;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Operator;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Printer;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Shapes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Slips at one operation: in what it is read as, or in its local derivative. */
final class SlipsOfOperations {
  private SlipsOfOperations() {}

  private static String text(Expression expression) {
    return Printer.text(expression, Notation.UNICODE);
  }

  /** Those at one operation. */
  static void of(Expression expression, boolean loss, List<Slip> found) {
    Place at = expression.at();
    switch (expression) {
      case Apply apply -> {
        found.add(
            new Slip(
                Kind.EXPRESSION,
                "%s forgotten: %s taken as %s"
                    .formatted(
                        Notation.UNICODE.name(apply.function().symbol()),
                        text(apply),
                        text(apply.x())),
                a ->
                    a.with(a.lines().changed(e -> is(e, at) && e instanceof Apply f ? f.x() : e))));
        ofFunction(apply.function(), "at " + text(apply), e -> is(e, at), found);
      }
      case Arithmetic of when of.operator() == Operator.ADD -> {
        Expression product = new Arithmetic(Operator.PRODUCT, of.a(), of.b(), at);
        found.add(
            new Slip(
                Kind.EXPRESSION,
                "+ read as ·: %s taken as %s".formatted(text(of), text(product)),
                a -> a.with(a.lines().changed(e -> times(e, at)))));
      }
      case Arithmetic of when of.operator() == Operator.SUBTRACT ->
          found.add(
              local(
                  "a sign lost in the derivative of %s by %s".formatted(text(of), text(of.b())),
                  (step, _) ->
                      is(step.expression(), at) && step.expression() instanceof Arithmetic
                          ? Optional.of(List.of(Algebra.number(1), Algebra.number(1)))
                          : Optional.empty()));
      case Arithmetic of when of.operator() == Operator.PRODUCT ->
          found.add(
              new Slip(
                  Kind.LOCAL,
                  "a transposed matrix: %s for %s in what %s hands back to %s"
                      .formatted(text(of.a()), text(turned(of.a())), text(of), text(of.b())),
                  a -> a.with(unturned(a.rule(), at))));
      case Negation of ->
          found.add(
              local(
                  "a sign lost in the derivative of " + text(of),
                  (step, _) -> one(step, at, Algebra.number(1))));
      case Power power when loss && power.exponent() == 2 ->
          found.add(
              local(
                  "|%s| for %s in the derivative of %s"
                      .formatted(text(power.base()), text(power.base()), text(power)),
                  (step, _) ->
                      is(step.expression(), at)
                          ? Optional.of(List.of(twiceSize(step.expression().parts().getFirst())))
                          : Optional.empty()));
      default -> {
        // No usual slip.
      }
    }
  }

  private static Expression turned(Expression matrix) {
    return new Fold(Fold.Kind.TRANSPOSE, matrix, Place.NONE);
  }

  /** The gradient behind a square matrix is multiplied by it as it stands. */
  private static Rule unturned(Rule rule, Place at) {
    return (step, gradient, shapes) -> {
      Map<String, Expression> right = rule.of(step, gradient, shapes);
      if (is(step.expression(), at)
          && step.expression() instanceof Arithmetic of
          && of.b() instanceof Name behind
          && square(shapes.of(of.a()))) {
        Map<String, Expression> wrong = new LinkedHashMap<>(right);
        wrong.put(behind.name(), new Arithmetic(Operator.PRODUCT, of.a(), gradient, Place.NONE));
        return wrong;
      }
      return right;
    };
  }

  private static boolean square(Shape shape) {
    return shape.rank() == 2 && shape.size(0) == shape.size(1);
  }

  private static boolean is(Expression expression, Place at) {
    return expression.at().equals(at);
  }

  private static Expression times(Expression e, Place at) {
    return is(e, at) && e instanceof Arithmetic of && of.operator() == Operator.ADD
        ? new Arithmetic(Operator.PRODUCT, of.a(), of.b(), at)
        : e;
  }

  private static Expression twiceSize(Expression x) {
    Expression size = new Power(new Power(x, 2, Place.NONE), 0.5, Place.NONE);
    return new Arithmetic(Operator.MULTIPLY, Algebra.number(2), size, Place.NONE);
  }

  private static Optional<List<Expression>> one(Step step, Place at, Expression factor) {
    return is(step.expression(), at) ? Optional.of(List.of(factor)) : Optional.empty();
  }

  /** In the derivatives of all uses of a function at once, where there are several. */
  static void everywhere(Lines lines, List<Slip> found) {
    Map<String, List<Apply>> uses = new LinkedHashMap<>();
    for (Program.Line line : lines.all()) {
      collect(line.expression(), uses);
    }
    uses.forEach((symbol, all) -> {
      if (all.size() > 1) {
        ofFunction(
            all.getFirst().function(),
            "everywhere",
            e -> e instanceof Apply apply && apply.function().symbol().equals(symbol),
            found);
      }
    });
  }

  private static void collect(Expression expression, Map<String, List<Apply>> uses) {
    if (expression instanceof Apply apply) {
      uses.computeIfAbsent(apply.function().symbol(), _ -> new ArrayList<>()).add(apply);
    }
    expression.parts().forEach(part -> collect(part, uses));
  }

  private static void ofFunction(
      Function function, String where, Predicate<Expression> which, List<Slip> found) {
    if (function.op().isEmpty()) {
      return;
    }
    Op op = function.op().get();
    String prime = Notation.UNICODE.derivative(function);
    String symbol = function.symbol();
    found.add(
        local(
            "the factor %s left out %s".formatted(prime, where),
            (step, _) -> factor(step, which, Algebra.number(1))));
    found.add(
        local(
            "%s taken at the activated value, %s(%s(z)), %s".formatted(prime, prime, symbol, where),
            (step, z) ->
                factor(step, which, Derivation.derivative(op, 0).replace(Map.of("x", own(step))))));
    String byOutput = op.formula().byOutput();
    if (!byOutput.isEmpty()) {
      Expression wrong = Program.of(byOutput).inlined();
      String written = text(wrong.replace(Map.of("y", new Name("z", Place.NONE))));
      found.add(
          local(
              "%s(z) written %s, with z instead of %s(z), %s"
                  .formatted(prime, written, symbol, where),
              (step, z) -> factor(step, which, wrong.replace(Map.of("y", z)))));
    }
    if (function.name().equals("sigmoid")) {
      Expression wrong = Program.of("sigmoid(x)*sigmoid(1 - x)").inlined();
      found.add(
          local(
              "σ′(z) written σ(z)σ(1 − z) %s".formatted(where),
              (step, z) -> factor(step, which, wrong.replace(Map.of("x", z)))));
    }
  }

  private static Expression own(Step step) {
    return new Name(step.name(), Place.NONE);
  }

  private static Optional<List<Expression>> factor(
      Step step, Predicate<Expression> which, Expression factor) {
    return which.test(step.expression()) && step.expression() instanceof Apply
        ? Optional.of(List.of(factor))
        : Optional.empty();
  }

  /** {@code a − y}, which is right for sigmoid with cross-entropy alone. */
  static void crossEntropy(Lines lines, String result, List<Slip> found) {
    if (!(lines.all().get(lines.own() - 1).expression() instanceof Apply output)) {
      return;
    }
    for (Program.Line line : lines.all().subList(lines.own(), lines.all().size())) {
      difference(line.expression(), result)
          .ifPresent(difference -> {
            String loss = Layout.lossName(lines);
            Expression own = new Name(Flow.partial(loss, result), Place.NONE);
            Expression factor = new Arithmetic(Operator.DIVIDE, difference, own, Place.NONE);
            found.add(
                local(
                    "%s for the gradient before %s, which is right for cross-entropy alone"
                        .formatted(text(difference), output.function().symbol()),
                    (step, _) -> factor(step, e -> is(e, output.at()), factor)));
          });
    }
  }

  /** The result minus something, whichever way round the loss has it. */
  private static Optional<Expression> difference(Expression expression, String result) {
    if (expression instanceof Arithmetic of && of.operator() == Operator.SUBTRACT) {
      Expression named = new Name(result, Place.NONE);
      if (isResult(of.a(), result)) {
        return Optional.of(new Arithmetic(Operator.SUBTRACT, named, of.b(), Place.NONE));
      }
      if (isResult(of.b(), result)) {
        return Optional.of(new Arithmetic(Operator.SUBTRACT, named, of.a(), Place.NONE));
      }
    }
    return expression.parts().stream()
        .flatMap(part -> difference(part, result).stream())
        .findFirst();
  }

  private static boolean isResult(Expression expression, String result) {
    return expression instanceof Name name
        && (name.name().equals(result) || name.name().equals("f"));
  }

  /** Gives the local derivatives of a step by its parts, if they are other than they should be. */
  private interface Wrongly {
    Optional<List<Expression>> of(Step step, Expression first);
  }

  private static Slip local(String said, Wrongly wrongly) {
    IdentityHashMap<Step, Optional<Map<String, Expression>>> handed = new IdentityHashMap<>();
    return new Slip(Kind.LOCAL, said, a -> a.with(instead(a.rule(), wrongly, handed)));
  }

  /**
   * The rule with other local derivatives.
   *
   * @param known what was handed back before, by step, for slips are tried again and again
   */
  private static Rule instead(
      Rule rule, Wrongly wrongly, Map<Step, Optional<Map<String, Expression>>> known) {
    return (step, gradient, shapes) ->
        known
            .computeIfAbsent(step, _ -> handed(step, gradient, shapes, wrongly))
            .orElseGet(() -> rule.of(step, gradient, shapes));
  }

  private static Optional<Map<String, Expression>> handed(
      Step step, Expression gradient, Shapes shapes, Wrongly wrongly) {
    List<Expression> parts = step.expression().parts();
    Optional<List<Expression>> factors =
        parts.isEmpty() ? Optional.empty() : wrongly.of(step, parts.getFirst());
    if (factors.isEmpty()) {
      return Optional.empty();
    }
    Algebra algebra = new Algebra(shapes);
    Map<String, Expression> handed = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Name name) {
        handed.merge(name.name(), algebra.times(gradient, factors.get().get(i)), algebra::add);
      }
    }
    return Optional.of(handed);
  }
}
