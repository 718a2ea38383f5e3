package dev.vitrine.op;

/** The standard normal distribution in double precision. */
public final class Normal {
  /** Beyond this the continued fraction converges faster than the series. */
  private static final double TAIL = 3;

  /** Enough for 16 digits from {@link #TAIL} on. */
  private static final int FRACTIONS = 150;

  private static final double ROOT = Math.sqrt(2 * Math.PI);

  private Normal() {}

  /**
   * {@return the density φ(x) = e^(−x²/2) / √(2π)}
   *
   * @param x any number
   */
  public static double density(double x) {
    return Math.exp(-x * x / 2) / ROOT;
  }

  /**
   * {@return Φ(x), the integral of {@link #density} up to x} For |x| ≤ 3 by the series {@code 1/2 +
   * φ(x) · (x + x³/3 + x⁵/(3·5) + …)} (Marsaglia, 2004), beyond by Laplace's continued fraction
   * {@code 1 − Φ(a) = φ(a) / (a + 1/(a + 2/(a + 3/(a + …))))}.
   *
   * @param x any number
   */
  public static double cumulative(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (Math.abs(x) > TAIL) {
      double tail = tail(Math.abs(x));
      return x < 0 ? tail : 1 - tail;
    }
    double term = x;
    double sum = x;
    double before = 0;
    for (int i = 3; sum != before; i += 2) {
      before = sum;
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * density(x);
  }

  private static double tail(double a) {
    double fraction = a;
    for (int i = FRACTIONS; i > 0; i--) {
      fraction = a + i / fraction;
    }
    return density(a) / fraction;
  }
}
