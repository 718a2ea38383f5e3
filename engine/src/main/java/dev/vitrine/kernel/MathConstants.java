package dev.vitrine.kernel;

/**
 * The constants of {@link FloatMath} and {@link FloatActivations}.
 *
 * <p>The polynomials are minimax fits of our own: Remez exchange in 200-bit arithmetic (that of
 * {@link #MILLS_0}: Lawson's reweighted least squares on 240 Chebyshev points in double), weighted
 * for the relative error of the function, the coefficients rounded to float one by one from the
 * lowest while the rest was fitted again.
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

  /** Below this, x/(1 + e⁻ˣ) rounds to −0. */
  public static final float SILU_FLOOR = -110;

  /** Beyond this, the normal distribution's tail, times x, rounds to 0. */
  public static final float NORMAL_TAIL = 14.5f;

  /** Beyond this, x·σ(2√(2/π)·(x + 0.044715·x³)) rounds to x or −0. */
  public static final float GELU_TANH_TAIL = 11;

  /** 2√(2/π), rounded. */
  public static final float GELU_LINEAR = 0x1.988454p0f;

  /** 2√(2/π) − {@link #GELU_LINEAR}. */
  public static final float GELU_LINEAR_LO = -0x1.857936p-25f;

  /** 0.044715·2√(2/π), rounded. */
  public static final float GELU_CUBIC = 0x1.2444f2p-4f;

  /** 0.044715·2√(2/π) − {@link #GELU_CUBIC}. */
  public static final float GELU_CUBIC_LO = 0x1.49b16ap-29f;

  /** 1/√(2π). */
  public static final float INV_SQRT_2PI = 0x1.988454p-2f;

  /** See {@link #MILLS_0}. */
  public static final float MILLS_CENTRE = 3;

  /**
   * (a + 3)·(1 − Φ(a))·e^(a²/2) ≈ MILLS_0 + MILLS_1·q + … + MILLS_10·q¹⁰ with q = (a − 3)/(a + 3)
   * for 0 ≤ a ≤ 14.4; its relative error is below 2⁻²⁴·⁷.
   */
  public static final float MILLS_0 = 0x1.754a76p-1f;

  /** See {@link #MILLS_0}. */
  public static final float MILLS_1 = -0x1.04c72ap-1f;

  /** See {@link #MILLS_0}. */
  public static final float MILLS_2 = 0x1.d712a4p-3f;

  /** See {@link #MILLS_0}. */
  public static final float MILLS_3 = -0x1.832c3p-5f;

  /** See {@link #MILLS_0}. */
  public static final float MILLS_4 = -0x1.56496p-7f;

  /** See {@link #MILLS_0}. */
  public static final float MILLS_5 = 0x1.c8c11p-8f;

  /** See {@link #MILLS_0}. */
  public static final float MILLS_6 = 0x1.fbf2bap-11f;

  /** See {@link #MILLS_0}. */
  public static final float MILLS_7 = -0x1.126fa4p-10f;

  /** See {@link #MILLS_0}. */
  public static final float MILLS_8 = -0x1.79f97p-13f;

  /** See {@link #MILLS_0}. */
  public static final float MILLS_9 = 0x1.4d0d8ep-13f;

  /** See {@link #MILLS_0}. */
  public static final float MILLS_10 = 0x1.756f74p-15f;

  private MathConstants() {}
}
