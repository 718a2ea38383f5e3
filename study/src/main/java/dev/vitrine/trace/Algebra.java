package dev.vitrine.trace;

import dev.vitrine.error.Decimal;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Fold;
import dev.vitrine.trace.language.Expression.Negation;
import dev.vitrine.trace.language.Expression.Power;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Operator;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Shapes;
import java.util.List;

/** Writes sums and products as a person does: without ones, zeros and double signs. */
final class Algebra {
  /** A quotient of this many characters is written as one number. */
  private static final int SHORT = 6;

  private final Shapes shapes;

  Algebra(Shapes shapes) {
    this.shapes = shapes;
  }

  static Expression number(double value) {
    return new Expression.Numeral(value, "", Place.NONE);
  }

  private static boolean is(Expression expression, double value) {
    return expression instanceof Expression.Numeral number && number.value() == value;
  }

  private static Expression raw(Operator operator, Expression a, Expression b) {
    return new Arithmetic(operator, a, b, Place.NONE);
  }

  Expression negate(Expression x) {
    return switch (x) {
      case Expression.Numeral n when n.symbol().isEmpty() -> number(-n.value());
      case Negation negation -> negation.x();
      default -> new Negation(x, Place.NONE);
    };
  }

  Expression add(Expression a, Expression b) {
    if (is(a, 0) || is(b, 0)) {
      return is(a, 0) ? b : a;
    }
    return b instanceof Negation negation
        ? raw(Operator.SUBTRACT, a, negation.x())
        : raw(Operator.ADD, a, b);
  }

  private Expression subtract(Expression a, Expression b) {
    if (is(b, 0)) {
      return a;
    }
    if (is(a, 0)) {
      return negate(b);
    }
    return b instanceof Negation negation ? add(a, negation.x()) : raw(Operator.SUBTRACT, a, b);
  }

  /** The product element by element; with a number, of every element. */
  Expression times(Expression a, Expression b) {
    if (is(a, 1) || is(b, 1)) {
      return is(a, 1) ? b : a;
    }
    if (a instanceof Expression.Numeral m
        && b instanceof Expression.Numeral n
        && m.symbol().isEmpty()
        && n.symbol().isEmpty()) {
      return number(m.value() * n.value());
    }
    if (is(a, -1) || is(b, -1)) {
      return negate(is(a, -1) ? b : a);
    }
    if (a instanceof Negation negation) {
      return negate(times(negation.x(), b));
    }
    if (b instanceof Negation negation) {
      return negate(times(a, negation.x()));
    }
    if (b instanceof Expression.Numeral && !(a instanceof Expression.Numeral)) {
      return times(b, a);
    }
    if (b instanceof Arithmetic(Operator o, Expression x, Expression y, Place _)
        && o == Operator.MULTIPLY
        && (x instanceof Expression.Numeral
            || (a instanceof Expression.Numeral && Names.all(x).isEmpty()))) {
      return times(times(x, a), y);
    }
    if (b instanceof Arithmetic(Operator o, Expression x, Expression y, Place _)
        && o == Operator.DIVIDE
        && (is(x, 1) || a instanceof Expression.Numeral)) {
      return divide(times(a, x), y);
    }
    if (a instanceof Arithmetic(Operator o, Expression x, Expression y, Place _)
        && o == Operator.DIVIDE
        && (is(x, 1) || (isOnes(x) && scalar(y)))) {
      return divide(times(x, b), y);
    }
    return spread(a, b);
  }

  /** Ones that are multiplied by something of their shape are not written. */
  private Expression spread(Expression a, Expression b) {
    boolean numbers = scalar(a) || scalar(b);
    if (!numbers && isOnes(a)) {
      return b;
    }
    if (!numbers && isOnes(b)) {
      return a;
    }
    if (!numbers
        && a instanceof Arithmetic(Operator o, Expression x, Expression y, Place _)
        && o == Operator.MULTIPLY
        && scalar(x)
        && isOnes(y)) {
      return times(x, b);
    }
    Operator operator = numbers ? Operator.MULTIPLY : Operator.HADAMARD;
    boolean chain = b instanceof Arithmetic of && of.operator() == operator;
    return chain
        ? raw(operator, raw(operator, a, b.parts().get(0)), b.parts().get(1))
        : raw(operator, a, b);
  }

  /** A number at all places of something's shape: that of nothing is 0 for each of its elements. */
  Expression filled(Expression value, Expression like) {
    return scalar(value) && !scalar(like)
        ? raw(Operator.MULTIPLY, value, new Fold(Fold.Kind.ONES, like, Place.NONE))
        : value;
  }

  private static boolean isOnes(Expression expression) {
    return expression instanceof Fold fold && fold.kind() == Fold.Kind.ONES;
  }

  private boolean scalar(Expression expression) {
    return shapes.of(expression).rank() == 0;
  }

  Expression divide(Expression a, Expression b) {
    if (is(b, 1)) {
      return a;
    }
    if (a instanceof Arithmetic(Operator o, Expression x, Expression y, Place _)
        && o == Operator.DIVIDE
        && y instanceof Expression.Numeral
        && b instanceof Expression.Numeral) {
      return divide(x, times(y, b));
    }
    if (a instanceof Expression.Numeral m
        && b instanceof Expression.Numeral n
        && m.symbol().isEmpty()
        && n.symbol().isEmpty()) {
      return quotient(m.value(), n.value());
    }
    return a instanceof Negation negation
        ? negate(divide(negation.x(), b))
        : a instanceof Expression.Numeral n && n.value() < 0
            ? negate(raw(Operator.DIVIDE, number(-n.value()), b))
            : raw(Operator.DIVIDE, a, b);
  }

  /** One number if it is short, else a fraction in its lowest terms. */
  private Expression quotient(double a, double b) {
    if (Decimal.text(a / b).length() <= SHORT) {
      return number(a / b);
    }
    boolean whole = a == Math.rint(a) && b == Math.rint(b) && Math.abs(a) < 1e9 && b < 1e9;
    double common = whole ? gcd(Math.abs(a), Math.abs(b)) : 1;
    return raw(Operator.DIVIDE, number(a / common), number(b / common));
  }

  private static double gcd(double a, double b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private Expression power(Expression base, double exponent) {
    if (exponent == 0 || exponent == 1) {
      return exponent == 0 ? number(1) : base;
    }
    return exponent < 0
        ? divide(number(1), power(base, -exponent))
        : new Power(base, exponent, Place.NONE);
  }

  /** The same, written anew from the parts on. */
  Expression simplified(Expression expression) {
    if (expression instanceof Expression.Cases cases) {
      List<Expression.Cases.Condition> conditions =
          cases.conditions().stream()
              .map(c ->
                  new Expression.Cases.Condition(
                      simplified(c.greater()), simplified(c.less()), c.turned()))
              .toList();
      return new Expression.Cases(
          simplified(cases.value()), conditions, simplified(cases.otherwise()), cases.at());
    }
    List<Expression> parts = expression.parts().stream().map(this::simplified).toList();
    return switch (expression) {
      case Negation _ -> negate(parts.getFirst());
      case Power power -> power(parts.getFirst(), power.exponent());
      case Fold fold when fold.kind() == Fold.Kind.TRANSPOSE ->
          transposed(fold.of(parts), parts.getFirst());
      case Arithmetic of ->
          switch (of.operator()) {
            case ADD -> add(parts.get(0), parts.get(1));
            case SUBTRACT -> subtract(parts.get(0), parts.get(1));
            case MULTIPLY, HADAMARD -> times(parts.get(0), parts.get(1));
            case DIVIDE -> divide(parts.get(0), parts.get(1));
            case PRODUCT -> product(of.of(parts));
          };
      default -> expression.of(parts);
    };
  }

  /** Twice is not at all, and of a product it is that of its factors the other way round. */
  private Expression transposed(Expression whole, Expression x) {
    if (isTransposed(x) && shapes.of(x.parts().getFirst()).equals(shapes.of(whole))) {
      return x.parts().getFirst();
    }
    if (x instanceof Arithmetic(Operator o, Expression a, Expression b, Place _)
        && o == Operator.PRODUCT
        && shapes.of(x).rank() > 0
        && (isTransposed(a) || isTransposed(b))
        && isWide(a)
        && isWide(b)) {
      return raw(Operator.PRODUCT, turned(b), turned(a));
    }
    return scalar(x) ? x : whole;
  }

  private Expression turned(Expression x) {
    Expression whole = new Fold(Fold.Kind.TRANSPOSE, x, Place.NONE);
    return transposed(whole, x);
  }

  private static boolean isTransposed(Expression x) {
    return x instanceof Fold fold && fold.kind() == Fold.Kind.TRANSPOSE;
  }

  /** A matrix of one column would be a row, and a row a vector: their products change shape. */
  private boolean isWide(Expression x) {
    return shapes.of(x).rank() < 2 || shapes.of(x).size(1) > 1;
  }

  private Expression product(Expression product) {
    return shapes.normalised(product) instanceof Arithmetic of && of.operator() == Operator.MULTIPLY
        ? times(of.a(), of.b())
        : product;
  }
}
