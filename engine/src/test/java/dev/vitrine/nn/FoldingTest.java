package dev.vitrine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Op;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FoldingTest {
  private static final Shape IMAGE = Shape.of(2, 5, 4);

  /** A model whose normalisations are far from the identity. */
  private static Model model(Layer... layers) {
    Model model =
        Model.of(
            Sequential.of(layers),
            IMAGE,
            Initializer.normal(0.5),
            Initializer.normal(0.5),
            Seed.of(3));
    for (ParameterSpec spec : model.specs()) {
      if (spec.name().contains("norm")) {
        RandomStream random = Seed.of(4).stream(spec.name());
        float[] values = new float[spec.shape().elements()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.uniform(i, 0.5, 2);
        }
        model.parameters().set(spec.name(), values);
      }
    }
    return model;
  }

  private static double[] run(Model.Network network, Parameters parameters) {
    double[] image = new double[IMAGE.elements()];
    Arrays.setAll(image, i -> Seed.of(5).stream("image").normal(i));
    Interpreter numbers = new Interpreter(1).input(Model.INPUT, image);
    for (Layout.Entry entry : parameters.layout().entries()) {
      float[] values = parameters.get(entry.name());
      double[] doubles = new double[values.length];
      Arrays.setAll(doubles, i -> values[i]);
      numbers.parameter(entry.name(), doubles);
    }
    return numbers.run(network.graph()).of(network.output(), 0);
  }

  /** Folded weights are rounded to single precision: some 6e-8 of terms of about 10. */
  private static void assertSameAnswers(Model model, Folding folding) {
    double[] expected = run(model.inference(), model.parameters());
    double[] got = run(folding.network(), folding.parameters());
    assertThat(got).containsExactly(expected, within(1e-5));
    assertThat(expected).isNotEqualTo(new double[expected.length]);
  }

  private static long norms(Folding folding) {
    return folding.network().graph().values().stream()
        .filter(v -> v.op() instanceof BatchNorm)
        .count();
  }

  @Test
  void convolutionsAndDenseLayersTakeInWhatFollows() {
    Model model =
        model(
            Conv2d.of(4, 3).bias(false),
            BatchNorm2d.of(),
            Activation.relu(),
            Conv2d.of(6, 2).groups(2),
            BatchNorm2d.of().eps(0.1),
            Flatten.of(),
            Linear.of(3),
            BatchNorm2d.of());
    Folding folding = Folding.of(model);
    assertThat(norms(folding)).isZero();
    assertThat(folding.parameters().layout().entries().stream().map(Layout.Entry::name))
        .containsExactly(
            "conv1.weight",
            "conv1.bias",
            "conv2.weight",
            "conv2.bias",
            "linear1.weight",
            "linear1.bias");
    assertThat(folding.network().output().scope()).isEqualTo("linear1");
    assertSameAnswers(model, folding);
  }

  @Test
  void aNormalisationOfAnythingElseStays() {
    Model model =
        model(
            BatchNorm2d.of(),
            Residual.of(Conv2d.of(2, 1)),
            BatchNorm2d.of(),
            Conv2d.of(3, 3),
            Activation.tanh(),
            BatchNorm2d.of());
    Folding folding = Folding.of(model);
    assertThat(norms(folding)).isEqualTo(3);
    assertThat(folding.parameters()).isSameAs(model.parameters());
    assertSameAnswers(model, folding);
  }

  /** The convolution's own output is needed too, so its weights must stay. */
  @Test
  void aConvolutionThatSomethingElseReadsKeepsItsWeights() {
    Model model =
        model(Conv2d.of(3, 3), Residual.of(BatchNorm2d.of()), Conv2d.of(2, 2), BatchNorm2d.of());
    Folding folding = Folding.of(model);
    assertThat(norms(folding)).isEqualTo(1);
    assertSameAnswers(model, folding);
  }

  @Test
  void itFollowsTheModelWhenAsked() {
    Model model = model(Conv2d.of(3, 3), BatchNorm2d.of(), Activation.relu(), Conv2d.of(2, 2));
    Folding folding = Folding.of(model);
    double[] before = run(folding.network(), folding.parameters());
    model.parameters().set("batchnorm1.running_mean", new float[] {-3, 1, 2});
    model.parameters().set("conv2.bias", new float[] {1, 2});
    assertThat(run(folding.network(), folding.parameters())).isEqualTo(before);
    folding.refresh();
    assertSameAnswers(model, folding);
    assertThat(run(folding.network(), folding.parameters())).isNotEqualTo(before);
  }

  /** What folding makes a bias of must not take the name of what the layer itself calls so. */
  @Test
  void aNewBiasTakesANameThatIsFree() {
    Layer own =
        (network, x) -> {
          Value y = normalised(network, x, "weight", Shape.of(3, 2, 3, 3));
          Value bias =
              network.parameter("bias", Shape.of(3, 1, 1), ParameterSpec.Role.BIAS, 18, 27);
          return network.add(y, network.broadcast(bias, y.shape()));
        };
    Model model = model(own);
    Folding folding = Folding.of(model);
    assertThat(norms(folding)).isZero();
    assertThat(folding.parameters().layout().entries().stream().map(Layout.Entry::name))
        .containsExactlyInAnyOrder("layer1.weight", "layer1.bias", "layer1.bias2");
    assertSameAnswers(model, folding);
  }

  /** Two convolutions of one scope, neither of which has a bias of its own. */
  @Test
  void newBiasesOfOneScopeHaveTwoNames() {
    Shape filters = Shape.of(2, 2, 1, 1);
    Layer own =
        (network, x) ->
            normalised(network, normalised(network, x, "first", filters), "second", filters);
    Model model = model(own);
    Folding folding = Folding.of(model);
    assertThat(norms(folding)).isZero();
    assertSameAnswers(model, folding);
  }

  /** A convolution without bias, and its normalisation, in the scope of the layer being built. */
  private static Value normalised(NetworkBuilder network, Value x, String name, Shape filters) {
    Value weight = network.parameter(name, filters, ParameterSpec.Role.WEIGHT, 18, 27);
    Op convolution = new Convolution(Window.of(filters.size(2)), 1, false);
    return network.add(name + "norm", BatchNorm2d.of(), network.apply(convolution, x, weight));
  }
}
