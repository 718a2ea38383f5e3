package dev.vitrine.trace.language;

import dev.vitrine.error.Quote;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Cases;
import dev.vitrine.trace.language.Expression.Fold;
import dev.vitrine.trace.language.Expression.Literal;
import dev.vitrine.trace.language.Expression.Name;
import dev.vitrine.trace.language.Expression.Negation;
import dev.vitrine.trace.language.Expression.Power;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The shapes of names, and of what is made of them. */
public final class Shapes {
  private final Map<String, Shape> names = new HashMap<>();

  /** No name has a shape yet. */
  public Shapes() {}

  /**
   * Tells a name's shape.
   *
   * @param name the name
   * @param shape (), (n) or (m, n)
   */
  public void put(String name, Shape shape) {
    names.put(name, shape);
  }

  /**
   * {@return the shape of an expression's value}
   *
   * @param expression what is calculated
   * @throws dev.vitrine.error.UserException if shapes do not fit, with both and the column
   */
  public Shape of(Expression expression) {
    return switch (expression) {
      case Expression.Numeral _ -> Shape.scalar();
      case Literal literal -> literal.value().shape();
      case Name name -> known(name);
      case Negation negation -> of(negation.x());
      case Power power -> of(power.base());
      case Apply apply -> of(apply.x());
      case Cases cases -> cases(cases);
      case Fold fold ->
          switch (fold.kind()) {
            case SUM, MEAN, NORM2 -> scalar(of(fold.x()));
            case ONES -> of(fold.x());
            case TRANSPOSE -> transposed(of(fold.x()));
          };
      case Arithmetic arithmetic ->
          arithmetic.operator().shape(of(arithmetic.a()), of(arithmetic.b()), arithmetic.at());
    };
  }

  private static Shape scalar(Shape ignored) {
    return Shape.scalar();
  }

  private Shape known(Name name) {
    Shape shape = names.get(name.name());
    if (shape == null) {
      String hint = Names.hint(name.name(), names.keySet());
      throw name.at()
          .fault(
              "%s has no value%s"
                  .formatted(
                      Quote.of(name.name()),
                      hint.isEmpty()
                          ? ": give it one, as in %s=0.5".formatted(name.name())
                          : hint));
    }
    return shape;
  }

  /** Of numbers alone it has the shape of what is compared. */
  private Shape cases(Cases cases) {
    Stream<Expression> compared =
        cases.conditions().stream().flatMap(c -> Stream.of(c.greater(), c.less()));
    return Stream.concat(cases.parts().stream(), compared)
        .map(this::of)
        .filter(shape -> shape.rank() > 0)
        .findFirst()
        .orElseGet(Shape::scalar);
  }

  /** A vector is a column: transposed, it is a matrix of one row, and that one back. */
  static Shape transposed(Shape x) {
    return switch (x.rank()) {
      case 0 -> x;
      case 1 -> Shape.of(1, x.size(0));
      default -> x.size(0) == 1 ? Shape.of(x.size(1)) : Shape.of(x.size(1), x.size(0));
    };
  }

  /**
   * {@return the same with one sign for one meaning: a product with a number is {@code *}, of two
   * vectors their dot product}
   *
   * @param expression what is calculated
   */
  public Expression normalised(Expression expression) {
    Expression same = expression.of(expression.parts().stream().map(this::normalised).toList());
    if (same instanceof Arithmetic(Operator operator, Expression a, Expression b, Place at)) {
      of(same);
      boolean number = of(a).rank() == 0 || of(b).rank() == 0;
      if (number && (operator == Operator.PRODUCT || operator == Operator.HADAMARD)) {
        return new Arithmetic(Operator.MULTIPLY, a, b, at);
      }
    }
    return same;
  }
}
