package dev.vitrine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernel.FloatMath;
import dev.vitrine.kernel.simd.VectorFunctions.Function;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The vector functions against the scalar ones, bit for bit, in every width the machine has. */
class VectorFunctionsTest {
  private static final int STRIDE = 16411;

  /** Many calls instead of one long one, so that compiled code does most of them. */
  private static final int CHUNK = 1024;

  private static final int BLOCK = 16;
  private static final int NEIGHBOURS = 64;
  private static final float P = 0.7f;

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

  private static Stream<VectorSpecies<Float>> widths() {
    int widest = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    return Stream.of(FloatVector.SPECIES_128, FloatVector.SPECIES_256, FloatVector.SPECIES_512)
        .filter(species -> species.vectorBitSize() <= widest);
  }

  /** In place, over the array of dy. */
  @ParameterizedTest
  @EnumSource(Function.class)
  void everyFunctionHasTheBitsOfItsScalarTwin(Function f) throws Throwable {
    float[] x = arguments();
    float[] dy = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      dy[i] = 1 + i % 7;
    }
    float[] expected = expected(f, x, dy);
    for (VectorSpecies<Float> species : widths().toList()) {
      VectorFunctions.Loop loop = new VectorFunctions(species).of(f);
      float[] y = dy.clone();
      for (int i = 0; i < x.length; i += CHUNK) {
        loop.run(x, i, y, i, P, y, i, Math.min(CHUNK, x.length - i));
      }
      for (int i = 0; i < x.length; i++) {
        if (Float.floatToIntBits(y[i]) != Float.floatToIntBits(expected[i])) {
          throw new AssertionError(
              "%s(%s) on %s: expected the bits of %s, got %s"
                  .formatted(f, Float.toHexString(x[i]), species, expected[i], y[i]));
        }
      }
    }
  }

  private static float[] expected(Function f, float[] x, float[] dy) throws Throwable {
    List<Class<?>> types = Collections.nCopies(f.arguments().length, float.class);
    MethodHandle scalar =
        MethodHandles.lookup()
            .findStatic(f.owner, f.method, MethodType.methodType(float.class, types));
    int[] all = {Loops.X, Loops.DY, Loops.P};
    int[] dropped =
        Arrays.stream(all)
            .filter(a -> Arrays.stream(f.arguments()).noneMatch(has -> has == a))
            .toArray();
    for (int argument : dropped) {
      scalar = MethodHandles.dropArguments(scalar, argument, float.class);
    }
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) scalar.invokeExact(x[i], dy[i], P);
    }
    return y;
  }

  @Test
  void writesOnlyTheRangeAsked() {
    float[] x = new float[48];
    float[] y = new float[64];
    Arrays.fill(x, 2);
    Arrays.fill(y, 7);
    new VectorFunctions(FloatVector.SPECIES_128).of(Function.EXP).run(x, 5, x, 5, 0, y, 9, 32);
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).isEqualTo(i >= 9 && i < 41 ? FloatMath.exp(2) : 7);
    }
  }

  @Test
  void isMadeOnce() {
    VectorFunctions functions = new VectorFunctions(FloatVector.SPECIES_128);
    assertThat(functions.of(Function.LOG))
        .isSameAs(functions.of(Function.LOG))
        .isNotSameAs(functions.of(Function.EXP));
  }

  /** A strided sweep over all bit patterns and the surroundings of thresholds, in whole blocks. */
  private static float[] arguments() {
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
    return Arrays.copyOf(all, n / BLOCK * BLOCK);
  }
}
