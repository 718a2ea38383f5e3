package dev.vitrine.kernel;

import static dev.vitrine.kernel.MathConstants.*;

/**
 * The activations that are more than one elementary function, and derivatives, under the rules of
 * {@link FloatMath}: the SIMD module makes its routines from these, too. Error bounds were found
 * over every 4,099th of the 2³² arguments, those of silu and geluTanh over all between 2⁻⁶ and 12
 * (2⁻⁸ and 12) besides.
 */
public final class FloatActivations {
  private FloatActivations() {}

  /**
   * {@return dy where y, a rectifier's output, is above 0; 0 elsewhere}
   *
   * @param y the function's output
   * @param dy the gradient with respect to the output
   */
  public static float reluGradient(float y, float dy) {
    return y > 0 ? dy : 0;
  }

  /**
   * {@return the larger of x and 0, or NaN}
   *
   * @param x the function's input
   */
  public static float relu(float x) {
    return Math.max(x, 0f);
  }

  /**
   * {@return x above 0, slope·x elsewhere}
   *
   * @param x the function's input
   * @param slope the slope below 0
   */
  public static float leakyRelu(float x, float slope) {
    return x > 0 ? x : slope * x;
  }

  /**
   * {@return the derivative of {@link #leakyRelu} times dy}
   *
   * @param x the function's input
   * @param dy the gradient with respect to the output
   * @param slope the slope below 0
   */
  public static float leakyReluGradient(float x, float dy, float slope) {
    return x > 0 ? dy : slope * dy;
  }

  /**
   * {@return the derivative of y = tanh, by y, times dy}
   *
   * @param y the function's output
   * @param dy the gradient with respect to the output
   */
  public static float tanhGradient(float y, float dy) {
    return (1 - y * y) * dy;
  }

  /**
   * {@return the derivative of y = σ, by y, times dy}
   *
   * @param y the function's output
   * @param dy the gradient with respect to the output
   */
  public static float sigmoidGradient(float y, float dy) {
    return y * (1 - y) * dy;
  }

  /**
   * {@return the derivative of softplus times dy}
   *
   * @param x the function's input
   * @param dy the gradient with respect to the output
   */
  public static float softplusGradient(float x, float dy) {
    return FloatMath.sigmoid(x) * dy;
  }

  /**
   * {@return x above 0, alpha·(eˣ − 1) elsewhere}
   *
   * @param x the function's input
   * @param alpha the negated limit as x goes to −∞
   */
  public static float elu(float x, float alpha) {
    return x > 0 ? x : alpha * FloatMath.expm1(x);
  }

  /**
   * {@return the derivative of {@link #elu} times dy}
   *
   * @param x the function's input
   * @param dy the gradient with respect to the output
   * @param alpha the negated limit as x goes to −∞
   */
  public static float eluGradient(float x, float dy, float alpha) {
    return x > 0 ? dy : alpha * FloatMath.exp(x) * dy;
  }

  /**
   * {@return x/(1 + e⁻ˣ), at most 1.6 ulp off, subnormal results included: {@link
   * FloatMath#sigmoid} times x}
   *
   * @param x the function's input
   */
  public static float silu(float x) {
    float c = -Math.abs(x);
    c = c < SILU_FLOOR ? SILU_FLOOR : c;
    return timesSigmoid(x < 0, x < 0 ? c : x, c, 0);
  }

  /**
   * {@return σ(x)·(1 + x·σ(−x)), the derivative of {@link #silu}, at most 4·2⁻²⁴ off}
   *
   * @param x the function's input
   */
  public static float siluDerivative(float x) {
    float c = -Math.abs(x);
    c = c < EXP_UNDERFLOW ? EXP_UNDERFLOW : c;
    return slope(x, x < 0 ? c : -c, c);
  }

  /**
   * {@return {@link #siluDerivative} times dy}
   *
   * @param x the function's input
   * @param dy the gradient with respect to the output
   */
  public static float siluGradient(float x, float dy) {
    return siluDerivative(x) * dy;
  }

  /**
   * {@return x·Φ(x), Φ being the normal distribution, at most 6 ulp off in both tails} With a = |x|
   * and the tail 1 − Φ(a) = M·z, z = e^(−a²/2), it is x − a·M·z above 0 and −a·M·z below. The
   * square's own low part is carried into the exponential.
   *
   * @param x the function's input
   */
  public static float gelu(float x) {
    float a = Math.abs(x);
    a = a > NORMAL_TAIL ? NORMAL_TAIL : a;
    float u = a * mills(a);
    float z = bell(a);
    return x < 0 ? -(u * z) : Math.fma(-u, z, x);
  }

  /**
   * {@return Φ(x) + x·e^(−x²/2)/√(2π), the derivative of {@link #gelu}, at most 4·2⁻²⁴ off}
   *
   * @param x the function's input
   */
  public static float geluDerivative(float x) {
    float a = Math.abs(x);
    a = a > NORMAL_TAIL ? NORMAL_TAIL : a;
    float v = Math.fma(-a, INV_SQRT_2PI, mills(a)) * bell(a);
    return x < 0 ? v : 1 - v;
  }

  /**
   * {@return {@link #geluDerivative} times dy}
   *
   * @param x the function's input
   * @param dy the gradient with respect to the output
   */
  public static float geluGradient(float x, float dy) {
    return geluDerivative(x) * dy;
  }

  /**
   * {@return x·σ(u) with u = 2√(2/π)·(x + 0.044715·x³), at most 1.62 ulp off, subnormal results
   * included} What u's rounding loses is carried into the exponential; the rest is as in {@link
   * #silu}.
   *
   * @param x the function's input
   */
  public static float geluTanh(float x) {
    float a = Math.abs(x);
    a = a > GELU_TANH_TAIL ? GELU_TANH_TAIL : a;
    float h = a * a;
    float hl = Math.fma(a, a, -h);
    float b = h * GELU_CUBIC;
    float bl = Math.fma(h, GELU_CUBIC, -b) + Math.fma(hl, GELU_CUBIC, h * GELU_CUBIC_LO);
    float m = b + GELU_LINEAR;
    float e = m - b;
    float ml = (b - (m - e)) + (GELU_LINEAR - e) + (bl + GELU_LINEAR_LO);
    float c = -(a * m);
    float cl = -Math.fma(a, ml, Math.fma(a, m, c));
    return timesSigmoid(x < 0, x < 0 ? -a : x, c, cl);
  }

  /**
   * v·σ(u) for c + cl = −|u|; the factor 2⁻⁶⁴ of small numbers is left for the end.
   *
   * @param negative whether u is
   */
  private static float timesSigmoid(boolean negative, float v, float c, float cl) {
    float shifted = Math.fma(c, LOG2_E, ROUNDER);
    float k = shifted - ROUNDER;
    float rh = Math.fma(k, -LN2_HI, c);
    float rl = Math.fma(k, -LN2_LO, cl);
    float t = rh + FloatMath.expTail(rh + rl, rl);
    float p = 1 + t;
    float pl = t - (p - 1);
    float scale = FloatMath.pow2(FloatMath.exponent(shifted) + 64);
    float w = p * scale;
    float wl = pl * scale;
    float z = w * 0x1p-64f;
    float zl = wl * 0x1p-64f;
    float d = z + 1;
    float dl = (z - (d - 1)) + zl;
    float u = negative ? w : 1;
    float ul = negative ? wl : 0;
    float s = FloatMath.quotient(u, ul, d, dl);
    return v * s * (negative ? 0x1p-64f : 1);
  }

  /**
   * {@return σ(u)·(1 + x·u′·σ(−u)), the derivative of {@link #geluTanh}, at most 4·2⁻²⁴ off}
   *
   * @param x the function's input
   */
  public static float geluTanhDerivative(float x) {
    float a = Math.abs(x);
    a = a > GELU_TANH_TAIL ? GELU_TANH_TAIL : a;
    float b = a * a * GELU_CUBIC;
    float w = a * Math.fma(b, 3, GELU_LINEAR);
    float c = -(a * (b + GELU_LINEAR));
    c = c < EXP_UNDERFLOW ? EXP_UNDERFLOW : c;
    return slope(x, x < 0 ? -w : w, c);
  }

  /**
   * {@return {@link #geluTanhDerivative} times dy}
   *
   * @param x the function's input
   * @param dy the gradient with respect to the output
   */
  public static float geluTanhGradient(float x, float dy) {
    return geluTanhDerivative(x) * dy;
  }

  /**
   * σ(u)·(1 + w·σ(−u)) for c = −|u|, u having x's sign. With z = e^(−|u|) the sigmoids are 1/(1 +
   * z) and z/(1 + z), one way or the other, each as in {@link FloatMath#sigmoid}.
   */
  private static float slope(float x, float w, float c) {
    float shifted = Math.fma(c, LOG2_E, ROUNDER);
    float k = shifted - ROUNDER;
    float rh = Math.fma(k, -LN2_HI, c);
    float rl = k * -LN2_LO;
    float t = rh + FloatMath.expTail(rh + rl, rl);
    float p = 1 + t;
    float pl = t - (p - 1);
    float scale = FloatMath.pow2(FloatMath.exponent(shifted) + 64);
    float z = p * scale * 0x1p-64f;
    float zl = pl * scale * 0x1p-64f;
    float d = z + 1;
    float dl = (z - (d - 1)) + zl;
    float large = FloatMath.quotient(1, 0, d, dl);
    float small = FloatMath.quotient(z, zl, d, dl);
    float opposite = x > 0 ? small : large;
    return Math.fma(w, opposite, 1) * (x < 0 ? small : large);
  }

  /** e^(−a²/2) for 0 ≤ a ≤ 14.5. */
  private static float bell(float a) {
    float h = a * a;
    float hl = Math.fma(a, a, -h);
    float c = h * -0.5f;
    float shifted = Math.fma(c, LOG2_E, ROUNDER);
    float k = shifted - ROUNDER;
    float rh = Math.fma(k, -LN2_HI, c);
    float rl = Math.fma(hl, -0.5f, k * -LN2_LO);
    float p = 1 + (rh + FloatMath.expTail(rh + rl, rl));
    int n = FloatMath.exponent(shifted);
    int half = n >> 1;
    return p * FloatMath.pow2(half) * FloatMath.pow2(n - half);
  }

  /** (1 − Φ(a))·e^(a²/2) for 0 ≤ a ≤ 14.5: Mills' ratio over √(2π). */
  private static float mills(float a) {
    float inverse = 1 / (a + MILLS_CENTRE);
    float q = (a - MILLS_CENTRE) * inverse;
    float g = Math.fma(MILLS_10, q, MILLS_9);
    g = Math.fma(g, q, MILLS_8);
    g = Math.fma(g, q, MILLS_7);
    g = Math.fma(g, q, MILLS_6);
    g = Math.fma(g, q, MILLS_5);
    g = Math.fma(g, q, MILLS_4);
    g = Math.fma(g, q, MILLS_3);
    g = Math.fma(g, q, MILLS_2);
    g = Math.fma(g, q, MILLS_1);
    g = Math.fma(g, q, MILLS_0);
    return g * inverse;
  }

  /**
   * {@return the nearest of so many multiples of a step, halves to the even one, or NaN: {@link
   * dev.vitrine.op.Grid}'s function}
   *
   * @param x the function's input
   * @param step between two multiples
   * @param least the smallest whole number of steps
   * @param most the largest, up to 2²²
   */
  public static float grid(float x, float step, float least, float most) {
    float steps = x / step;
    float above = steps < least ? least : steps;
    float within = above > most ? most : above;
    return (within + ROUNDER - ROUNDER) * step;
  }

  /**
   * {@return {@link #grid} of −128 to 127 steps}
   *
   * @param x the function's input
   * @param step between two multiples
   */
  public static float signedGrid(float x, float step) {
    return grid(x, step, -128, 127);
  }

  /**
   * {@return {@link #grid} of 0 to 255 steps}
   *
   * @param x the function's input
   * @param step between two multiples
   */
  public static float unsignedGrid(float x, float step) {
    return grid(x, step, 0, 255);
  }
}
