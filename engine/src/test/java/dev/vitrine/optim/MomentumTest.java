package dev.vitrine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any momentum may be tried, and on a parabola it converges where its Javadoc says. */
class MomentumTest {
  private static final int STEPS = 4000;

  /** How far w is from the parabola's least point at the end, from 1, at η h = {@code a}. */
  private static double distance(Sgd rule, double a) {
    float[] w = {1};
    float[][] state = new float[rule.state().size()][1];
    for (int step = 0; step < STEPS && Math.abs(w[0]) < 1e6; step++) {
      rule.update(w, new float[] {(float) a * w[0]}, state, 0, 1, 1, false, step);
    }
    return Math.abs(w[0]);
  }

  private static void assertLimit(DoubleFunction<Sgd> rule, double momentum, double limit) {
    Sgd sgd = rule.apply(momentum);
    assertThat(distance(sgd, 0.02 * limit)).as("small, μ = %s", momentum).isLessThan(0.01);
    assertThat(distance(sgd, 0.98 * limit)).as("below, μ = %s", momentum).isLessThan(0.01);
    assertThat(distance(sgd, 1.02 * limit)).as("above, μ = %s", momentum).isGreaterThan(100);
    assertThat(distance(sgd, -0.02 * limit)).as("uphill, μ = %s", momentum).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.9, -0.5, 0, 0.5, 0.9})
  void convergesUpToTwiceOnePlusMomentum(double momentum) {
    assertLimit(m -> Sgd.of(1).momentum(m), momentum, 2 * (1 + momentum));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.3, 0.5, 0.9})
  void nesterovsLimit(double momentum) {
    double limit = (2 + 2 * momentum) / (1 + 2 * momentum);
    assertLimit(m -> Sgd.of(1).momentum(m).nesterov(true), momentum, limit);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1.1, 1.1})
  void beyondOneNothingConverges(double momentum) {
    for (double a : new double[] {-0.1, 0.001, 0.1, 1, 3}) {
      assertThat(distance(Sgd.of(1).momentum(momentum), a)).isGreaterThan(100);
    }
  }

  @Test
  void onlyNumbersAreMomenta() {
    assertThatThrownBy(() -> Sgd.of(1).momentum(Double.NaN))
        .isInstanceOf(UserException.class)
        .hasMessage("The momentum expects a finite number, but got NaN");
    assertThatThrownBy(() -> RmsProp.of(1).momentum(Double.POSITIVE_INFINITY))
        .isInstanceOf(UserException.class)
        .hasMessage("The momentum expects a finite number, but got Infinity");
  }

  @Test
  void unusualOnesAreCommentedOn() {
    assertThat(Sgd.of(1).caution()).isEmpty();
    assertThat(Sgd.of(1).momentum(0.999).caution()).isEmpty();
    assertThat(Sgd.of(1).momentum(1).caution())
        .contains(
            "A momentum of 1 lets steps grow without end: gradient descent converges only between"
                + " -1 and 1");
    assertThat(Sgd.of(1).momentum(-1.1).caution()).isPresent();
    assertThat(RmsProp.of(1).momentum(-0.5).caution())
        .contains(
            "A momentum of -0.5 takes a part of each step back: gradient descent stands rates up to"
                + " 0.5 times the largest without momentum");
    assertThat(Adam.of(1).caution()).isEmpty();
  }

  @Test
  void aNegativeOneIsRememberedToo() {
    assertThat(RmsProp.of(1).momentum(-0.5).state()).containsExactly("square", "momentum");
    assertThat(Sgd.of(1).momentum(-0.5).state()).containsExactly("momentum");
  }
}
