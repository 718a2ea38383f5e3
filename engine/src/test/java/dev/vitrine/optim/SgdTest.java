package dev.vitrine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import org.junit.jupiter.api.Test;

/** Two steps from w = 2 with gradients 1 and −3, learning rate 0.1, worked out by hand. */
class SgdTest {
  private static final float[] GRADIENTS = {1, -3};

  /** The parameter after each step; the neighbours on both sides must stay as they are. */
  private static double[] run(Sgd rule, boolean decay) {
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
    assertThat(Sgd.of(0.1).state()).isEmpty();
    // 2 − 0.1·1, then + 0.1·3.
    assertThat(run(Sgd.of(0.1), true)).containsExactly(new double[] {1.9, 2.2}, within(1e-6));
  }

  @Test
  void weightDecay() {
    // d = 1 + 0.5·2 = 2; then d = −3 + 0.5·1.8 = −2.1.
    Sgd rule = Sgd.of(0.1).weightDecay(0.5);
    assertThat(run(rule, true)).containsExactly(new double[] {1.8, 2.01}, within(1e-6));
    assertThat(run(rule, false)).containsExactly(new double[] {1.9, 2.2}, within(1e-6));
  }

  @Test
  void momentum() {
    // v = 1; then v = 0.9·1 − 3 = −2.1.
    Sgd rule = Sgd.of(0.1).momentum(0.9);
    assertThat(rule.state()).containsExactly("momentum");
    assertThat(run(rule, true)).containsExactly(new double[] {1.9, 2.11}, within(1e-6));
  }

  @Test
  void momentumWithWeightDecay() {
    // v = 1 + 1 = 2, w = 1.8; d = −3 + 0.9 = −2.1, v = 1.8 − 2.1 = −0.3, w = 1.83.
    Sgd rule = Sgd.of(0.1).momentum(0.9).weightDecay(0.5);
    assertThat(run(rule, true)).containsExactly(new double[] {1.8, 1.83}, within(1e-6));
    assertThat(run(rule, false)).containsExactly(new double[] {1.9, 2.11}, within(1e-6));
  }

  @Test
  void nesterov() {
    // v = 1, w −= 0.1·(1 + 0.9); v = −2.1, w −= 0.1·(−3 − 1.89).
    Sgd rule = Sgd.of(0.1).momentum(0.9).nesterov(true);
    assertThat(run(rule, true)).containsExactly(new double[] {1.81, 2.299}, within(1e-6));
  }

  @Test
  void nesterovWithWeightDecay() {
    // d = v = 2, w = 2 − 0.1·3.8 = 1.62; d = −3 + 0.81 = −2.19, v = −0.39, w += 0.1·(2.19 + 0.351).
    Sgd rule = Sgd.of(0.1).momentum(0.9).nesterov(true).weightDecay(0.5);
    assertThat(run(rule, true)).containsExactly(new double[] {1.62, 1.8741}, within(1e-6));
  }

  @Test
  void badNumbersAreRefused() {
    refused(() -> Sgd.of(0), "The learning rate expects a number above 0, but got 0");
    refused(() -> Sgd.of(Double.NaN), "The learning rate expects a number above 0, but got NaN");
    refused(
        () -> Sgd.of(1).momentum(1e39),
        "The momentum expects a finite number that single precision can tell from Infinity, but got 1e39");
    refused(() -> Sgd.of(1).weightDecay(-1), "The weight decay expects 0 or more, but got -1");
    refused(() -> Sgd.of(1).nesterov(true), "Nesterov's rule expects a momentum other than 0");
  }

  private static void refused(Runnable call, String sentence) {
    assertThatThrownBy(call::run).isInstanceOf(UserException.class).hasMessage(sentence);
  }
}
