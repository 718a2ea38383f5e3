package dev.vitrine.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class LrnTest {
  private static double[] run(LocalResponseNorm layer, double... x) {
    Model.Network network = Model.inference(layer, Shape.of(x.length));
    return new Interpreter(1).input(Model.INPUT, x).run(network.graph()).of(network.output(), 0);
  }

  /** Sums of squares 5, 14, 29, 25 of (1, 2, 3, 4) with windows of three, by hand. */
  @Test
  void theConventionOfOnnxDividesAlphaByTheWindow() {
    double[] y = run(LocalResponseNorm.of(3).alpha(0.3), 1, 2, 3, 4);
    assertThat(y[0]).isCloseTo(1 / Math.pow(1.5, 0.75), within(1e-15));
    assertThat(y[1]).isCloseTo(2 / Math.pow(2.4, 0.75), within(1e-15));
    assertThat(y[2]).isCloseTo(3 / Math.pow(3.9, 0.75), within(1e-15));
    assertThat(y[3]).isCloseTo(4 / Math.pow(3.5, 0.75), within(1e-15));
  }

  @Test
  void theVariantDoesNotDivideIt() {
    double[] y = run(LocalResponseNorm.undivided(1, 0.1), 1, 2, 3, 4);
    assertThat(y)
        .containsExactly(run(LocalResponseNorm.of(3).alpha(0.3), 1, 2, 3, 4), within(1e-15));
    assertThat(run(LocalResponseNorm.undivided(1, 0.1).beta(1).bias(2), 1, 2, 3, 4)[2])
        .isCloseTo(3 / 4.9, within(1e-15));
  }

  /** Of four channels ONNX takes one in front and two behind. */
  @Test
  void aWindowOfEvenSizeReachesFartherBehind() {
    double[] y = run(LocalResponseNorm.of(4).alpha(4).beta(1), 1, 1, 1, 1, 1, 1);
    double[] expected = {1 / 4.0, 1 / 5.0, 1 / 5.0, 1 / 5.0, 1 / 4.0, 1 / 3.0};
    assertThat(y).containsExactly(expected, within(1e-15));
  }

  /**
   * Three channels, windows of three: 2 + 3 + 2 terms at each of four positions. Forward 12
   * squares, 12 products with k, 12 divisions; 28 − 12 sums and 12 biases; 12 powers.
   */
  @Test
  void cost() {
    Op op = new Lrn(1, 1, 0.1, 0.75, 1);
    Shape x = Shape.of(3, 2, 2);
    assertThat(op.cost(List.of(x), x)).isEqualTo(new Cost(0, 36, 28, 0, 12));
    assertThat(new Lrn.Gradient(new Lrn(1, 1, 0.1, 0.75, 1)).cost(List.of(x, x), x))
        .isEqualTo(new Cost(0, 84, 56, 0, 12));
  }

  @Test
  void layersAreWrittenAsTheyAreMeant() {
    assertThat(LocalResponseNorm.of(5))
        .hasToString("LocalResponseNorm(5, alpha 0.0001/5, beta 0.75, bias 1)");
    assertThat(LocalResponseNorm.undivided(2, 2e-5))
        .hasToString("LocalResponseNorm(5, alpha 2e-5, beta 0.75, bias 1)");
    Graph g = new Graph();
    assertThat(g.apply(new Lrn(1, 1, 0, 0, 1), g.input("x", Shape.of(3))).shape())
        .isEqualTo(Shape.of(3));
  }

  /** Counted one by one. */
  @Test
  void terms() {
    for (int channels = 1; channels <= 9; channels++) {
      for (int before = 0; before <= 10; before++) {
        Lrn norm = new Lrn(before, 3, 1, 1, 1);
        long terms = 0;
        for (int c = 0; c < channels; c++) {
          terms += norm.last(c, channels) - norm.first(c) + 1;
        }
        assertThat(norm.terms(channels)).as("%s of %d", norm, channels).isEqualTo(terms);
      }
    }
    assertThat(new Lrn(0, Integer.MAX_VALUE, 1, 1, 1).last(5, 9)).isEqualTo(8);
  }
}
