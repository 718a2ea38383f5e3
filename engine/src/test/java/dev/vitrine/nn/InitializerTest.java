package dev.vitrine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private static final int FAN_IN = 48;
  private static final int FAN_OUT = 144;
  private static final int N = 50_000;
  private static final ParameterSpec SPEC =
      new ParameterSpec("w", Shape.of(N), ParameterSpec.Role.WEIGHT, FAN_IN, FAN_OUT);
  private static final RandomStream RANDOM = Seed.of(9).stream("init");

  /** Each factory of a distribution, and the variance that its paper gives. */
  private static final Map<String, Double> VARIANCES =
      Map.of(
          "uniform", 0.2 * 0.2 / 3,
          "normal", 0.2 * 0.2,
          "leCunUniform", 1.0 / FAN_IN,
          "leCunNormal", 1.0 / FAN_IN,
          "xavierUniform", 2.0 / (FAN_IN + FAN_OUT),
          "xavierNormal", 2.0 / (FAN_IN + FAN_OUT),
          "kaimingUniform", 2.0 / FAN_IN,
          "kaimingNormal", 2.0 / FAN_IN);

  private static Initializer named(String name) {
    return switch (name) {
      case "uniform" -> Initializer.uniform(0.2);
      case "normal" -> Initializer.normal(0.2);
      case "leCunUniform" -> Initializer.leCunUniform();
      case "leCunNormal" -> Initializer.leCunNormal();
      case "xavierUniform" -> Initializer.xavierUniform();
      case "xavierNormal" -> Initializer.xavierNormal();
      case "kaimingUniform" -> Initializer.kaimingUniform();
      case "kaimingNormal" -> Initializer.kaimingNormal();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static double[] sample(Initializer initializer) {
    double[] sample = new double[N];
    Arrays.setAll(sample, i -> initializer.value(SPEC, RANDOM, i));
    return sample;
  }

  @Test
  void everyInitialiserIsListed() {
    Set<String> names =
        Arrays.stream(Initializer.class.getDeclaredMethods())
            .filter(m -> Modifier.isStatic(m.getModifiers()) && Modifier.isPublic(m.getModifiers()))
            .map(java.lang.reflect.Method::getName)
            .collect(Collectors.toSet());
    names.removeAll(Set.of("constant", "values")); // draw nothing
    assertThat(VARIANCES.keySet()).isEqualTo(names);
  }

  @Test
  void meansAreZeroAndVariancesAsStated() {
    VARIANCES.forEach((name, variance) -> {
      double[] sample = sample(named(name));
      double mean = Arrays.stream(sample).average().orElseThrow();
      double squares = Arrays.stream(sample).map(v -> v * v).average().orElseThrow();
      assertThat(mean).as(name).isCloseTo(0, within(5 * Math.sqrt(variance / N)));
      assertThat(squares / variance).as(name).isCloseTo(1, within(5 * Math.sqrt(2.0 / N)));
    });
  }

  /** A uniform distribution of variance v reaches to √(3v), and nothing lies beyond. */
  @Test
  void uniformsReachTheirBounds() {
    for (String name : List.of("uniform", "leCunUniform", "xavierUniform", "kaimingUniform")) {
      double bound = Math.sqrt(3 * VARIANCES.get(name));
      double[] sample = sample(named(name));
      double high = Arrays.stream(sample).max().orElseThrow();
      double low = Arrays.stream(sample).min().orElseThrow();
      assertThat(high).as(name).isBetween(0.999 * bound, bound * (1 + 1e-7));
      assertThat(low).as(name).isBetween(-bound * (1 + 1e-7), -0.999 * bound);
    }
  }

  @Test
  void constantIsConstant() {
    assertThat(sample(Initializer.constant(0.25))).containsOnly(0.25);
  }

  @Test
  void anImpossibleSpreadIsRefused() {
    assertThatThrownBy(() -> Initializer.normal(-1))
        .isInstanceOf(UserException.class)
        .hasMessage("An initialiser expects a spread of 0 or more, but got -1");
  }
}
