package dev.vitrine.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import org.junit.jupiter.api.Test;

/** Weights in steps are within half a step of what they were, and stay what they are. */
class StepsTest {
  /** Outputs of very different size: each has a scale of its own. */
  private static float[] weights() {
    RandomStream random = Seed.of(8).stream("weights");
    float[] weights = new float[4 * 50];
    for (int i = 0; i < weights.length; i++) {
      int output = i / 50;
      weights[i] = (float) (random.normal(i) * Math.pow(10, -output));
    }
    return weights;
  }

  @Test
  void eachIsTheNearestStepOfItsOutput() {
    float[] weights = weights();
    Steps steps = Steps.of(weights, 4);
    float[] found = steps.weights();
    for (int i = 0; i < weights.length; i++) {
      assertThat(Math.abs(found[i] - weights[i])).isLessThan(0.501f * steps.scales()[i / 50]);
    }
    assertThat(steps.steps()).contains((byte) 127).doesNotContain((byte) -128);
  }

  @Test
  void roundedOnceTheyStayAsTheyAre() {
    Steps steps = Steps.of(weights(), 4);
    assertThat(Steps.of(steps.weights(), 4).steps()).isEqualTo(steps.steps());
  }

  @Test
  void anOutputOfZerosIsZero() {
    assertThat(Steps.of(new float[6], 2).weights()).containsOnly(0);
  }
}
