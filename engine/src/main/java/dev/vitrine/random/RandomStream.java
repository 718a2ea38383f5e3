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

  /** 64 random bits of index {@code i}. */
  public long bits(long i) {
    return bits(key, i);
  }

  /** {@link #uniform(long)} of the stream with that key, where an object would be in the way. */
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

  /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
  public double uniform(long i) {
    return uniformOf(key, i);
  }

  /** Uniform in [low, high). */
  public double uniform(long i, double low, double high) {
    return low + (high - low) * uniform(i);
  }

  /**
   * Standard normal, by Box and Muller from the halves of one draw; {@code StrictMath} throughout.
   */
  public double normal(long i) {
    long bits = bits(i);
    double u = ((bits >>> 32) + 0.5) * 0x1p-32;
    double v = (bits & 0xFFFFFFFFL) * 0x1p-32;
    return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * StrictMath.PI * v);
  }

  /** Uniform among 0 … bound − 1; the bias is below bound·2⁻⁶⁴. */
  public int below(long i, int bound) {
    return (int) Math.unsignedMultiplyHigh(bits(i), bound);
  }

  /** A permutation of 0 … n − 1 (Fisher and Yates, with draws 0 … n − 1). */
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
