package dev.vitrine.kernel;

/**
 * The constants of {@link FloatMath} and of its twin on vectors, in one place so that both compute
 * with the same.
 *
 * <p>The two polynomials are minimax fits of our own: Remez exchange in 200-bit arithmetic,
 * weighted for the relative error of the function, the coefficients rounded to float one by one
 * from the lowest while the rest was fitted again.
 */
public final class MathConstants {
  /** Adding this to |v| ≤ 2²² rounds v to an integer, which then stands in the low bits. */
  public static final float ROUNDER = 0x1.8p23f;

  /** The bits of {@link #ROUNDER}. */
  public static final int ROUNDER_BITS = 0x4B400000;

  /** 1/ln 2. */
  public static final float LOG2_E = 0x1.715476p0f;

  /** The leading 16 bits of ln 2, so that k·LN2_HI is exact for whole |k| ≤ 255. */
  public static final float LN2_HI = 0x1.62e4p-1f;

  /** ln 2 − {@link #LN2_HI}. */
  public static final float LN2_LO = 0x1.7f7d1cp-20f;

  /** Below this, eˣ is less than half the smallest subnormal: it rounds to 0. */
  public static final float EXP_UNDERFLOW = -104;

  /** Above this, and a little below, eˣ rounds to infinity. */
  public static final float EXP_OVERFLOW = 89;

  /** Below this, eˣ − 1 rounds to −1. */
  public static final float EXPM1_FLOOR = -20;

  /** Above this, log(1 + eˣ) rounds to x. */
  public static final float SOFTPLUS_LINEAR = 20;

  /**
   * (eʳ − 1 − r)/r² ≈ EXP_2 + EXP_3·r + … + EXP_6·r⁴ + EXP_7·r⁵ for |r| ≤ ln 2/2; the relative
   * error of eʳ − 1 by it is below 2⁻²⁸.
   */
  public static final float EXP_2 = 0.5f;

  /** See {@link #EXP_2}. */
  public static final float EXP_3 = 0x1.55552cp-3f;

  /** See {@link #EXP_2}. */
  public static final float EXP_4 = 0x1.555502p-5f;

  /** See {@link #EXP_2}. */
  public static final float EXP_5 = 0x1.1155a8p-7f;

  /** See {@link #EXP_2}. */
  public static final float EXP_6 = 0x1.6d2e4ap-10f;

  /** See {@link #EXP_2}. */
  public static final float EXP_7 = 0x1.3b8accp-13f;

  /**
   * (log(1 + f) − f)/f² ≈ LOG_2 + LOG_3·f + … + LOG_11·f⁹ for −1/4 ≤ f ≤ 1/2; the relative error of
   * log(1 + f) by it is below 2⁻²⁹.
   */
  public static final float LOG_2 = -0x1.fffffep-2f;

  /** See {@link #LOG_2}. */
  public static final float LOG_3 = 0x1.555554p-2f;

  /** See {@link #LOG_2}. */
  public static final float LOG_4 = -0x1.000128p-2f;

  /** See {@link #LOG_2}. */
  public static final float LOG_5 = 0x1.999d7p-3f;

  /** See {@link #LOG_2}. */
  public static final float LOG_6 = -0x1.54fa76p-3f;

  /** See {@link #LOG_2}. */
  public static final float LOG_7 = 0x1.23a55ap-3f;

  /** See {@link #LOG_2}. */
  public static final float LOG_8 = -0x1.04a496p-3f;

  /** See {@link #LOG_2}. */
  public static final float LOG_9 = 0x1.eb5fc2p-4f;

  /** See {@link #LOG_2}. */
  public static final float LOG_10 = -0x1.8ed6d4p-4f;

  /** See {@link #LOG_2}. */
  public static final float LOG_11 = 0x1.54f844p-5f;

  /** The bits of 3/4: mantissas are taken from [3/4, 3/2). */
  public static final int THREE_QUARTERS_BITS = 0x3F400000;

  private MathConstants() {}
}
