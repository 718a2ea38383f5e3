package dev.vitrine.weights.stored;

/**
 * Floating-point numbers of eight bits. Source: Micikevicius et al., FP8 Formats for Deep Learning
 * (2022).
 */
final class Float8 {
  private static final int SIGN = 0x80;

  private Float8() {}

  /** Four bits of exponent (bias 7), three of mantissa; no infinities, NaN where all are set. */
  static float e4m3(byte bits) {
    int magnitude = bits & 0x7f;
    if (magnitude == 0x7f) {
      return Float.NaN;
    }
    return signed(bits, scaled(magnitude >> 3, magnitude & 7, 3, 7));
  }

  /** Five bits of exponent (bias 15), two of mantissa: the upper half of a half. */
  static float e5m2(byte bits) {
    return Float.float16ToFloat((short) (bits << Byte.SIZE));
  }

  private static float scaled(int exponent, int mantissa, int places, int bias) {
    return exponent == 0
        ? Math.scalb((float) mantissa, 1 - bias - places)
        : Math.scalb((float) (mantissa | 1 << places), exponent - bias - places);
  }

  private static float signed(byte bits, float magnitude) {
    return (bits & SIGN) == 0 ? magnitude : -magnitude;
  }
}
