package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Value;
import dev.vitrine.optim.Sgd;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of single neurons, of linear layers and of weight decay. */
class SmallFactsTest {
  /** How wide an interval of inputs a has |w · σ'(w · a + b)| ≥ 1. */
  private static double width(double w) {
    double size = Math.abs(w);
    return 2 / size * Math.log(size * (1 + Math.sqrt(1 - 4 / size)) / 2 - 1);
  }

  /** The slope of σ(w · a) at a. */
  private static double slope(double w, double a) {
    Graph g = new Graph();
    Value x = g.parameter("a", Shape.scalar());
    Gradient gradient = Gradient.of(g, g.sigmoid(g.scale(x, w)), List.of(x));
    return new Interpreter(1).parameter("a", a).run(gradient.graph()).number(gradient.of().get(x));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-9, 4.5, 6.894, 20})
  void whereANeuronsSlopeIsOneOrMore(double w) {
    double end = width(w) / 2;
    assertThat(Math.abs(slope(w, end))).isCloseTo(1, within(1e-9));
    assertThat(Math.abs(slope(w, 0.99 * end))).isGreaterThan(1);
    assertThat(Math.abs(slope(w, 1.01 * end))).isLessThan(1);
  }

  @Test
  void theIntervalIsWidestAtAWeightOf6894() {
    double best = 4;
    for (double w = 4; w < 30; w += 1e-3) {
      best = width(w) > width(best) ? w : best;
    }
    assertThat(best).isCloseTo(6.894, within(1e-3));
    assertThat(width(best)).isCloseTo(0.44774, within(5e-6));
  }

  /** A step multiplies by 1 − ηλ/n, and an epoch has n/m of them: exp(−ηλ/m). */
  @Test
  void weightDecayOverAnEpoch() {
    int n = 50_000;
    int m = 10;
    double eta = 0.5;
    double lambda = 5;
    Sgd rule = Sgd.of(eta).weightDecay(lambda / n);
    float[] w = {1};
    int steps = n / m;
    for (int step = 0; step < steps; step++) {
      rule.update(w, new float[1], new float[0][], 0, 1, (float) eta, /* decay= */ true, step);
    }
    assertThat((double) w[0]).isCloseTo(Math.pow(1 - eta * lambda / n, steps), within(1e-4));
    assertThat((double) w[0]).isCloseTo(Math.exp(-eta * lambda / m), within(1e-4));
  }

  /** W = W₃ W₂ W₁ and b = b₃ + W₃ (b₂ + W₂ b₁): with b as a last column they are one product. */
  @Test
  void aStackOfLinearLayersIsOne() {
    int[] sizes = {3, 4, 5, 2};
    Interpreter numbers = new Interpreter(1);
    double[][] product = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
    for (int layer = 1; layer <= 3; layer++) {
      double[] weight = draw("w" + layer, sizes[layer] * sizes[layer - 1]);
      double[] bias = draw("b" + layer, sizes[layer]);
      numbers.parameter("linear%s.weight".formatted(layer), weight);
      numbers.parameter("linear%s.bias".formatted(layer), bias);
      product = times(weight, bias, product);
    }
    double[] x = draw("x", 3);
    Layer stack = Sequential.of(Linear.of(4), Linear.of(5), Linear.of(2));
    Model.Network traced = Model.inference(stack, Shape.of(3));
    double[] y = numbers.input(Model.INPUT, x).run(traced.graph()).of(traced.output(), 0);
    for (int o = 0; o < y.length; o++) {
      double[] row = product[o];
      double one = row[0] * x[0] + row[1] * x[1] + row[2] * x[2] + row[3];
      assertThat(y[o]).isCloseTo(one, within(1e-12));
    }
  }

  /** {@code (W b; 0 1) · product}, whose last row is (0, 0, 0, 1). */
  private static double[][] times(double[] weight, double[] bias, double[][] product) {
    int in = product.length - 1;
    double[][] next = new double[bias.length + 1][4];
    next[bias.length][3] = 1;
    for (int o = 0; o < bias.length; o++) {
      for (int k = 0; k < 4; k++) {
        next[o][k] = bias[o] * product[in][k];
        for (int i = 0; i < in; i++) {
          next[o][k] += weight[o * in + i] * product[i][k];
        }
      }
    }
    return next;
  }

  private static double[] draw(String what, int count) {
    double[] drawn = new double[count];
    Arrays.setAll(drawn, i -> Seed.of(3).stream(what).normal(i));
    return drawn;
  }
}
