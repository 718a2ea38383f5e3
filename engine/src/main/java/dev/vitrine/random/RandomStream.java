package dev.vitrine.random;

/**
 * Random numbers addressed by an index, not drawn in order: {@code uniform(i)} is always the same
 * number. The generator is Philox 4×32-10 (Salmon et al., "Parallel Random Numbers: As Easy as 1,
 * 2, 3", SC 2011): a counter through ten rounds of a keyed bijection; it passes BigCrush.
 *
 * @param key the 64-bit key, from {@link Seed#stream}
 */
public record RandomStream(long key) {
  private static final int M0 = 0xD2511F53;
  private static final int M1 = 0xCD9E8D57;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;

  /**
   * {@return 64 random bits of index {@code i}}
   *
   * @param i the draw's index; every index has its own number
   */
  public long bits(long i) {
    return bits(key, i);
  }

  /**
   * {@return what {@link #uniform(long)} of the stream with that key gives, where an object would
   * be in the way}
   *
   * @param key the stream's key
   * @param i the draw's index; every index has its own number
   */
  public static double uniformOf(long key, long i) {
    return (bits(key, i) >>> 11) * 0x1p-53;
  }

  private static long bits(long key, long i) {
    int c0 = (int) i;
    int c1 = (int) (i >>> 32);
    int c2 = 0;
    int c3 = 0;
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < 10; round++) {
      long p0 = (M0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
      long p1 = (M1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
      int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      c0 = n0;
      c2 = n2;
      k0 += W0;
      k1 += W1;
    }
    return (c0 & 0xFFFFFFFFL) | ((long) c1 << 32);
  }

  /**
   * {@return a number uniform in [0, 1), a multiple of 2⁻⁵³}
   *
   * @param i the draw's index; every index has its own number
   */
  public double uniform(long i) {
    return uniformOf(key, i);
  }

  /**
   * {@return a number uniform in [low, high)}
   *
   * @param i the draw's index; every index has its own number
   * @param low the least number
   * @param high the bound that is not reached
   */
  public double uniform(long i, double low, double high) {
    return low + (high - low) * uniform(i);
  }

  /**
   * {@return a standard normal number, by Box and Muller from the halves of one draw; {@code
   * StrictMath} throughout}
   *
   * @param i the draw's index; every index has its own number
   */
  public double normal(long i) {
    long bits = bits(i);
    double u = ((bits >>> 32) + 0.5) * 0x1p-32;
    double v = (bits & 0xFFFFFFFFL) * 0x1p-32;
    return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * StrictMath.PI * v);
  }

  /**
   * {@return a number uniform among 0 … bound − 1; the bias is below bound·2⁻⁶⁴}
   *
   * @param i the draw's index; every index has its own number
   * @param bound how many numbers there are to choose from, at least 1
   */
  public int below(long i, int bound) {
    return (int) Math.unsignedMultiplyHigh(bits(i), bound);
  }

  /**
   * {@return a permutation of 0 … n − 1 (Fisher and Yates, with draws 0 … n − 1)}
   *
   * @param n how many, 0 or more
   */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i, i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
