package dev.vitrine.trace.function;

import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Negation;
import dev.vitrine.trace.language.Expression.Numeral;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A value with what rounding may have done to it on the way (running error analysis, Wilkinson).
 *
 * @param value as doubles have it
 * @param error how far it may be off
 */
record Inexact(double value, double error) {
  /** Two units of the last place, of a sum as of a function. */
  private static final double UNIT = 0x1p-52;

  static Inexact of(Expression expression, double x) {
    return switch (expression) {
      case Expression.Name _ -> new Inexact(x, 0);
      case Negation negation -> {
        Inexact of = of(negation.x(), x);
        yield new Inexact(-of.value, of.error);
      }
      case Arithmetic of -> of(of.a(), x).with(of, of(of.b(), x));
      case Expression.Power power -> of(power.base(), x).through(expression);
      case Expression.Apply apply -> of(apply.x(), x).through(expression);
      default -> rounded(Evaluation.of(expression, Map.of("x", Tensor.of(x))).at(0), 0);
    };
  }

  private static Inexact rounded(double value, double error) {
    return new Inexact(value, error + UNIT * Math.abs(value));
  }

  private Inexact with(Arithmetic of, Inexact b) {
    return switch (of.operator()) {
      case ADD -> rounded(value + b.value, error + b.error);
      case SUBTRACT -> rounded(value - b.value, error + b.error);
      case MULTIPLY, HADAMARD, PRODUCT ->
          rounded(value * b.value, Math.abs(value) * b.error + Math.abs(b.value) * error);
      case DIVIDE -> {
        double quotient = value / b.value;
        yield rounded(quotient, (error + Math.abs(quotient) * b.error) / Math.abs(b.value));
      }
    };
  }

  /** Through the last operation of an expression, by what it makes of both ends. */
  private Inexact through(Expression last) {
    double middle = at(last, value);
    double low = Math.abs(at(last, value - error) - middle);
    double high = Math.abs(at(last, value + error) - middle);
    return rounded(middle, Math.max(low, high));
  }

  private static double at(Expression last, double x) {
    return Evaluation.of(last.of(List.of(new Numeral(x, "", Place.NONE))), Map.of()).at(0);
  }
}
