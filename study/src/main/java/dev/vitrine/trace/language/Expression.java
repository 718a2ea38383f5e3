package dev.vitrine.trace.language;

import java.util.List;
import java.util.Map;

/** What can be calculated: numbers, names and what is made of them. */
public sealed interface Expression {
  /** {@return where it stands: of an operation, where its sign or name does} */
  Place at();

  /** {@return what it is made of, in order} */
  default List<Expression> parts() {
    return List.of();
  }

  /**
   * {@return the same of other parts}
   *
   * @param parts as many as {@link #parts} has
   */
  default Expression of(List<Expression> parts) {
    return this;
  }

  /**
   * {@return the same with expressions in the places of names}
   *
   * @param values what stands for a name; other names stay
   */
  default Expression replace(Map<String, Expression> values) {
    return of(parts().stream().map(part -> part.replace(values)).toList());
  }

  /**
   * A number.
   *
   * @param value what it is
   * @param symbol how it is written if not by its digits, such as {@code π}; else empty
   * @param at where it stands
   */
  record Numeral(double value, String symbol, Place at) implements Expression {}

  /**
   * A name.
   *
   * @param name as it is known, such as {@code w1} or {@code ∂L/∂w1}
   * @param at where it stands
   */
  record Name(String name, Place at) implements Expression {
    @Override
    public Expression replace(Map<String, Expression> values) {
      return values.getOrDefault(name, this);
    }
  }

  /**
   * Numbers in rows and columns.
   *
   * @param value a vector or a matrix
   * @param at where it begins
   */
  record Literal(Tensor value, Place at) implements Expression {}

  /**
   * The other sign.
   *
   * @param x of what
   * @param at where the sign stands
   */
  record Negation(Expression x, Place at) implements Expression {
    @Override
    public List<Expression> parts() {
      return List.of(x);
    }

    @Override
    public Expression of(List<Expression> parts) {
      return new Negation(parts.getFirst(), at);
    }
  }

  /**
   * Two expressions and what stands between them.
   *
   * @param operator what it does
   * @param a its left side
   * @param b its right side
   * @param at where the sign stands
   */
  record Arithmetic(Operator operator, Expression a, Expression b, Place at) implements Expression {
    @Override
    public List<Expression> parts() {
      return List.of(a, b);
    }

    @Override
    public Expression of(List<Expression> parts) {
      return new Arithmetic(operator, parts.get(0), parts.get(1), at);
    }
  }

  /**
   * {@code base^exponent}, element by element.
   *
   * @param base what is raised
   * @param exponent a constant
   * @param at where the sign stands
   */
  record Power(Expression base, double exponent, Place at) implements Expression {
    @Override
    public List<Expression> parts() {
      return List.of(base);
    }

    @Override
    public Expression of(List<Expression> parts) {
      return new Power(parts.getFirst(), exponent, at);
    }
  }

  /**
   * A function of each element.
   *
   * @param function which
   * @param x of what
   * @param at where its name stands
   */
  record Apply(Function function, Expression x, Place at) implements Expression {
    @Override
    public List<Expression> parts() {
      return List.of(x);
    }

    @Override
    public Expression of(List<Expression> parts) {
      return new Apply(function, parts.getFirst(), at);
    }
  }

  /**
   * One number of many, or the same numbers otherwise.
   *
   * @param kind which
   * @param x of what
   * @param at where its name stands
   */
  record Fold(Kind kind, Expression x, Place at) implements Expression {
    /** The kinds. */
    public enum Kind {
      /** The sum of all elements. */
      SUM,
      /** Their mean. */
      MEAN,
      /** The root of the sum of their squares. */
      NORM2,
      /** The matrix with rows for columns; of a vector, which is a column, a row. */
      TRANSPOSE,
      /** Ones in the shape of x, which nobody writes: gradients of sums have them. */
      ONES
    }

    @Override
    public List<Expression> parts() {
      return List.of(x);
    }

    @Override
    public Expression of(List<Expression> parts) {
      return new Fold(kind, parts.getFirst(), at);
    }
  }

  /**
   * {@code value where a > b and …, else otherwise}: in formulas alone, the engine has no such op.
   *
   * @param value what it is where all conditions hold
   * @param conditions each a side, {@code >} or {@code <}, and the other side
   * @param otherwise what it is elsewhere
   * @param at where {@code where} stands
   */
  record Cases(Expression value, List<Condition> conditions, Expression otherwise, Place at)
      implements Expression {
    /**
     * A comparison.
     *
     * @param greater the side that is greater
     * @param less the side that is less
     * @param turned whether it is written {@code less < greater}
     */
    public record Condition(Expression greater, Expression less, boolean turned) {}

    @Override
    public Expression replace(Map<String, Expression> values) {
      List<Condition> replaced =
          conditions.stream()
              .map(c ->
                  new Condition(c.greater().replace(values), c.less().replace(values), c.turned()))
              .toList();
      return new Cases(value.replace(values), replaced, otherwise.replace(values), at);
    }

    @Override
    public List<Expression> parts() {
      return List.of(value, otherwise);
    }

    @Override
    public Expression of(List<Expression> parts) {
      return new Cases(parts.get(0), conditions, parts.get(1), at);
    }
  }
}
