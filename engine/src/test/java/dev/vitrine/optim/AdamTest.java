package dev.vitrine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import org.junit.jupiter.api.Test;

/** Two steps from w = 2 with gradients 1 and −3, learning rate 0.1, worked out by hand. */
class AdamTest {
  private static final float[] GRADIENTS = {1, -3};

  /** The parameter after each step; the neighbours on both sides must stay as they are. */
  private static double[] run(Adam rule, boolean decay) {
    float[] w = {9, 2, 9};
    float[][] state = new float[rule.state().size()][3];
    double[] path = new double[2];
    for (int step = 0; step < 2; step++) {
      float[] g = {5, GRADIENTS[step], 5};
      rule.update(w, g, state, 1, 2, (float) rule.learningRate(), decay, step);
      path[step] = w[1];
    }
    assertThat(new float[] {w[0], w[2]}).containsOnly(9);
    for (float[] memory : state) {
      assertThat(new float[] {memory[0], memory[2]}).containsOnly(0);
    }
    return path;
  }

  @Test
  void plain() {
    // m̂ = v̂ = 1; then m̂ = (0.09 − 0.3) / 0.19, v̂ = (0.000999 + 0.009) / 0.001999.
    assertThat(run(Adam.of(0.1), true)).containsExactly(new double[] {1.9, 1.949419}, within(1e-6));
  }

  @Test
  void weightDecay() {
    // d = 2, then −3 + 0.95: m̂ = −0.025 / 0.19, v̂ = 0.0081985 / 0.001999.
    Adam rule = Adam.of(0.1).weightDecay(0.5);
    assertThat(run(rule, true)).containsExactly(new double[] {1.9, 1.906497}, within(1e-6));
    assertThat(run(rule, false)).containsExactly(new double[] {1.9, 1.949419}, within(1e-6));
  }

  /** With a large ε the first step is η·m̂ / (1 + ε): the correction belongs under the root. */
  @Test
  void epsilonIsAddedToTheCorrectedRoot() {
    Adam rule = new Adam(0.1, 0.9, 0.999, 1, 0);
    assertThat(run(rule, true)[0]).isCloseTo(1.95, within(1e-6));
  }

  @Test
  void badNumbersAreRefused() {
    refused(() -> Adam.of(-1), "The learning rate expects a number above 0, but got -1");
    refused(
        () -> new Adam(1, 0.9, 1, 1e-8, 0), "Adam's beta2 expects a number in [0, 1), but got 1");
    refused(
        () -> new Adam(1, 0.9, 0.9, 0, 0), "Adam's epsilon expects a number above 0, but got 0");
    refused(
        () -> Adam.of(1).weightDecay(Double.NaN),
        "The weight decay expects 0 or more, but got NaN");
  }

  private static void refused(Runnable call, String sentence) {
    assertThatThrownBy(call::run).isInstanceOf(UserException.class).hasMessage(sentence);
  }
}
