package dev.vitrine.trace;

import dev.vitrine.op.Affine;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Formula;
import dev.vitrine.op.Op;
import dev.vitrine.op.Permute;
import dev.vitrine.op.Sum;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Cases;
import dev.vitrine.trace.language.Expression.Fold;
import dev.vitrine.trace.language.Expression.Literal;
import dev.vitrine.trace.language.Expression.Name;
import dev.vitrine.trace.language.Expression.Negation;
import dev.vitrine.trace.language.Expression.Power;
import dev.vitrine.trace.language.Operator;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Shapes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The formulas of derivatives: the gradient of an expression handed back to its names, each
 * operation by the text that its op says of itself.
 */
final class Derivation {
  private static final int MOST_READ = 1000;
  private static final Map<String, Expression> READ = new ConcurrentHashMap<>();

  private final Shapes shapes;
  private final Algebra algebra;
  private final Map<String, Expression> found = new LinkedHashMap<>();

  private Derivation(Shapes shapes) {
    this.shapes = shapes;
    this.algebra = new Algebra(shapes);
  }

  /**
   * What an expression hands back to each of its names.
   *
   * @param expression what is derived
   * @param gradient its own gradient, of its shape
   * @param shapes of all names
   * @return by name, in the order of the expression
   */
  static Map<String, Expression> of(Expression expression, Expression gradient, Shapes shapes) {
    Derivation derivation = new Derivation(shapes);
    derivation.pull(expression, gradient);
    return derivation.found;
  }

  /**
   * The same of a step, whose name stands for the function's value where the derivative can be had
   * from that.
   */
  static Map<String, Expression> of(Step step, Expression gradient, Shapes shapes) {
    Optional<Expression> local = byOutput(step);
    if (local.isEmpty()) {
      return of(step.expression(), gradient, shapes);
    }
    Derivation derivation = new Derivation(shapes);
    Expression of = derivation.algebra.simplified(local.get());
    derivation.pull(step.expression().parts().getFirst(), derivation.algebra.times(gradient, of));
    return derivation.found;
  }

  /** A function's derivative in terms of the step that is its value; empty if there is none. */
  static Optional<Expression> byOutput(Step step) {
    if (!(step.expression() instanceof Apply apply)) {
      return Optional.empty();
    }
    String text = apply.function().op().orElseThrow().formula().byOutput();
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(read(text).replace(Map.of("y", new Name(step.name(), apply.at()))));
  }

  /** What an op says of the derivative by one of its inputs. */
  static Expression derivative(Op op, int input) {
    return read(op.formula().derivatives().get(input));
  }

  /** A text of an op, read once: there are few, and they are asked for all the time. */
  private static Expression read(String text) {
    return READ.size() > MOST_READ
        ? Program.of(text).inlined()
        : READ.computeIfAbsent(text, t -> Program.of(t).inlined());
  }

  /** The op that a power is. */
  static Op power(double exponent) {
    return exponent == 2 ? new Elementary.Square() : new Elementary.Power(exponent);
  }

  private void pull(Expression expression, Expression gradient) {
    switch (expression) {
      case Expression.Numeral _, Literal _, Cases _ -> {
        // Constants have no derivative, and cases stand in formulas alone.
      }
      case Name name -> found.merge(name.name(), algebra.filled(gradient, name), algebra::add);
      case Negation negation ->
          elementwise(new Elementary.Negate(), gradient, expression, negation.x());
      case Power power -> elementwise(power(power.exponent()), gradient, expression, power.base());
      case Apply apply ->
          elementwise(apply.function().op().orElseThrow(), gradient, expression, apply.x());
      case Fold fold -> fold(fold, gradient);
      case Arithmetic of -> arithmetic(of, gradient);
    }
  }

  private void elementwise(Op op, Expression gradient, Expression whole, Expression... inputs) {
    Formula formula = op.formula();
    Map<String, Expression> values = new LinkedHashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      values.put(formula.inputs().get(i), inputs[i]);
    }
    for (int i = 0; i < inputs.length; i++) {
      Expression local = algebra.simplified(derivative(op, i).replace(values));
      Expression term = algebra.times(gradient, local);
      boolean summed = shapes.of(inputs[i]).rank() == 0 && shapes.of(whole).rank() > 0;
      pull(inputs[i], summed ? fold(Fold.Kind.SUM, term, whole) : term);
    }
  }

  private static Expression fold(Fold.Kind kind, Expression x, Expression at) {
    return new Fold(kind, x, at.at());
  }

  /** By the text of an op of whole arrays. */
  private void whole(Op op, int input, Map<String, Expression> values, Expression to) {
    pull(to, algebra.simplified(shapes.normalised(derivative(op, input).replace(values))));
  }

  private void fold(Fold fold, Expression gradient) {
    Expression x = fold.x();
    Map<String, Expression> values = Map.of("x", x, "dy", gradient);
    switch (fold.kind()) {
      case SUM -> whole(Sum.over(shapes.of(x)), 0, values, x);
      case MEAN -> {
        Expression share = algebra.divide(gradient, Algebra.number(shapes.of(x).elements()));
        whole(Sum.over(shapes.of(x)), 0, Map.of("x", x, "dy", share), x);
      }
      case NORM2 -> pull(x, algebra.divide(algebra.times(gradient, x), fold));
      case TRANSPOSE -> {
        if (shapes.of(x).rank() == 0) {
          pull(x, gradient);
        } else {
          whole(Permute.of(1, 0), 0, values, x);
        }
      }
      case ONES -> {
        // The same whatever x is.
      }
    }
  }

  private void arithmetic(Arithmetic of, Expression gradient) {
    Shape a = shapes.of(of.a());
    Shape b = shapes.of(of.b());
    boolean product = of.operator() == Operator.PRODUCT && a.rank() > 0 && b.rank() > 0;
    if (product && (a.rank() == 2 || b.rank() == 2)) {
      Map<String, Expression> values = Map.of("w", of.a(), "x", of.b(), "dy", gradient);
      whole(new Affine(false), 1, values, of.a());
      whole(new Affine(false), 0, values, of.b());
      return;
    }
    if (product) {
      pull(of.a(), algebra.times(gradient, of.b()));
      pull(of.b(), algebra.times(gradient, of.a()));
      return;
    }
    Binary op =
        switch (of.operator()) {
          case ADD -> Binary.ADD;
          case SUBTRACT -> Binary.SUBTRACT;
          case DIVIDE -> Binary.DIVIDE;
          case MULTIPLY, HADAMARD, PRODUCT -> Binary.MULTIPLY;
        };
    elementwise(op, gradient, of, of.a(), of.b());
  }
}
