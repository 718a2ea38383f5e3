package dev.vitrine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernel.FloatActivations;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vector activations against the scalar ones, bit for bit, in every width the machine has. */
class VectorActivationsTest {
  private static final int CHUNK = 1024;

  private interface FloatFunction {
    float apply(float x);
  }

  static List<VectorSpecies<Float>> widths() {
    return VectorMathTest.widths().toList();
  }

  @ParameterizedTest
  @MethodSource("widths")
  void functions(VectorSpecies<Float> species) throws Throwable {
    check(species, "silu", FloatActivations::silu);
    check(species, "gelu", FloatActivations::gelu);
    check(species, "geluTanh", FloatActivations::geluTanh);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void derivatives(VectorSpecies<Float> species) throws Throwable {
    checkGradient(species, "siluGradient", FloatActivations::siluDerivative);
    checkGradient(species, "geluGradient", FloatActivations::geluDerivative);
    checkGradient(species, "geluTanhGradient", FloatActivations::geluTanhDerivative);
  }

  private static void check(VectorSpecies<Float> species, String name, FloatFunction twin)
      throws Throwable {
    MethodHandle method =
        method(species, name, float[].class, int.class, float[].class, int.class, int.class);
    float[] x = VectorMathTest.arguments();
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i += CHUNK) {
      method.invokeExact(x, i, y, i, Math.min(CHUNK, x.length - i));
    }
    for (int i = 0; i < x.length; i++) {
      same(name, species, x[i], y[i], twin.apply(x[i]));
    }
  }

  /** In place: the gradient takes dy's array. */
  private static void checkGradient(VectorSpecies<Float> species, String name, FloatFunction twin)
      throws Throwable {
    MethodHandle method =
        method(
            species,
            name,
            float[].class,
            int.class,
            float[].class,
            int.class,
            float[].class,
            int.class,
            int.class);
    float[] x = VectorMathTest.arguments();
    float[] dy = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      dy[i] = 1 + i % 7;
    }
    for (int i = 0; i < x.length; i += CHUNK) {
      method.invokeExact(x, i, dy, i, dy, i, Math.min(CHUNK, x.length - i));
    }
    for (int i = 0; i < x.length; i++) {
      same(name, species, x[i], dy[i], twin.apply(x[i]) * (1 + i % 7));
    }
  }

  private static void same(
      String name, VectorSpecies<Float> species, float x, float got, float expected) {
    if (Float.floatToIntBits(got) != Float.floatToIntBits(expected)) {
      assertThat(got).as("%s(%s) on %s", name, Float.toHexString(x), species).isEqualTo(expected);
      throw new AssertionError("%s(%s): zeros differ in sign".formatted(name, x));
    }
  }

  private static MethodHandle method(
      VectorSpecies<Float> species, String name, Class<?>... parameters)
      throws ReflectiveOperationException {
    MethodHandles.Lookup copy =
        Width.copy(MethodHandles.lookup(), VectorActivations.class, species);
    MethodType type = MethodType.methodType(void.class, parameters);
    return copy.findStatic(copy.lookupClass(), name, type);
  }
}
