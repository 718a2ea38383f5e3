package dev.vitrine.trace.function;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A sum of terms {@code c·xⁱ·e^(qx)}.
 *
 * @param terms c by i and q; none is 0
 */
record Terms(Map<Terms.Kind, Ratio> terms) {
  /** xⁱ·e^(qx). */
  record Kind(int i, Ratio q) {}

  static final Terms ONE = of(Ratio.ONE);
  static final Terms X = new Terms(Map.of(new Kind(1, Ratio.ZERO), Ratio.ONE));

  static Terms of(Ratio number) {
    return number.isZero()
        ? new Terms(Map.of())
        : new Terms(Map.of(new Kind(0, Ratio.ZERO), number));
  }

  static Terms exponential(Ratio q) {
    return new Terms(Map.of(new Kind(0, q), Ratio.ONE));
  }

  boolean isZero() {
    return terms.isEmpty();
  }

  Terms negated() {
    Map<Kind, Ratio> turned = new HashMap<>();
    terms.forEach((kind, c) -> turned.put(kind, c.negated()));
    return new Terms(turned);
  }

  Terms plus(Terms b) {
    Map<Kind, Ratio> sum = new HashMap<>(terms);
    b.terms.forEach((kind, c) -> sum.merge(kind, c, Ratio::plus));
    sum.values().removeIf(Ratio::isZero);
    return new Terms(sum);
  }

  Terms times(Terms b) {
    Map<Kind, Ratio> product = new HashMap<>();
    terms.forEach((k, c) ->
        b.terms.forEach(
            (l, d) -> product.merge(new Kind(k.i + l.i, k.q.plus(l.q)), c.times(d), Ratio::plus)));
    product.values().removeIf(Ratio::isZero);
    return new Terms(product);
  }

  /** The number that this is of other terms; empty if it is none. */
  Optional<Ratio> quotientBy(Terms b) {
    if (isZero() || b.isZero()) {
      return isZero() && !b.isZero() ? Optional.of(Ratio.ZERO) : Optional.empty();
    }
    Kind any = terms.keySet().iterator().next();
    Ratio other = b.terms.get(any);
    if (other == null) {
      return Optional.empty();
    }
    Ratio quotient = terms.get(any).dividedBy(other);
    return equals(b.times(of(quotient))) ? Optional.of(quotient) : Optional.empty();
  }
}
