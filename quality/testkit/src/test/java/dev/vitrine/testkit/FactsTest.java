package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Cost;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Op;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers that can be found in print, or worked out by hand. */
class FactsTest {
  /** f = σ(σ(x₁ + w₁)·w₂ + x₂) at w = 0, x = (1, 0). */
  @Test
  void chainOfTwoSigmoids() {
    Graph g = new Graph();
    Value x1 = g.constant(1, Shape.scalar());
    Value x2 = g.constant(0, Shape.scalar());
    Value w1 = g.parameter("w1", Shape.scalar());
    Value w2 = g.parameter("w2", Shape.scalar());
    Value f = g.sigmoid(g.add(g.multiply(g.sigmoid(g.add(x1, w1)), w2), x2));
    Interpreter numbers = new Interpreter(1).parameter("w1", 0).parameter("w2", 0);

    Gradient gradient = Gradient.of(g, f, List.of(w1, w2));
    Interpreter.Values values = numbers.run(gradient.graph());
    assertThat(values.number(f)).isEqualTo(0.5);
    assertThat(values.number(gradient.of().get(w1))).isZero();
    assertThat(values.number(gradient.of().get(w2))).isCloseTo(0.182764645, within(1e-9));

    Value squared = g.square(g.shift(f, -5));
    assertThat(descend(g, squared, w2, numbers)).isCloseTo(0.822440901, within(1e-9));
    assertThat(descend(g, g.scale(squared, 0.5), w2, numbers)).isCloseTo(0.411220450, within(1e-9));
  }

  /** w₂ after one step from 0 with learning rate 0.5. */
  private static double descend(Graph g, Value loss, Value w2, Interpreter numbers) {
    Gradient gradient = Gradient.of(g, loss, List.of(w2));
    return -0.5 * numbers.run(gradient.graph()).number(gradient.of().get(w2));
  }

  /** ŷ = σ(w₅σ(w₁x₁ + w₂x₂) + w₆σ(w₃x₃ + w₄x₄)) and L = (y − ŷ)². */
  @Test
  void twoHiddenUnits() {
    double[] x = {0.9, -1.1, -0.3, 0.8};
    double[] w = {0.75, -0.63, 0.24, -1.7, 0.8, -0.2};
    Graph g = new Graph();
    Interpreter numbers = new Interpreter(1);
    List<Value> weights = new ArrayList<>();
    for (int i = 0; i < w.length; i++) {
      weights.add(g.parameter("w" + (i + 1), Shape.scalar()));
      numbers.parameter("w" + (i + 1), w[i]);
    }
    Value left = g.sigmoid(g.add(term(g, weights, x, 0), term(g, weights, x, 1)));
    Value right = g.sigmoid(g.add(term(g, weights, x, 2), term(g, weights, x, 3)));
    Value output =
        g.sigmoid(g.add(g.multiply(weights.get(4), left), g.multiply(weights.get(5), right)));
    Value loss = g.square(g.shift(g.negate(output), 0.5));
    Gradient gradient = Gradient.of(g, loss, weights);
    Value dw3 = gradient.of().get(weights.get(2));
    assertThat(numbers.run(gradient.graph()).number(dw3)).isCloseTo(0.000621578, within(5e-10));
  }

  private static Value term(Graph g, List<Value> weights, double[] x, int i) {
    return g.scale(weights.get(i), x[i]);
  }

  /** tanh x = 2σ(2x) − 1, and σ' = σ(1 − σ). */
  @Test
  void tanhIsAStretchedSigmoid() {
    Graph g = new Graph();
    Value x = g.parameter("x", Shape.scalar());
    Value tanh = g.tanh(x);
    Value sigmoid = g.sigmoid(x);
    Value stretched = g.shift(g.scale(g.sigmoid(g.scale(x, 2)), 2), -1);
    Gradient slope = Gradient.of(g, sigmoid, List.of(x));
    for (double at = -4; at <= 4; at += 0.25) {
      Interpreter.Values values = new Interpreter(1).parameter("x", at).run(slope.graph());
      assertThat(values.number(stretched)).isCloseTo(values.number(tanh), within(1e-15));
      double s = values.number(sigmoid);
      assertThat(values.number(slope.of().get(x))).isCloseTo(s * (1 - s), within(1e-16));
    }
  }

  @Test
  void leNetOfCaffe() {
    Model lenet = Model.of(GoldenTest.lenet(), Shape.of(1, 28, 28));
    assertThat(parametersOfLayers(lenet)).containsExactly(520L, 25_050L, 400_500L, 5_010L);
    assertThat(lenet.parameters().layout().elements()).isEqualTo(431_080);
  }

  private static Layer leNet5Layers() {
    return Sequential.of(
        Conv2d.of(6, 5),
        Activation.tanh(),
        AvgPool2d.of(2),
        Conv2d.of(16, 5),
        Activation.tanh(),
        AvgPool2d.of(2),
        Flatten.of(),
        Linear.of(120),
        Activation.tanh(),
        Linear.of(84),
        Activation.tanh(),
        Linear.of(10));
  }

  @Test
  void leNet5() {
    Model classic = Model.of(leNet5Layers(), Shape.of(1, 32, 32));
    assertThat(parametersOfLayers(classic)).containsExactly(156L, 2_416L, 48_120L, 10_164L, 850L);
    assertThat(classic.parameters().layout().elements()).isEqualTo(61_706);
    assertThat(macs(classic).stream().mapToLong(n -> n).sum()).isEqualTo(416_520);
  }

  @Test
  void leNet5OnCifar() {
    Model cifar = Model.of(leNet5Layers(), Shape.of(3, 32, 32));
    assertThat(cifar.parameters().layout().elements()).isEqualTo(62_006);
    assertThat(
            cifar.parameters().layout().entries().stream()
                .filter(e -> e.name().endsWith("weight"))
                .map(e -> e.shape().elements()))
        .containsExactly(450, 2_400, 48_000, 10_080, 840);
    assertThat(macs(cifar)).containsExactly(352_800L, 240_000L, 48_000L, 10_080L, 840L);
  }

  /** Weight and bias of each layer together. */
  private static List<Long> parametersOfLayers(Model model) {
    List<Layout.Entry> entries = model.parameters().layout().entries();
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < entries.size(); i += 2) {
      counts.add((long) entries.get(i).shape().elements() + entries.get(i + 1).shape().elements());
    }
    return counts;
  }

  /** The MACs of each value that has any. */
  private static List<Long> macs(Model model) {
    return model.inference().graph().values().stream()
        .filter(v -> !(v.op() instanceof Leaf))
        .map(v -> v.cost().macs())
        .filter(n -> n > 0)
        .toList();
  }

  /** A 4×4 convolution, 50 → 20 channels, then a 3×3 max-pool that moves by 1. */
  @Test
  void costOfAConvolutionAndAPooling() {
    Shape x = Shape.of(50, 12, 12);
    Shape w = Shape.of(20, 50, 4, 4);
    Window window = Window.of(4).padding(1).stride(2);
    Op plain = new Convolution(window, 1, false);
    Shape y = plain.shape(List.of(x, w));
    assertThat(y).isEqualTo(Shape.of(20, 6, 6));
    Cost cost = plain.cost(List.of(x, w), y);
    assertThat(cost.exactFlops()).isEqualTo(1_151_280);
    assertThat(cost.macs()).isEqualTo(800L * 20 * 36);
    List<Shape> biased = List.of(x, w, Shape.of(20));
    assertThat(new Convolution(window, 1, true).cost(biased, y).exactFlops())
        .isEqualTo(1_151_280 + 720);
    Op pool = new MaxPool(Window.of(3));
    Shape pooled = pool.shape(List.of(y));
    assertThat(pooled).isEqualTo(Shape.of(20, 4, 4));
    Cost comparisons = pool.cost(List.of(y), pooled);
    assertThat(comparisons).isEqualTo(Cost.comparisons(2_560));
    assertThat(cost.plus(comparisons).exactFlops()).isEqualTo(1_153_840);
  }
}
