package dev.vitrine.trace.function;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A fraction in lowest terms, its denominator positive. */
record Ratio(BigInteger over, BigInteger under) {
  static final Ratio ZERO = new Ratio(BigInteger.ZERO, BigInteger.ONE);
  static final Ratio ONE = new Ratio(BigInteger.ONE, BigInteger.ONE);

  static Ratio of(BigDecimal decimal) {
    return decimal.scale() > 0
        ? reduced(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()))
        : new Ratio(decimal.toBigIntegerExact(), BigInteger.ONE);
  }

  private static Ratio reduced(BigInteger over, BigInteger under) {
    BigInteger common = over.gcd(under).multiply(BigInteger.valueOf(under.signum()));
    return new Ratio(over.divide(common), under.divide(common));
  }

  Ratio plus(Ratio b) {
    return reduced(over.multiply(b.under).add(b.over.multiply(under)), under.multiply(b.under));
  }

  Ratio times(Ratio b) {
    return reduced(over.multiply(b.over), under.multiply(b.under));
  }

  Ratio dividedBy(Ratio b) {
    return reduced(over.multiply(b.under), under.multiply(b.over));
  }

  Ratio negated() {
    return new Ratio(over.negate(), under);
  }

  boolean isZero() {
    return over.signum() == 0;
  }
}
