package dev.vitrine.kernel;

import static dev.vitrine.kernel.MathConstants.*;

/**
 * Elementary functions in single precision, of our own making: those of {@link Math} and of the
 * Vector API differ in their last bits, these do not, since the SIMD module makes its vector
 * routines from this very code, operation by operation (its {@code ScalarReader} reads the
 * bytecode). So everything here is fused or plain multiply and add, divide and bit operations, each
 * of which Java specifies to the bit, and nothing branches: a condition only selects between two
 * computed values, in an expression {@code a < b ? c : d}, and may be kept in a {@code boolean}.
 *
 * <p>Error bounds are in ulp of the exact result, found over all 2³² arguments against {@link
 * StrictMath} in double. NaN gives NaN; subnormal arguments and results, signed zeros and
 * infinities are as in {@code StrictMath}.
 *
 * <p>Common to all: the argument of an exponential is c = k·ln 2 + r with k whole and |r| ≤ ln 2/2,
 * r kept as {@code rh + rl}, rh exact. What a rounded sum s = a + b with |a| ≥ |b| lost is b − (s −
 * a), exactly (Dekker 1971); names ending in {@code l} are such low parts.
 */
public final class FloatMath {
  private FloatMath() {}

  /**
   * {@return eˣ = 2ᵏ·eʳ, at most 0.86 ulp off} 2ᵏ is applied as two factors, because k reaches from
   * −150 (half the smallest subnormal) to 128; only the second can round, to a subnormal, or
   * overflow.
   *
   * @param x any {@code float}; NaN gives NaN
   */
  public static float exp(float x) {
    float c = x < EXP_UNDERFLOW ? EXP_UNDERFLOW : x;
    c = c > EXP_OVERFLOW ? EXP_OVERFLOW : c;
    float shifted = Math.fma(c, LOG2_E, ROUNDER);
    float k = shifted - ROUNDER;
    float rh = Math.fma(k, -LN2_HI, c);
    float rl = k * -LN2_LO;
    float p = 1 + (rh + expTail(rh + rl, rl));
    int n = exponent(shifted);
    int half = n >> 1;
    return p * pow2(half) * pow2(n - half);
  }

  /**
   * {@return eˣ − 1 = 2ᵏ(eʳ − 1) + (2ᵏ − 1), at most 0.95 ulp off also where x is near 0} The sum
   * of the leading parts keeps what it loses; k = 128 is computed with 2¹²⁷ and doubled.
   *
   * @param x any {@code float}; NaN gives NaN
   */
  public static float expm1(float x) {
    float c = x < EXPM1_FLOOR ? EXPM1_FLOOR : x;
    c = c > EXP_OVERFLOW ? EXP_OVERFLOW : c;
    float shifted = Math.fma(c, LOG2_E, ROUNDER);
    float k = shifted - ROUNDER;
    float rh = Math.fma(k, -LN2_HI, c);
    float rl = k * -LN2_LO;
    int n = exponent(shifted);
    boolean top = n > 127;
    float scale = pow2(top ? 127 : n);
    float a = scale - 1;
    float ad = a - scale;
    float al = (scale - (a - ad)) - (1 + ad);
    float b = scale * rh;
    float s = a + b;
    float e = (b - (s - a)) + al;
    float y = s + Math.fma(scale, expTail(rh + rl, rl), e);
    y = top ? 2 * y : y;
    return x == 0 ? x : y;
  }

  /**
   * {@return the natural logarithm, at most 0.86 ulp off; NaN below 0 and −∞ at ±0} x = 2ᵏ(1 + f)
   * with 1 + f in [3/4, 3/2), so k = 0 around x = 1 and nothing cancels; log x = k·ln 2 + log(1 +
   * f).
   *
   * @param x any {@code float}; NaN gives NaN
   */
  public static float log(float x) {
    boolean subnormal = x < Float.MIN_NORMAL;
    float c = subnormal ? x * 0x1p23f : x;
    int bits = Float.floatToRawIntBits(c);
    int n = (bits - THREE_QUARTERS_BITS) >> 23;
    float f = Float.intBitsToFloat(bits - (n << 23)) - 1;
    float k = n;
    k = subnormal ? k - 23 : k;
    float a = k * LN2_HI;
    float s = a + f;
    float e = f - (s - a);
    float y = s + (Math.fma(f * f, logTail(f), k * LN2_LO) + e);
    y = x == 0 ? Float.NEGATIVE_INFINITY : y;
    y = x < 0 ? Float.NaN : y;
    return x < Float.POSITIVE_INFINITY ? y : x;
  }

  /**
   * {@return the hyperbolic tangent, at most 0.78 ulp off and exactly odd} With m = e^(−2|x|) − 1,
   * as in {@link #expm1}, |tanh x| = |m/(2 + m)|: no cancellation anywhere, so one formula serves
   * all x.
   *
   * @param x any {@code float}; NaN gives NaN
   */
  public static float tanh(float x) {
    float c = Math.abs(x) * -2;
    c = c < EXPM1_FLOOR ? EXPM1_FLOOR : c;
    float shifted = Math.fma(c, LOG2_E, ROUNDER);
    float k = shifted - ROUNDER;
    float rh = Math.fma(k, -LN2_HI, c);
    float rl = k * -LN2_LO;
    float scale = pow2(exponent(shifted));
    float a = scale - 1;
    float b = scale * rh;
    float s = a + b;
    float e = (b - (s - a)) + (scale - (a + 1));
    float tail = Math.fma(scale, expTail(rh + rl, rl), e);
    float m = s + tail;
    float ml = tail - (m - s);
    float d = m + 2;
    float dl = (m - (d - 2)) + ml;
    float y = quotient(m, ml, d, dl);
    int sign = Float.floatToRawIntBits(x) & 0x80000000;
    return Float.intBitsToFloat((Float.floatToRawIntBits(y) & 0x7FFFFFFF) | sign);
  }

  /**
   * {@return 1/(1 + e⁻ˣ), at most 0.9 ulp off, subnormal results included} With z = e^(−|x|), which
   * cannot overflow, it is 1/(1 + z) for x ≥ 0 and z/(1 + z) below.
   *
   * @param x any {@code float}; NaN gives NaN
   */
  public static float sigmoid(float x) {
    float c = -Math.abs(x);
    c = c < EXP_UNDERFLOW ? EXP_UNDERFLOW : c;
    float shifted = Math.fma(c, LOG2_E, ROUNDER);
    float k = shifted - ROUNDER;
    float rh = Math.fma(k, -LN2_HI, c);
    float rl = k * -LN2_LO;
    float t = rh + expTail(rh + rl, rl);
    float p = 1 + t;
    float pl = t - (p - 1);
    float scale = pow2(exponent(shifted) + 64);
    float z = p * scale * 0x1p-64f;
    float zl = pl * scale * 0x1p-64f;
    float d = z + 1;
    float dl = (z - (d - 1)) + zl;
    boolean negative = x < 0;
    float u = negative ? z : 1;
    float ul = negative ? zl : 0;
    return quotient(u, ul, d, dl);
  }

  /**
   * {@return log(1 + eˣ) = max(x, 0) + log(1 + z) with z = e^(−|x|), at most 1.01 ulp off in both
   * tails} 1 + z = 2(1 + f) where z ≥ 1/2 and 1 + f below, both exact in f, so z's own low part can
   * be carried.
   *
   * @param x any {@code float}; NaN gives NaN
   */
  public static float softplus(float x) {
    float c = -Math.abs(x);
    c = c < EXP_UNDERFLOW ? EXP_UNDERFLOW : c;
    float shifted = Math.fma(c, LOG2_E, ROUNDER);
    float k = shifted - ROUNDER;
    float rh = Math.fma(k, -LN2_HI, c);
    float rl = k * -LN2_LO;
    float t = rh + expTail(rh + rl, rl);
    float p = 1 + t;
    float pl = t - (p - 1);
    float scale = pow2(exponent(shifted) + 64);
    float z = p * scale * 0x1p-64f;
    float zl = pl * scale * 0x1p-64f;
    boolean upper = z >= 0.5f;
    float f = upper ? 0.5f * (z - 1) : z;
    float fl = upper ? 0.5f * zl : zl;
    float a = x > 0 ? x : 0;
    float b = upper ? LN2_HI : 0;
    float s = a + b;
    float e = a - (s - b);
    float w = s + f;
    e = e + (f - (w - s));
    float tail = Math.fma(f * f, logTail(f), upper ? LN2_LO : 0);
    float y = w + (tail + (e + Math.fma(-fl, f, fl)));
    return x > SOFTPLUS_LINEAR ? x : y;
  }

  /** eʳ − 1 − r, plus low. */
  static float expTail(float r, float low) {
    float q = Math.fma(EXP_7, r, EXP_6);
    q = Math.fma(q, r, EXP_5);
    q = Math.fma(q, r, EXP_4);
    q = Math.fma(q, r, EXP_3);
    q = Math.fma(q, r, EXP_2);
    return Math.fma(r * r, q, low);
  }

  /** (log(1 + f) − f)/f². */
  private static float logTail(float f) {
    float q = Math.fma(LOG_11, f, LOG_10);
    q = Math.fma(q, f, LOG_9);
    q = Math.fma(q, f, LOG_8);
    q = Math.fma(q, f, LOG_7);
    q = Math.fma(q, f, LOG_6);
    q = Math.fma(q, f, LOG_5);
    q = Math.fma(q, f, LOG_4);
    q = Math.fma(q, f, LOG_3);
    return Math.fma(q, f, LOG_2);
  }

  /** (u + ul)/(d + dl): the quotient of the high parts, corrected by its remainder. */
  static float quotient(float u, float ul, float d, float dl) {
    float inverse = 1 / d;
    float y = u * inverse;
    float rest = Math.fma(-y, d, u) + Math.fma(-y, dl, ul);
    return Math.fma(rest, inverse, y);
  }

  /** The whole number in the low bits of x/ln 2 + {@link MathConstants#ROUNDER}. */
  static int exponent(float shifted) {
    return Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
  }

  /** 2ⁿ for −126 ≤ n ≤ 127. */
  static float pow2(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }
}
