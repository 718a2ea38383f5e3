package dev.vitrine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.op.Sigmoidal;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every function against {@code StrictMath} in double, in ulp of the exact result. */
class FloatMathTest {
  private static final int STRIDE = 4099;
  private static final int NEIGHBOURS = 64;

  /** Where some case of some function begins or ends; both signs are tried. */
  private static final float[] THRESHOLDS = {
    0,
    Float.MIN_NORMAL,
    0x1p-24f,
    0.25f,
    0.3465736f,
    0.5f,
    0.6931472f,
    0.75f,
    1,
    1.0397208f,
    1.5f,
    2.7483537f, // GELU_TANH's worst
    5.185967f, // SILU's worst
    9.010913f,
    10,
    10.8f,
    11,
    14.4f,
    14.5f,
    16.98f,
    17.32868f,
    20,
    86.98999f,
    87.33654f,
    88.02969f,
    88.72284f,
    89,
    103.27893f,
    103.97208f,
    104,
    110,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY
  };

  interface FloatFunction {
    float apply(float x);
  }

  @SuppressWarnings("ImmutableEnumChecker") // the fields are method references, without state
  enum Function {
    EXP(FloatMath::exp, StrictMath::exp, 0.86),
    EXPM1(FloatMath::expm1, StrictMath::expm1, 0.95),
    LOG(FloatMath::log, StrictMath::log, 0.86),
    TANH(FloatMath::tanh, StrictMath::tanh, 0.78),
    SIGMOID(FloatMath::sigmoid, FloatMathTest::sigmoid, 0.9),
    SOFTPLUS(FloatMath::softplus, FloatMathTest::softplus, 1.01),
    SILU(FloatActivations::silu, new Sigmoidal.Silu()::apply, 1.6),
    GELU(FloatActivations::gelu, new Sigmoidal.Gelu()::apply, 6),
    GELU_TANH(FloatActivations::geluTanh, new Sigmoidal.GeluTanh()::apply, 1.62);

    private final FloatFunction single;
    private final DoubleUnaryOperator exact;
    private final double bound;

    Function(FloatFunction single, DoubleUnaryOperator exact, double bound) {
      this.single = single;
      this.exact = exact;
      this.bound = bound;
    }

    Deviation at(int bits) {
      float x = Float.intBitsToFloat(bits);
      return new Deviation(x, ulps(single.apply(x), exact.applyAsDouble(x)));
    }
  }

  record Deviation(float x, double ulps) {
    static final Comparator<Deviation> ORDER = Comparator.comparingDouble(Deviation::ulps);
  }

  @ParameterizedTest
  @EnumSource
  void staysWithinItsBoundOnASweepOfAllExponents(Function function) {
    Deviation worst =
        LongStream.iterate(0, i -> i < 1L << 32, i -> i + STRIDE)
            .mapToObj(i -> function.at((int) i))
            .max(Deviation.ORDER)
            .orElseThrow();
    assertThat(worst.ulps()).as("%s", worst).isLessThanOrEqualTo(function.bound);
  }

  @ParameterizedTest
  @EnumSource
  void staysWithinItsBoundAroundThresholds(Function function) {
    for (float threshold : THRESHOLDS) {
      for (int i = -NEIGHBOURS; i <= NEIGHBOURS; i++) {
        int bits = Math.max(0, Float.floatToRawIntBits(threshold) + i);
        for (int sign : new int[] {0, 0x80000000}) {
          Deviation found = function.at(bits | sign);
          assertThat(found.ulps()).as("%s", found).isLessThanOrEqualTo(function.bound);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @EnabledIfSystemProperty(named = "vitrine.exhaustive", matches = "true")
  void staysWithinItsBoundOnEveryArgument(Function function) {
    Deviation worst =
        IntStream.range(0, 1 << 12)
            .parallel()
            .mapToObj(high ->
                IntStream.range(0, 1 << 20)
                    .mapToObj(low -> function.at(high << 20 | low))
                    .max(Deviation.ORDER)
                    .orElseThrow())
            .max(Deviation.ORDER)
            .orElseThrow();
    assertThat(worst.ulps()).as("%s", worst).isLessThanOrEqualTo(function.bound);
  }

  @ParameterizedTest
  @CsvSource({
    "EXP, 0.0, 1.0",
    "EXP, -0.0, 1.0",
    "EXP, -Infinity, 0.0",
    "EXP, Infinity, Infinity",
    "EXP, 88.72284, Infinity",
    "EXP, -103.9, 1.4E-45",
    "EXP, -104, 0.0",
    "EXPM1, 0.0, 0.0",
    "EXPM1, -0.0, -0.0",
    "EXPM1, 1E-45, 1E-45",
    "EXPM1, -Infinity, -1.0",
    "LOG, 1.0, 0.0",
    "LOG, 0.0, -Infinity",
    "LOG, -0.0, -Infinity",
    "LOG, -1.0, NaN",
    "LOG, -Infinity, NaN",
    "LOG, Infinity, Infinity",
    "LOG, NaN, NaN",
    "TANH, 0.0, 0.0",
    "TANH, -0.0, -0.0",
    "TANH, -1E-45, -1E-45",
    "TANH, Infinity, 1.0",
    "TANH, -Infinity, -1.0",
    "TANH, NaN, NaN",
    "SIGMOID, 0.0, 0.5",
    "SIGMOID, -Infinity, 0.0",
    "SIGMOID, Infinity, 1.0",
    "SIGMOID, NaN, NaN",
    "SIGMOID, -103.9, 1.4E-45",
    "SOFTPLUS, 0.0, 0.6931472",
    "SOFTPLUS, -Infinity, 0.0",
    "SOFTPLUS, Infinity, Infinity",
    "SOFTPLUS, NaN, NaN",
    "SOFTPLUS, 3.4028235E38, 3.4028235E38",
    "SILU, 0.0, 0.0",
    "SILU, -0.0, -0.0",
    "SILU, -Infinity, -0.0",
    "SILU, Infinity, Infinity",
    "SILU, NaN, NaN",
    "SILU, -3.4028235E38, -0.0",
    "GELU, 0.0, 0.0",
    "GELU, -0.0, -0.0",
    "GELU, -Infinity, -0.0",
    "GELU, Infinity, Infinity",
    "GELU, NaN, NaN",
    "GELU, -3.4028235E38, -0.0",
    "GELU, 3.4028235E38, 3.4028235E38",
    "GELU_TANH, 0.0, 0.0",
    "GELU_TANH, -0.0, -0.0",
    "GELU_TANH, -Infinity, -0.0",
    "GELU_TANH, Infinity, Infinity",
    "GELU_TANH, NaN, NaN",
    "GELU_TANH, -3.4028235E38, -0.0",
    "GELU_TANH, 3.4028235E38, 3.4028235E38"
  })
  void isExactAtSpecialArguments(Function function, float x, float expected) {
    assertThat(Float.floatToIntBits(function.single.apply(x)))
        .isEqualTo(Float.floatToIntBits(expected));
  }

  /** Derivatives of about 1 that cross 0, so the bound is absolute: 4 · 2⁻²⁴. */
  @Test
  void derivativesStayWithinTheirBound() {
    for (long i = 0; i < 1L << 32; i += STRIDE) {
      float x = Float.intBitsToFloat((int) i);
      if (Float.isFinite(x)) {
        double silu = new Sigmoidal.Silu().derivative(x);
        double gelu = new Sigmoidal.Gelu().derivative(x);
        assertThat(Math.abs(FloatActivations.siluDerivative(x) - silu))
            .as("silu %s", x)
            .isLessThan(0x1p-22);
        assertThat(Math.abs(FloatActivations.geluDerivative(x) - gelu))
            .as("gelu %s", x)
            .isLessThan(0x1p-22);
        double tanh = new Sigmoidal.GeluTanh().derivative(x);
        assertThat(Math.abs(FloatActivations.geluTanhDerivative(x) - tanh))
            .as("gelu with tanh %s", x)
            .isLessThan(0x1p-22);
      }
    }
    for (float end : new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
      assertThat(FloatActivations.siluDerivative(end)).isEqualTo(end < 0 ? -0f : 1);
      assertThat(FloatActivations.geluDerivative(end)).isEqualTo(end < 0 ? -0f : 1);
      assertThat(FloatActivations.geluTanhDerivative(end)).isEqualTo(end < 0 ? -0f : 1);
    }
    assertThat(FloatActivations.siluDerivative(Float.NaN)).isNaN();
    assertThat(FloatActivations.geluDerivative(Float.NaN)).isNaN();
    assertThat(FloatActivations.geluTanhDerivative(Float.NaN)).isNaN();
  }

  @Test
  void tanhIsOdd() {
    for (long i = 0; i < 1L << 31; i += STRIDE) {
      float x = Float.intBitsToFloat((int) i);
      assertThat(Float.floatToIntBits(FloatMath.tanh(-x)))
          .isEqualTo(Float.floatToIntBits(-FloatMath.tanh(x)));
    }
  }

  /** |found − exact| in ulp of the exact value; infinite where one is NaN or a zero is wrong. */
  private static double ulps(float found, double exact) {
    if (Double.isNaN(exact) || Double.isInfinite(exact) || exact == 0) {
      boolean same = Float.floatToIntBits(found) == Float.floatToIntBits((float) exact);
      return same ? 0 : Double.POSITIVE_INFINITY;
    }
    if (Float.isNaN(found)) {
      return Double.POSITIVE_INFINITY;
    }
    boolean overflow = Float.isInfinite(found);
    if (overflow && found == (float) exact) {
      return 0;
    }
    double value = overflow ? Math.copySign(0x1p128, found) : found;
    int exponent = Math.max(Math.getExponent(exact), Float.MIN_EXPONENT);
    return Math.abs(value - exact) / Math.scalb(1.0, exponent - 23);
  }

  private static double sigmoid(double x) {
    double z = StrictMath.exp(-Math.abs(x));
    return x < 0 ? z / (1 + z) : 1 / (1 + z);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }
}
