package dev.vitrine.testkit;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Concat;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Frozen;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A plan for few examples, which lie one after another with 16 channels side by side, gives the
 * bits of a plan in whose lanes 16 examples lie: every layer, every network of the zoo, and widths
 * that fill no vector; on all kernels, on one thread and three.
 */
class FewExamplesTest {
  private static final int EXAMPLES = 5;
  private static final Shape IMAGE = Shape.of(18, 11, 9);

  record Case(String name, Layer network, Shape input) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    LayerCases.layers()
        .forEach((layer, sizes) ->
            cases.add(new Case(layer.toString().replace("\n", ""), layer, Shape.of(sizes))));
    for (SlimNetwork network : SlimNetwork.all()) {
      cases.add(new Case(network.name(), network.layers(), network.input()));
    }
    wide().forEach(layer -> cases.add(new Case("wide " + layer, after(layer), IMAGE)));
    for (Shape image : List.of(Shape.of(1, 28, 28), Shape.of(3, 19, 37), Shape.of(2, 23, 20))) {
      first().forEach(layer -> cases.add(new Case("first " + layer, layer, image)));
    }
    return cases;
  }

  /** First layers of few filters, whose vectors are neighbouring pixels; others that are not. */
  private static List<Layer> first() {
    return List.of(
        Conv2d.of(6, 5),
        Sequential.of(Conv2d.of(6, 5).padding(2), Activation.tanh(), MaxPool2d.of(2)),
        Sequential.of(Conv2d.of(3, 3).padding(1), Activation.relu(), Conv2d.of(20, 1)),
        Sequential.of(Conv2d.of(8, 3).bias(false), AvgPool2d.of(2), Conv2d.of(5, 3)),
        Sequential.of(Conv2d.of(1, 1), Activation.silu(), Conv2d.of(1, 3)),
        Conv2d.of(7, 4, 2).dilation(2),
        Conv2d.of(6, 5).stride(2),
        Conv2d.of(12, 5),
        Conv2d.of(16, 5),
        Conv2d.of(20, 5),
        Sequential.of(Conv2d.of(25, 5), Activation.tanh(), Conv2d.of(64, 3)),
        Sequential.of(Parallel.of(Conv2d.of(5, 3).padding(1), Conv2d.of(4, 1)), Conv2d.of(9, 1)),
        Sequential.of(Parallel.of(Conv2d.of(16, 3).padding(1), Conv2d.of(4, 1)), Activation.tanh()),
        Sequential.of(Residual.of(Conv2d.of(4, 3).padding(1), Conv2d.of(4, 1)), Activation.tanh()),
        Sequential.of(Conv2d.of(2, 5).padding(4), Flatten.of(), Linear.of(11)));
  }

  /** Layers of more channels than a vector holds, each behind a convolution that has them. */
  private static List<Layer> wide() {
    return List.of(
        Conv2d.of(1, 3),
        Conv2d.of(35, 3).padding(1),
        Conv2d.of(80, 5).padding(2),
        Conv2d.of(67, 1),
        Conv2d.of(67, 1).stride(2),
        Conv2d.of(20, 3).stride(2).padding(1).bias(false),
        Conv2d.of(33, 2, 3).dilation(2),
        Conv2d.of(128, 3).groups(2),
        Conv2d.of(32, 3).groups(32).padding(1),
        Conv2d.of(96, 3).groups(2).padding(1),
        MaxPool2d.of(3).stride(2).padding(1),
        AvgPool2d.of(2),
        AdaptiveAvgPool2d.of(3, 2),
        LocalResponseNorm.of(5),
        PRelu.of(),
        Sequential.of(BatchNorm2d.of(), Activation.relu()),
        Activation.tanh(),
        Activation.sigmoid(),
        Parallel.of(Conv2d.of(7, 1), Conv2d.of(48, 3).padding(1), MaxPool2d.of(1)),
        Parallel.of(Conv2d.of(48, 1), Parallel.of(Conv2d.of(16, 1), Conv2d.of(9, 3).padding(1))),
        Parallel.of(Sequential.of(Conv2d.of(32, 1), Activation.relu()), MaxPool2d.of(1)),
        Residual.of(Conv2d.of(32, 3).padding(1)),
        Sequential.of(Residual.of(Conv2d.of(32, 1), Conv2d.of(32, 1)), Activation.relu()),
        Sequential.of(Residual.of(Conv2d.of(32, 3).padding(1)), Activation.tanh()),
        Sequential.of(Conv2d.of(24, 3).padding(1), Activation.silu()),
        (network, x) -> network.add(x, x),
        (network, x) -> network.apply(new Concat(0), x, x),
        (network, x) -> network.mean(x, 1, 2),
        (network, x) -> network.sum(x, 2),
        Sequential.of(Flatten.of(), Linear.of(70), Activation.relu(), Linear.of(3)),
        Sequential.of(Flatten.of(), Linear.of(40), Activation.tanh()));
  }

  private static Layer after(Layer layer) {
    return Sequential.of(Conv2d.of(32, 2), Activation.relu(), layer);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theBitsAreThoseOfLanes(Case c) {
    Model model = DrawnModel.of(c.network, c.input, Seed.of(7));
    float[][] images = new float[EXAMPLES][];
    for (int i = 0; i < EXAMPLES; i++) {
      images[i] = DrawnModel.example(c.input, Seed.of(20 + i));
    }
    float[][] expected =
        PlannedAnswers.run(model, Engines.SCALAR.kernels(), 1, Kernels.LANES, null, images);
    for (Oracle.Engine engine : Engines.all()) {
      Frozen frozen = new Frozen(model.parameters());
      float[][] first = {images[0]};
      float[][] alone =
          PlannedAnswers.run(model, engine.kernels(), engine.threads(), 1, frozen, first);
      float[][] few =
          PlannedAnswers.run(model, engine.kernels(), engine.threads(), EXAMPLES, frozen, images);
      float[][] fewer =
          PlannedAnswers.run(
              model, engine.kernels(), 1, 2 * EXAMPLES, frozen, images[1], images[2]);
      PlannedAnswers.assertSame(alone[0], expected[0]);
      PlannedAnswers.assertSame(fewer[0], expected[1]);
      PlannedAnswers.assertSame(fewer[1], expected[2]);
      for (int i = 0; i < EXAMPLES; i++) {
        PlannedAnswers.assertSame(few[i], expected[i]);
      }
    }
  }
}
