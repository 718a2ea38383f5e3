package dev.vitrine.testkit;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Frozen;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Winograd's products with filters that are transformed where they are used, because tiles are few
 * or the filters large, give the bits of those whose transforms are kept, and of lanes: batches of
 * 1, 3, 16 and 17, channels that fill no vector, all kernels, one thread and three.
 */
class FiltersAtUseTest {
  private static final int EXAMPLES = 17;

  record Case(String name, Layer network, Shape input) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    return List.of(
        new Case("four tiles", conv(35), Shape.of(20, 8, 7)),
        new Case("four tiles, whole vectors", conv(64), Shape.of(64, 7, 7)),
        new Case("a single tile", conv(240), Shape.of(250, 4, 4)),
        new Case("no padding", Conv2d.of(48, 3), Shape.of(33, 10, 9)),
        new Case(
            "a sum and a function",
            Sequential.of(Residual.of(conv(32)), Activation.tanh()),
            Shape.of(32, 7, 7)),
        new Case("large filters", conv(305), Shape.of(300, 11, 9)),
        new Case("large filters, four tiles", conv(304), Shape.of(301, 7, 8)),
        new Case("in two groups, and in one", groups(), Shape.of(32, 8, 8)));
  }

  private static Layer conv(int filters) {
    return Conv2d.of(filters, 3).padding(1);
  }

  private static Layer groups() {
    return Sequential.of(Conv2d.of(128, 3).padding(1).groups(2), Activation.relu(), conv(20));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theBitsAreThoseOfLanes(Case c) {
    Model model = DrawnModel.of(c.network, c.input, Seed.of(7));
    float[][] images = new float[EXAMPLES][];
    Arrays.setAll(images, n -> DrawnModel.example(c.input, Seed.of(20 + n)));
    float[][] expected =
        PlannedAnswers.run(model, Engines.SCALAR.kernels(), 1, EXAMPLES, null, images);
    for (Oracle.Engine engine : Engines.all()) {
      Frozen frozen = Frozen.copyOf(model.parameters());
      for (int batch : new int[] {1, 3, 16, EXAMPLES}) {
        float[][] some = Arrays.copyOf(images, batch);
        assertSame(
            PlannedAnswers.run(model, engine.kernels(), engine.threads(), batch, frozen, some),
            expected);
      }
      // A batch that is not full leaves tiles that nobody computed.
      float[][] two = Arrays.copyOf(images, 2);
      assertSame(PlannedAnswers.run(model, engine.kernels(), 1, 4, frozen, two), expected);
    }
  }

  private static void assertSame(float[][] got, float[][] expected) {
    for (int n = 0; n < got.length; n++) {
      PlannedAnswers.assertSame(got[n], expected[n]);
    }
  }
}
