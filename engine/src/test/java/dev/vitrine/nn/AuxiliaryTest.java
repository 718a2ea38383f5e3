package dev.vitrine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A head beside the path against the two networks that it makes one of. */
class AuxiliaryTest {
  private static final double WEIGHT = 0.3;
  private static final Layer TRUNK =
      Named.of("trunk", Sequential.of(Linear.of(3), Activation.tanh()));
  private static final Layer MAIN = Named.of("main", Linear.of(2));
  private static final Layer HEAD =
      Sequential.of(Named.of("hidden", Linear.of(4)), Named.of("scores", Linear.of(2)));

  private final Model plain = model(TRUNK, MAIN);
  private final Model alone = model(TRUNK, Named.of("head", HEAD));
  private final Model both = model(TRUNK, Named.of("head", Auxiliary.of(HEAD, WEIGHT)), MAIN);

  /** Parameters are drawn by their names, so that networks agree on those that they share. */
  private static Model model(Layer... layers) {
    return Model.of(
        Sequential.of(layers),
        Shape.of(5),
        Initializer.normal(0.7),
        Initializer.normal(0.7),
        Seed.of(3));
  }

  private static Interpreter.Values run(Model model, Graph graph) {
    Interpreter numbers =
        new Interpreter(2)
            .input(Model.INPUT, example(0), example(1))
            .input(Model.TARGET, new double[] {1}, new double[] {0});
    for (Layout.Entry entry : model.parameters().layout().entries()) {
      float[] values = model.parameters().get(entry.name());
      double[] doubles = new double[values.length];
      Arrays.setAll(doubles, i -> values[i]);
      numbers.parameter(entry.name(), doubles);
    }
    return numbers.run(graph);
  }

  private static double[] example(int number) {
    double[] x = new double[5];
    Arrays.setAll(x, i -> Seed.of(number).stream("x").normal(i));
    return x;
  }

  private static Map<String, double[]> gradients(Model model) {
    Model.Training training = model.training(Loss.crossEntropy());
    Interpreter.Values values = run(model, training.graph());
    Map<String, double[]> gradients = new HashMap<>();
    training.gradients().forEach((name, value) -> gradients.put(name, values.of(value)));
    return gradients;
  }

  @Test
  void gradientsAreThoseOfTheWeightedSumOfLosses() {
    Map<String, double[]> ofMain = gradients(plain);
    Map<String, double[]> ofHead = gradients(alone);
    Map<String, double[]> sum = gradients(both);
    assertThat(sum).hasSize(8);
    sum.forEach((name, gradient) -> {
      double[] main = ofMain.getOrDefault(name, new double[gradient.length]);
      double[] head = ofHead.getOrDefault(name, new double[gradient.length]);
      double[] expected = new double[gradient.length];
      Arrays.setAll(expected, i -> main[i] + WEIGHT * head[i]);
      assertThat(gradient).as(name).containsExactly(expected, within(1e-12));
      assertThat(gradient).as(name).isNotEqualTo(new double[gradient.length]);
    });
  }

  @Test
  void theLossThatIsReportedIsTheMainOne() {
    Model.Training training = both.training(Loss.crossEntropy());
    Model.Training without = plain.training(Loss.crossEntropy());
    assertThat(run(both, training.graph()).number(training.loss()))
        .isEqualTo(run(plain, without.graph()).number(without.loss()));
  }

  @Test
  void inferenceGoesByTheMainOutput() {
    Model.Network with = both.inference();
    Model.Network without = plain.inference();
    assertThat(run(both, with.graph()).of(with.output(), 1))
        .isEqualTo(run(plain, without.graph()).of(without.output(), 1));
    assertThat(both.parameters().layout().entries())
        .extracting(Layout.Entry::name)
        .containsExactly(
            "trunk.linear1.weight",
            "trunk.linear1.bias",
            "head.hidden.weight",
            "head.hidden.bias",
            "head.scores.weight",
            "head.scores.bias",
            "main.weight",
            "main.bias");
  }

  @Test
  void aWeightIsPositive() {
    assertThatThrownBy(() -> Auxiliary.of(HEAD, 0))
        .isInstanceOf(UserException.class)
        .hasMessage("Auxiliary expects a positive weight, but got 0");
  }

  @Test
  void aHeadEndsAsTheNetworkDoes() {
    Model uneven = model(TRUNK, Auxiliary.of(Named.of("head", Linear.of(4)), WEIGHT), MAIN);
    assertThatThrownBy(() -> uneven.training(Loss.crossEntropy()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "An auxiliary head has an output of (4), but the network's is (2): a head ends as the"
                + " network does");
  }
}
