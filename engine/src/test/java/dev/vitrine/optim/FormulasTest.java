package dev.vitrine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A hundred steps of each rule against its formula as PyTorch's documentation states it (Lion's as
 * its paper does), written once more in double precision, element by element.
 */
class FormulasTest {
  private static final int ELEMENTS = 50;
  private static final int STEPS = 100;
  private static final int NEIGHBOURS = 3;

  /** One step of one element: {@code t} from 1, the state's numbers changed in place. */
  interface Formula {
    double next(double w, double g, double[] s, double t);
  }

  static Stream<Arguments> rules() {
    double l = 0.01; // weight decay
    return Stream.of(
        rule(
            Sgd.of(0.1).momentum(0.9).weightDecay(l),
            (w, g, s, t) -> {
              s[0] = 0.9 * s[0] + (g + l * w);
              return w - 0.1 * s[0];
            }),
        rule(
            Sgd.of(0.1).momentum(0.9).nesterov(true),
            (w, g, s, t) -> {
              s[0] = 0.9 * s[0] + g;
              return w - 0.1 * (g + 0.9 * s[0]);
            }),
        rule(
            Sgd.of(0.1).momentum(-0.7),
            (w, g, s, t) -> {
              s[0] = -0.7 * s[0] + g;
              return w - 0.1 * s[0];
            }),
        rule(
            RmsProp.of(0.01).momentum(-0.5),
            (w, g, s, t) -> {
              s[0] = 0.99 * s[0] + 0.01 * g * g;
              s[1] = -0.5 * s[1] + g / (Math.sqrt(s[0]) + 1e-8);
              return w - 0.01 * s[1];
            }),
        rule(
            AdaGrad.of(0.1).learningRateDecay(0.02).weightDecay(l),
            (w, g, s, t) -> {
              double d = g + l * w;
              s[0] += d * d;
              return w - 0.1 / (1 + (t - 1) * 0.02) * d / (Math.sqrt(s[0]) + 1e-10);
            }),
        rule(
            RmsProp.of(0.01).weightDecay(l),
            (w, g, s, t) -> {
              double d = g + l * w;
              s[0] = 0.99 * s[0] + 0.01 * d * d;
              return w - 0.01 * d / (Math.sqrt(s[0]) + 1e-8);
            }),
        rule(
            RmsProp.of(0.01).momentum(0.5),
            (w, g, s, t) -> {
              s[0] = 0.99 * s[0] + 0.01 * g * g;
              s[1] = 0.5 * s[1] + g / (Math.sqrt(s[0]) + 1e-8);
              return w - 0.01 * s[1];
            }),
        rule(
            RmsProp.of(0.01).momentum(0.5).centered(true),
            (w, g, s, t) -> {
              s[0] = 0.99 * s[0] + 0.01 * g * g;
              s[2] = 0.99 * s[2] + 0.01 * g;
              s[1] = 0.5 * s[1] + g / (Math.sqrt(s[0] - s[2] * s[2]) + 1e-8);
              return w - 0.01 * s[1];
            }),
        rule(
            AdaDelta.of(1).weightDecay(l),
            (w, g, s, t) -> {
              double d = g + l * w;
              s[0] = 0.9 * s[0] + 0.1 * d * d;
              double move = Math.sqrt(s[1] + 1e-6) / Math.sqrt(s[0] + 1e-6) * d;
              s[1] = 0.9 * s[1] + 0.1 * move * move;
              return w - move;
            }),
        rule(
            Adam.of(0.01).weightDecay(l),
            (w, g, s, t) -> {
              double d = g + l * w;
              return w - 0.01 * direction(d, s, t, 0);
            }),
        rule(
            AmsGrad.of(0.01).weightDecay(l),
            (w, g, s, t) -> {
              double d = g + l * w;
              double v = 0.999 * s[1] + 0.001 * d * d;
              s[2] = Math.max(s[2], v);
              return w - 0.01 * direction(d, s, t, s[2]);
            }),
        rule(
            AdamW.of(0.01).weightDecay(0.1),
            (w, g, s, t) -> w - 0.01 * 0.1 * w - 0.01 * direction(g, s, t, 0)),
        rule(
            Lion.of(0.001).weightDecay(0.1),
            (w, g, s, t) -> {
              double sign = Math.signum(0.9 * s[0] + 0.1 * g);
              s[0] = 0.99 * s[0] + 0.01 * g;
              return w - 0.001 * (sign + 0.1 * w);
            }));
  }

  private static Arguments rule(Optimizer rule, Formula formula) {
    return Arguments.of(Named.of(rule.toString(), rule), formula);
  }

  /** Adam's corrected mean over its corrected root, with another second moment if there is one. */
  private static double direction(double d, double[] s, double t, double largest) {
    s[0] = 0.9 * s[0] + 0.1 * d;
    s[1] = 0.999 * s[1] + 0.001 * d * d;
    double v = largest > 0 ? largest : s[1];
    double mean = s[0] / (1 - Math.pow(0.9, t));
    return mean / (Math.sqrt(v) / Math.sqrt(1 - Math.pow(0.999, t)) + 1e-8);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aHundredSteps(Optimizer rule, Formula formula) {
    int length = ELEMENTS + NEIGHBOURS;
    float[] w = new float[length];
    double[] expected = new double[length];
    float[][] state = new float[rule.state().size()][length];
    double[][] memory = new double[length][rule.state().size()];
    RandomStream random = Seed.of(7).stream("gradients", 0);
    for (int i = 0; i < length; i++) {
      w[i] = (float) random.normal(i);
      expected[i] = w[i];
    }
    float[] before = w.clone();
    for (int step = 0; step < STEPS; step++) {
      float[] g = new float[length];
      for (int i = 0; i < ELEMENTS; i++) {
        g[i] =
            (float) (0.3 * expected[i] + random.normal((step + 1L) * length + i)); // a noisy bowl
        expected[i] = formula.next(expected[i], g[i], memory[i], step + 1.0);
      }
      rule.update(w, g, state, 0, ELEMENTS, (float) rule.learningRate(), true, step);
    }
    for (int i = 0; i < ELEMENTS; i++) {
      assertThat((double) w[i]).isCloseTo(expected[i], within(1e-6 * Math.max(1, size(expected))));
    }
    assertThat(Arrays.copyOfRange(w, ELEMENTS, length))
        .containsExactly(Arrays.copyOfRange(before, ELEMENTS, length));
  }

  private static double size(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  /** Without decay a stretch goes as if the rule had none. */
  @ParameterizedTest
  @MethodSource("rules")
  void decayIsLeftOutWhereItIsToBe(Optimizer rule, Formula ignored) {
    float[] w = {1};
    float[] same = {1};
    Optimizer bare = without(rule);
    float[][] state = new float[rule.state().size()][1];
    float[][] other = new float[rule.state().size()][1];
    for (int step = 0; step < 3; step++) {
      rule.update(w, new float[] {0.3f}, state, 0, 1, 0.01f, false, step);
      bare.update(same, new float[] {0.3f}, other, 0, 1, 0.01f, true, step);
    }
    assertThat(w).containsExactly(same);
    assertThat(w[0]).isNotEqualTo(1);
  }

  private static Optimizer without(Optimizer rule) {
    return switch (rule) {
      case Sgd r -> r.weightDecay(0);
      case AdaGrad r -> r.weightDecay(0);
      case RmsProp r -> r.weightDecay(0);
      case AdaDelta r -> r.weightDecay(0);
      case Adam r -> r.weightDecay(0);
      case AmsGrad r -> r.weightDecay(0);
      case AdamW r -> r.weightDecay(0);
      case Lion r -> r.weightDecay(0);
      default -> throw new IllegalArgumentException(rule.toString());
    };
  }

  static Stream<Arguments> badNumbers() {
    return Stream.of(
        bad(() -> AdaGrad.of(0), "The learning rate expects a number above 0, but got 0"),
        bad(
            () -> AdaGrad.of(1).learningRateDecay(-1),
            "The learning rate's decay expects 0 or more, but got -1"),
        bad(() -> new AdaGrad(1, 0, 0, 0), "AdaGrad's epsilon expects a number above 0, but got 0"),
        bad(
            () -> new RmsProp(1, 1, 1, 0, false, 0),
            "RMSProp's alpha expects a number in [0, 1), but got 1"),
        bad(
            () -> RmsProp.of(1).momentum(Double.NaN),
            "The momentum expects a finite number, but got NaN"),
        bad(
            () -> new AdaDelta(1, -1, 1, 0),
            "AdaDelta's rho expects a number in [0, 1), but got -1"),
        bad(
            () -> new AmsGrad(1, 0.9, 2, 1e-8, 0),
            "AMSGrad's beta2 expects a number in [0, 1), but got 2"),
        bad(() -> AdamW.of(1).weightDecay(-1), "The weight decay expects 0 or more, but got -1"),
        bad(() -> new Lion(1, 0.9, 1, 0), "Lion's beta2 expects a number in [0, 1), but got 1"));
  }

  private static Arguments bad(Runnable call, String sentence) {
    return Arguments.of(call, sentence);
  }

  @ParameterizedTest
  @MethodSource("badNumbers")
  void badNumbersAreRefused(Runnable call, String sentence) {
    assertThatThrownBy(call::run).isInstanceOf(UserException.class).hasMessage(sentence);
  }
}
