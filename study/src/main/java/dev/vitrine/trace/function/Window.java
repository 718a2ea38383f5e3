package dev.vitrine.trace.function;

/**
 * The part of the plane in which a function is drawn.
 *
 * @param low the least y
 * @param high the greatest
 */
public record Window(double low, double high) {
  /** The least x of every drawing. */
  public static final double FROM = -5;

  /** The greatest. */
  public static final double TO = 5;

  /** How many steps from one to the other. */
  public static final int STEPS = 100;

  /**
   * {@return as high as the function's values need, from at most −3 to at most 5; always with the
   * zero line and a slope of 1}
   *
   * @param trace the function
   */
  public static Window of(FunctionTrace trace) {
    double low = -0.5;
    double high = 1.1;
    for (int i = 0; i <= STEPS; i++) {
      double y = trace.value(at(i));
      low = Double.isFinite(y) ? Math.max(-3, Math.min(low, y * 1.05)) : low;
      high = Double.isFinite(y) ? Math.min(5, Math.max(high, y * 1.05)) : high;
    }
    return new Window(low, high);
  }

  /**
   * {@return where a step is, 0 exactly among them}
   *
   * @param step from 0 to {@link #STEPS}
   */
  public static double at(int step) {
    return FROM + (TO - FROM) * step / STEPS;
  }
}
