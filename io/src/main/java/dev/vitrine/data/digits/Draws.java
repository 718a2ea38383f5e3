package dev.vitrine.data.digits;

import dev.vitrine.random.RandomStream;

/** The random numbers of one image, read one after the other from its own stream. */
final class Draws {
  /** Brings the sum of four uniform numbers, of variance 4/12, to variance 1. */
  private static final double ROOT_3 = StrictMath.sqrt(3);

  private final RandomStream stream;
  private long next;

  Draws(RandomStream stream) {
    this.stream = stream;
  }

  /** Uniform in [low, high). */
  double uniform(double low, double high) {
    return stream.uniform(next++, low, high);
  }

  /** True with the given probability. */
  boolean chance(double probability) {
    return stream.uniform(next++) < probability;
  }

  /**
   * Bell-shaped with mean 0, variance 1 and no value beyond ±3.47: the sum of the four 16-bit
   * quarters of one draw. It needs no logarithm, and has no outlier that tears a digit apart.
   */
  double bell() {
    long bits = stream.bits(next++);
    long sum =
        (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48 & 0xFFFF);
    return (sum * 0x1p-16 - 2) * ROOT_3;
  }

  /** 64 independent random bits. */
  long bits() {
    return stream.bits(next++);
  }
}
