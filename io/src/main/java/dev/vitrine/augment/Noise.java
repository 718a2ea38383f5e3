package dev.vitrine.augment;

import dev.vitrine.random.RandomStream;

/**
 * Normal noise on bytes, rounded: which of 65,536 random values means which step, so that a draw of
 * 64 bits serves four samples. A step's probability is right to 2⁻¹⁶, so none is further than 4.2
 * deviations.
 */
final class Noise {
  private static final int VALUES = 1 << 16;
  private static final int LEVELS = 255;

  /** Beyond it the distribution is 0 or 1 as far as {@link #VALUES} tell. */
  private static final double FAR = 7;

  private final short[] steps = new short[VALUES];

  /**
   * A table.
   *
   * @param deviation as a share of the way from black to white
   */
  Noise(double deviation) {
    double levels = deviation * LEVELS;
    int step = -LEVELS;
    for (int value = 0; value < VALUES; value++) {
      while (step < LEVELS && distribution((step + 0.5) / levels) <= (value + 0.5) / VALUES) {
        step++;
      }
      steps[value] = (short) step;
    }
  }

  /**
   * The normal distribution, by its series (Marsaglia, "Evaluating the normal distribution", 2004).
   */
  static double distribution(double x) {
    if (Math.abs(x) > FAR) {
      return x < 0 ? 0 : 1;
    }
    double sum = x;
    double term = x;
    double before = 0;
    for (int i = 3; sum != before; i += 2) {
      before = sum;
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * StrictMath.PI);
  }

  /** Adds a step to each sample, and cuts off what is no byte. */
  void add(byte[] image, RandomStream random, long first) {
    long bits = 0;
    for (int i = 0; i < image.length; i++) {
      bits = i % 4 == 0 ? random.bits(first + i / 4) : bits >>> 16;
      int sample = (image[i] & 0xFF) + steps[(int) bits & (VALUES - 1)];
      image[i] = (byte) Math.max(0, Math.min(LEVELS, sample));
    }
  }
}
