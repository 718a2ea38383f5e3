package dev.vitrine.trace.function;

import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Operator;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Printer;
import dev.vitrine.trace.language.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Formulas in which functions are what their ops say, and sums and products have one order. */
final class Expanded {
  private Expanded() {}

  /** The text of a function; two that have the same are one formula. */
  static String text(FunctionTrace trace) {
    return text(new Apply(trace.function(), new Expression.Name("x", Place.NONE), Place.NONE));
  }

  /** The text of an expression. */
  static String text(Expression expression) {
    return print(of(expression));
  }

  private static Expression of(Expression expression) {
    List<Expression> parts = expression.parts().stream().map(Expanded::of).toList();
    Expression whole = parts.isEmpty() ? expression : expression.of(parts);
    return switch (whole) {
      case Apply apply -> said(apply).map(Expanded::of).orElse(apply);
      case Arithmetic of when isEitherWay(of) && print(of.b()).compareTo(print(of.a())) < 0 ->
          of.of(List.of(of.b(), of.a()));
      default -> whole;
    };
  }

  /** What an op says of itself; empty for one that is said by its own name, such as ln. */
  private static Optional<Expression> said(Apply apply) {
    return apply
        .function()
        .op()
        .map(op -> Program.of(op.formula().value()).inlined())
        .filter(formula ->
            !(formula instanceof Apply other
                && other.function().name().equals(apply.function().name())))
        .map(formula -> formula.replace(Map.of("x", apply.x())));
  }

  private static boolean isEitherWay(Arithmetic of) {
    return of.operator() == Operator.ADD || of.operator() == Operator.MULTIPLY;
  }

  private static String print(Expression expression) {
    return Printer.text(expression, Notation.ASCII);
  }
}
