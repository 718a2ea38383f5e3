package dev.vitrine.neuron;

import java.math.BigInteger;

/**
 * A fraction in lowest terms, of any size.
 *
 * @param numerator its sign is the fraction's
 * @param denominator above 0
 */
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {
  /** Nothing. */
  public static final Rational ZERO = of(0);

  /** One. */
  public static final Rational ONE = of(1);

  /** Brings it to lowest terms. */
  public Rational {
    if (denominator.signum() == 0) {
      throw new ArithmeticException("a fraction over 0");
    }
    BigInteger common = numerator.gcd(denominator);
    BigInteger by = denominator.signum() < 0 ? common.negate() : common;
    numerator = numerator.divide(by);
    denominator = denominator.divide(by);
  }

  /**
   * {@return a whole number}
   *
   * @param number any
   */
  public static Rational of(long number) {
    return new Rational(BigInteger.valueOf(number), BigInteger.ONE);
  }

  Rational plus(Rational that) {
    return new Rational(
        numerator.multiply(that.denominator).add(that.numerator.multiply(denominator)),
        denominator.multiply(that.denominator));
  }

  Rational minus(Rational that) {
    return plus(that.negate());
  }

  Rational times(Rational that) {
    return new Rational(numerator.multiply(that.numerator), denominator.multiply(that.denominator));
  }

  Rational over(Rational that) {
    return new Rational(numerator.multiply(that.denominator), denominator.multiply(that.numerator));
  }

  Rational negate() {
    return new Rational(numerator.negate(), denominator);
  }

  int signum() {
    return numerator.signum();
  }

  /** {@return the nearest double} */
  public double doubleValue() {
    return numerator.doubleValue() / denominator.doubleValue();
  }

  @Override
  public int compareTo(Rational that) {
    return numerator.multiply(that.denominator).compareTo(that.numerator.multiply(denominator));
  }

  /** As one writes it: {@code 2} or {@code 1/3}. */
  @Override
  public String toString() {
    return denominator.equals(BigInteger.ONE)
        ? numerator.toString()
        : numerator + "/" + denominator;
  }
}
