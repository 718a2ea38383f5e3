package dev.vitrine.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first neurons, with the weights that textbooks give them; inputs and outputs are ±1. */
class ThresholdUnitsTest {
  private static final Layer UNIT = Sequential.of(Flatten.of(), Linear.of(1), ThresholdUnit.of());

  private static double output(Layer network, double[] x, Map<String, double[]> parameters) {
    Model.Network traced = Model.inference(network, Shape.of(x.length));
    Interpreter interpreter = new Interpreter(1).input(Model.INPUT, x);
    parameters.forEach(interpreter::parameter);
    return interpreter.run(traced.graph()).of(traced.output(), 0)[0];
  }

  private static double unit(double[] x, double bias, double... weights) {
    return output(UNIT, x, Map.of("linear1.weight", weights, "linear1.bias", new double[] {bias}));
  }

  @ParameterizedTest
  @CsvSource({"-1, -1, -1, 1, -1", "-1, 1, -1, -1, 1", "1, -1, -1, -1, 1", "1, 1, 1, -1, -1"})
  void andNorAndXor(double a, double b, double and, double nor, double xor) {
    double[] x = {a, b};
    assertThat(unit(x, -1.5, 1, 1)).isEqualTo(and);
    assertThat(unit(x, -1, -1, -1)).isEqualTo(nor);
    // Neither both nor none: NOR of the two units above.
    Map<String, double[]> madaline =
        Map.of(
            "linear1.weight", new double[] {1, 1, -1, -1},
            "linear1.bias", new double[] {-1.5, -1},
            "linear2.weight", new double[] {-1, -1},
            "linear2.bias", new double[] {-1});
    assertThat(output(Zoo.find("madaline").layers(), x, madaline)).isEqualTo(xor);
  }

  @ParameterizedTest
  @CsvSource({"-1, -1, 1, -1", "-1, 1, 1, 1", "1, -1, 1, 1", "-1, -1, -1, -1", "1, 1, 1, 1"})
  void majorityOfThree(double a, double b, double c, double majority) {
    assertThat(unit(new double[] {a, b, c}, 0, 1, 1, 1)).isEqualTo(majority);
  }

  /** Of L = (y − t)² it is 2·(y − t)·x: Rosenblatt's rule but for the factor. */
  @Test
  void itsGradientIsRosenblattsRule() {
    Model model = Model.of(UNIT, Shape.of(2));
    Model.Training training = model.training(Loss.meanSquaredError());
    Interpreter.Values values =
        new Interpreter(1)
            .input(Model.INPUT, new double[] {1, -1})
            .input(Model.TARGET, new double[] {1})
            .parameter("linear1.weight", -1, 2)
            .parameter("linear1.bias", 0.5)
            .run(training.graph());
    assertThat(values.of(training.gradients().get("linear1.weight"))).containsExactly(-4, 4);
    assertThat(values.of(training.gradients().get("linear1.bias"))).containsExactly(-4);
  }
}
