package dev.vitrine.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The formulas by hand, on numbers whose statistics are round. */
class BatchNormTest {
  private static final double[] FIRST = {1, 3, 10, 10};
  private static final double[] SECOND = {5, 7, 20, 40};

  private final Graph g = new Graph();
  private final Value x = g.input("x", Shape.of(2, 1, 2));
  private final Value weight = g.parameter("weight", Shape.of(2));
  private final Value bias = g.parameter("bias", Shape.of(2));
  private final Value mean = g.apply(new ChannelSum.Mean(), x);
  private final Value variance = g.apply(new ChannelSum.Variance(), x, mean);
  private final Value y = g.apply(new BatchNorm(4, true), x, mean, variance, weight, bias);

  private Interpreter numbers() {
    return new Interpreter(2)
        .input("x", FIRST, SECOND)
        .parameter("weight", 3, 1)
        .parameter("bias", 0.5, -1);
  }

  /** Channel 0 is 1, 3, 5, 7: mean 4, variance (9 + 1 + 1 + 9) / 4 = 5, σ = √(5 + 4) = 3. */
  @Test
  void statisticsAreThoseOfExamplesAndPositionsTogether() {
    Interpreter.Values values = numbers().run(g);
    assertThat(values.of(mean)).containsExactly(4, 20);
    assertThat(values.of(variance)).containsExactly(5, (100 + 100 + 0 + 400) / 4.0);
    double[] first = values.of(y, 0);
    assertThat(first[0]).isCloseTo((1 - 4) / 3.0 * 3 + 0.5, within(1e-15));
    assertThat(first[1]).isCloseTo((3 - 4) / 3.0 * 3 + 0.5, within(1e-15));
    assertThat(values.of(y, 1)[1]).isCloseTo((7 - 4) / 3.0 * 3 + 0.5, within(1e-15));
    assertThat(values.of(y, 1)[3]).isCloseTo(20 / Math.sqrt(154) - 1, within(1e-15));
  }

  /**
   * With dy = (1, 0, …) in channel 0: dbias 1, dweight −3/3 = −1 and dx = 3/3 · (dy − 1/4 + x̂/4),
   * x̂ being −1, −1/3, 1/3, 1.
   */
  @Test
  void gradientByHand() {
    Value only = g.input("dy", Shape.of(2, 1, 2));
    Value objective = g.batchSum(g.sum(g.multiply(y, only)));
    Gradient gradient = Gradient.of(g, objective, List.of(x, weight, bias));
    Interpreter.Values values =
        numbers().input("dy", new double[] {1, 0, 0, 0}, new double[4]).run(gradient.graph());
    assertThat(values.of(gradient.of().get(bias))).containsExactly(1, 0);
    assertThat(values.of(gradient.of().get(weight)))
        .containsExactly(new double[] {-1, 0}, within(1e-15));
    double[] first = {1 - 0.25 - 0.25, -0.25 - 1 / 12.0, 0, 0};
    double[] second = {-0.25 + 1 / 12.0, 0, 0, 0};
    assertThat(values.of(gradient.of().get(x), 0)).containsExactly(first, within(1e-15));
    assertThat(values.of(gradient.of().get(x), 1)).containsExactly(second, within(1e-15));
  }

  @Test
  void givenStatisticsAreConstants() {
    Value given = g.apply(new BatchNorm(4, false), x, weight, bias, weight, bias);
    Interpreter.Values values = numbers().parameter("weight", 5, 12).parameter("bias", 0, 0).run(g);
    assertThat(values.of(given, 0)[0]).isEqualTo((1 - 5) / 2.0 * 5);
  }

  /** Eight elements in two channels. */
  @Test
  void cost() {
    Shape image = Shape.of(2, 2, 2);
    Shape c = Shape.of(2);
    assertThat(new BatchNorm(1, true).cost(List.of(image, c, c, c, c), image))
        .isEqualTo(new Cost(0, 10, 18, 0, 2));
    assertThat(new ChannelSum.Mean().cost(List.of(image), c)).isEqualTo(new Cost(0, 2, 8, 0, 0));
    assertThat(new ChannelSum.Variance().cost(List.of(image, c), c))
        .isEqualTo(new Cost(0, 10, 16, 0, 0));
  }

  @Test
  void statisticsOfWhatAllExamplesShareAreRefused() {
    assertThatThrownBy(() -> g.apply(new ChannelSum.Mean(), weight))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Mean[] expects a value per example as input 0, but got %1 = Parameter[name=weight, shape=(2)]() : (2) shared: apply BatchSpread to it");
  }

  @Test
  void aBatchsNormalisationWithoutItsStatisticsHasNoDerivative() {
    Value other = g.apply(new BatchNorm(4, true), x, bias, weight, weight, bias);
    Value objective = g.batchSum(g.sum(other));
    assertThatThrownBy(() -> Gradient.of(g, objective, List.of(x)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("BatchNorm of a batch's statistics expects them, but got ");
  }
}
