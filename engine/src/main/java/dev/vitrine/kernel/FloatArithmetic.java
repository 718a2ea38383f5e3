package dev.vitrine.kernel;

/**
 * The functions of {@link dev.vitrine.op.Binary} on floats, as methods: vector routines are
 * generated from them.
 */
public final class FloatArithmetic {
  private FloatArithmetic() {}

  /**
   * {@return a + b}
   *
   * @param a the first number
   * @param b the second number
   */
  public static float add(float a, float b) {
    return a + b;
  }

  /**
   * {@return a − b}
   *
   * @param a the first number
   * @param b the second number
   */
  public static float subtract(float a, float b) {
    return a - b;
  }

  /**
   * {@return a · b}
   *
   * @param a the first number
   * @param b the second number
   */
  public static float multiply(float a, float b) {
    return a * b;
  }

  /**
   * {@return a / b}
   *
   * @param a the first number
   * @param b the second number
   */
  public static float divide(float a, float b) {
    return a / b;
  }
}
