package dev.vitrine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.kernel.FloatMath;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vector functions against the scalar ones, bit for bit, in every width the machine has. */
class VectorMathTest {
  private static final int STRIDE = 16411;

  /** Many calls instead of one long one, so that compiled code does most of them. */
  private static final int CHUNK = 1024;

  private static final int NEIGHBOURS = 64;

  private static final float[] THRESHOLDS = {
    0,
    Float.MIN_NORMAL,
    0.25f,
    0.3465736f,
    0.5f,
    0.6931472f,
    0.75f,
    1,
    1.5f,
    10,
    14.4f,
    16.98f,
    20,
    87.33654f,
    88.02969f,
    88.72284f,
    89,
    103.97208f,
    104,
    110,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY
  };

  private static final Map<String, FloatFunction> SCALAR =
      new TreeMap<>(
          Map.of(
              "exp", FloatMath::exp,
              "expm1", FloatMath::expm1,
              "log", FloatMath::log,
              "tanh", FloatMath::tanh,
              "sigmoid", FloatMath::sigmoid,
              "softplus", FloatMath::softplus));

  interface FloatFunction {
    float apply(float x);
  }

  static Stream<VectorSpecies<Float>> widths() {
    int widest = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    return Stream.of(FloatVector.SPECIES_128, FloatVector.SPECIES_256, FloatVector.SPECIES_512)
        .filter(species -> species.vectorBitSize() <= widest);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void everyFunctionHasTheBitsOfItsScalarTwin(VectorSpecies<Float> species) throws Throwable {
    MethodHandles.Lookup copy = Width.copy(MethodHandles.lookup(), VectorMath.class, species);
    float[] x = arguments();
    float[] y = new float[x.length];
    for (var entry : SCALAR.entrySet()) {
      Arrays.fill(y, -12345);
      MethodHandle method = method(copy, entry.getKey());
      for (int i = 0; i < x.length; i += CHUNK) {
        method.invokeExact(x, i, y, i, Math.min(CHUNK, x.length - i));
      }
      for (int i = 0; i < x.length; i++) {
        int expected = Float.floatToIntBits(entry.getValue().apply(x[i]));
        if (Float.floatToIntBits(y[i]) != expected) {
          assertThat(y[i])
              .as("%s(%s) on %s", entry.getKey(), Float.toHexString(x[i]), species)
              .isEqualTo(Float.intBitsToFloat(expected));
        }
      }
    }
  }

  @Test
  void writesOnlyTheRangeAsked() {
    float[] x = new float[48];
    float[] y = new float[64];
    Arrays.fill(x, 2);
    Arrays.fill(y, 7);
    VectorMath.exp(x, 5, y, 9, 32);
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).isEqualTo(i >= 9 && i < 41 ? FloatMath.exp(2) : 7);
    }
  }

  @Test
  void refusesPartialBlocks() {
    assertThatThrownBy(() -> VectorMath.log(new float[32], 0, new float[32], 0, 17))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("VectorMath expects a multiple of 16 elements, but got 17; pad the array");
  }

  /** A strided sweep over all bit patterns and the surroundings of thresholds, in whole blocks. */
  static float[] arguments() {
    float[] all = new float[(int) ((1L << 32) / STRIDE) + THRESHOLDS.length * 4 * NEIGHBOURS + 16];
    int n = 0;
    for (long i = 0; i < 1L << 32; i += STRIDE) {
      all[n++] = Float.intBitsToFloat((int) i);
    }
    for (float threshold : THRESHOLDS) {
      for (int i = -NEIGHBOURS; i < NEIGHBOURS; i++) {
        int bits = Math.max(0, Float.floatToRawIntBits(threshold) + i);
        all[n++] = Float.intBitsToFloat(bits);
        all[n++] = Float.intBitsToFloat(bits | 0x80000000);
      }
    }
    return Arrays.copyOf(all, n / VectorMath.BLOCK * VectorMath.BLOCK);
  }

  private static MethodHandle method(MethodHandles.Lookup copy, String name)
      throws ReflectiveOperationException {
    List<Class<?>> types = List.of(float[].class, int.class, float[].class, int.class, int.class);
    return copy.findStatic(copy.lookupClass(), name, MethodType.methodType(void.class, types));
  }
}
