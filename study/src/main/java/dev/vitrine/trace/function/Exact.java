package dev.vitrine.trace.function;

import dev.vitrine.error.Decimal;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Name;
import dev.vitrine.trace.language.Expression.Negation;
import dev.vitrine.trace.language.Expression.Numeral;
import dev.vitrine.trace.language.Expression.Power;
import dev.vitrine.trace.language.Program;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * A quotient of two sums of terms {@code c·xⁱ·e^(qx)} with rational c and q. As these functions are
 * linearly independent, two such quotients are equal everywhere if and only if their cross products
 * have the same terms: that is decided without rounding.
 */
record Exact(Terms over, Terms under) {
  /** A power with more than that is not multiplied out. */
  private static final double MOST = 12;

  /** Of a function, by the formula that its op says. */
  static Optional<Exact> of(FunctionTrace trace) {
    return of(Program.of(trace.op().formula().value()).inlined());
  }

  /** Of an expression in x; empty if it is of another kind. */
  static Optional<Exact> of(Expression expression) {
    return switch (expression) {
      case Numeral number when number.symbol().isEmpty() ->
          Optional.of(number(new BigDecimal(Decimal.text(number.value()))));
      case Name name when name.name().equals("x") -> Optional.of(new Exact(Terms.X, Terms.ONE));
      case Negation negation -> of(negation.x()).map(x -> new Exact(x.over.negated(), x.under));
      case Power power -> of(power.base()).flatMap(base -> base.power(power.exponent()));
      case Arithmetic of -> of(of.a()).flatMap(a -> of(of.b()).flatMap(b -> a.with(of, b)));
      case Apply apply -> apply(apply);
      default -> Optional.empty();
    };
  }

  private static Exact number(BigDecimal value) {
    return new Exact(Terms.of(Ratio.of(value)), Terms.ONE);
  }

  private Optional<Exact> with(Arithmetic of, Exact b) {
    return switch (of.operator()) {
      case ADD -> Optional.of(plus(b));
      case SUBTRACT -> Optional.of(plus(new Exact(b.over.negated(), b.under)));
      case MULTIPLY, PRODUCT, HADAMARD ->
          Optional.of(new Exact(over.times(b.over), under.times(b.under)));
      case DIVIDE ->
          b.over.isZero()
              ? Optional.empty()
              : Optional.of(new Exact(over.times(b.under), under.times(b.over)));
    };
  }

  private Exact plus(Exact b) {
    return new Exact(over.times(b.under).plus(b.over.times(under)), under.times(b.under));
  }

  private Exact inverse() {
    return new Exact(/* over= */ under, /* under= */ over);
  }

  private Optional<Exact> power(double exponent) {
    if (exponent != Math.rint(exponent) || Math.abs(exponent) > MOST) {
      return Optional.empty();
    }
    if (exponent < 0 && over.isZero()) {
      return Optional.empty();
    }
    Exact base = exponent < 0 ? inverse() : this;
    Exact product = new Exact(Terms.ONE, Terms.ONE);
    for (int i = 0; i < Math.abs(exponent); i++) {
      product = new Exact(product.over.times(base.over), product.under.times(base.under));
    }
    return Optional.of(product);
  }

  /** The exponential of a multiple of x is a term; other functions are what their ops say. */
  private static Optional<Exact> apply(Apply apply) {
    if (apply.function().name().equals("exp")) {
      return of(apply.x())
          .flatMap(Exact::multipleOfX)
          .map(q -> new Exact(Terms.exponential(q), Terms.ONE));
    }
    return apply
        .function()
        .op()
        .map(op -> op.formula().value())
        .map(text -> Program.of(text).inlined().replace(Map.of("x", apply.x())))
        .filter(formula -> !isItself(formula, apply))
        .flatMap(Exact::of);
  }

  /** Of a function that is said by its own name, such as ln. */
  private static boolean isItself(Expression formula, Apply apply) {
    return formula instanceof Apply other
        && other.function().name().equals(apply.function().name());
  }

  /** q, if this is q·x. */
  private Optional<Ratio> multipleOfX() {
    return over.quotientBy(under.times(Terms.X));
  }

  boolean equalTo(Exact b) {
    return over.times(b.under).equals(b.over.times(under));
  }
}
