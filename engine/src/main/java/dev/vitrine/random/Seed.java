package dev.vitrine.random;

/**
 * Where all of an experiment's random numbers come from. A stream of them is named by what it is
 * for ({@link #stream}); equal seeds and names give equal numbers, on every machine.
 *
 * @param value any 64 bits
 */
public record Seed(long value) {
  /** {@return the seed of the given value} */
  public static Seed of(long value) {
    return new Seed(value);
  }

  /**
   * {@return the random numbers of one purpose, such as {@code "shuffle"}, at one step of it}
   *
   * @param purpose what the numbers are for; each purpose has its own
   * @param step the step's number, from 0
   */
  public RandomStream stream(String purpose, long step) {
    return new RandomStream(key(purpose(purpose), step));
  }

  /**
   * {@return the key of {@link #stream(String, long)} from its purpose's number; allocates nothing}
   *
   * @param purpose the number of the purpose, from {@link #purpose}
   * @param step the step's number, from 0
   */
  public long key(long purpose, long step) {
    return mix(value ^ mix(purpose) ^ mix(step + 0x9E3779B97F4A7C15L));
  }

  /**
   * {@return the random numbers of {@link #stream(String, long)} for a purpose without steps}
   *
   * @param purpose what the numbers are for; each purpose has its own
   */
  public RandomStream stream(String purpose) {
    return stream(purpose, 0);
  }

  /**
   * {@return the number of a purpose, for {@link #key}: FNV-1a over the UTF-16 units, a specified
   * hash, since results depend on it for ever}
   *
   * @param text the purpose in words
   */
  public static long purpose(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
