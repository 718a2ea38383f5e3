package dev.vitrine.op;

import dev.vitrine.error.Range;

/** Arithmetic with a constant, powers, the exponential and the logarithm. */
public sealed interface Elementary extends Unary {
  /** {@code y = −x}, {@code dx = −dy}. */
  record Negate() implements Elementary {
    @Override
    public double apply(double x) {
      return -x;
    }

    @Override
    public double derivative(double x) {
      return -1;
    }

    @Override
    public Formula formula() {
      return Formula.ofNumber("-x", "-1");
    }

    @Override
    public void gradient(Adjoint a) {
      a.to(0, () -> a.ops().negate(a.dy()));
    }

    @Override
    public Cost cost(long n) {
      return Cost.ZERO;
    }
  }

  /**
   * {@code y = factor · x}, {@code dx = factor · dy}.
   *
   * @param factor what each element is multiplied by
   */
  record Scale(double factor) implements Elementary {
    /** Checks the number. */
    public Scale {
      Range.FINITE.require("Scale", "a finite factor", factor);
    }

    @Override
    public double apply(double x) {
      return factor * x;
    }

    @Override
    public double derivative(double x) {
      return factor;
    }

    @Override
    public Formula formula() {
      return Formula.ofNumber(Formula.number(factor) + "*x", Formula.number(factor));
    }

    @Override
    public void gradient(Adjoint a) {
      a.to(0, () -> a.ops().scale(a.dy(), factor));
    }

    @Override
    public Cost cost(long n) {
      return Cost.multiplications(n);
    }
  }

  /**
   * {@code y = x + addend}, {@code dx = dy}.
   *
   * @param addend what is added to each element
   */
  record Shift(double addend) implements Elementary {
    /** Checks the number. */
    public Shift {
      Range.FINITE.require("Shift", "a finite addend", addend);
    }

    @Override
    public double apply(double x) {
      return x + addend;
    }

    @Override
    public double derivative(double x) {
      return 1;
    }

    @Override
    public Formula formula() {
      return Formula.ofNumber("x + " + Formula.number(addend), "1");
    }

    @Override
    public void gradient(Adjoint a) {
      a.to(0, a::dy);
    }

    @Override
    public Cost cost(long n) {
      return Cost.additions(n);
    }
  }

  /** {@code y = x²}, {@code dx = 2x · dy}. */
  record Square() implements Elementary {
    @Override
    public double apply(double x) {
      return x * x;
    }

    @Override
    public double derivative(double x) {
      return 2 * x;
    }

    @Override
    public Formula formula() {
      return Formula.ofNumber("x^2", "2*x");
    }

    @Override
    public Cost cost(long n) {
      return Cost.multiplications(n);
    }
  }

  /**
   * {@code y = x^p}, {@code dx = p · x^(p−1) · dy}; for x &lt; 0, p must be a whole number.
   *
   * @param exponent p
   */
  record Power(double exponent) implements Elementary {
    /** Checks the number. */
    public Power {
      Range.FINITE.require("Power", "a finite exponent", exponent);
    }

    @Override
    public double apply(double x) {
      return Math.pow(x, exponent);
    }

    @Override
    public double derivative(double x) {
      // x⁰ is 1 everywhere, at 0 as well: the power of what is not counted would be infinite there.
      return exponent == 0 ? 0 : exponent * Math.pow(x, exponent - 1);
    }

    @Override
    public Formula formula() {
      String p = Formula.number(exponent);
      if (exponent == 0) {
        return Formula.ofNumber("x^0", "0");
      }
      return Formula.ofNumber("x^" + p, "%s*x^(%s - 1)".formatted(p, p));
    }
  }

  /** {@code y = eˣ}, {@code dx = y · dy}. */
  record Exp() implements Elementary {
    @Override
    public double apply(double x) {
      return Math.exp(x);
    }

    @Override
    public double derivative(double y) {
      return y;
    }

    @Override
    public Formula formula() {
      return Formula.ofNumber("exp(x)", "exp(x)").orByOutput("y");
    }

    @Override
    public boolean fromOutput() {
      return true;
    }
  }

  /** {@code y = ln x}, {@code dx = dy / x}. */
  record Log() implements Elementary {
    @Override
    public double apply(double x) {
      return Math.log(x);
    }

    @Override
    public double derivative(double x) {
      return 1 / x;
    }

    @Override
    public Formula formula() {
      return Formula.ofNumber("ln(x)", "1/x");
    }
  }
}
