package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.plan.PlannedStep;
import dev.vitrine.plan.Planner;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Frozen;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dense layers whose weights are halves, and so kept in 16 bits, give the bits that the same
 * weights give as singles: on all kernels, for one example and several, widths that fill no vector
 * and terms that fill no pair.
 */
class HalvesTest {
  private static final Shape IMAGE = Shape.of(3, 7, 5);

  /** Halves of all sizes, those below the normal ones and zeros of both signs among them. */
  private static float half(float number) {
    float near = Float.float16ToFloat(Float.floatToFloat16(number));
    int kind = Math.floorMod(Float.floatToIntBits(number), 11);
    return switch (kind) {
      case 0 -> near * 0x1p-20f - near * 0x1p-20f % 0x1p-24f;
      case 1 -> Math.copySign(0f, near);
      case 2 -> Math.copySign(60_000 - 60_000 % 32, near);
      default -> near;
    };
  }

  private static float brief(float number) {
    int kind = Math.floorMod(Float.floatToIntBits(number), 11);
    float cut = Float.intBitsToFloat(Float.floatToIntBits(number) & 0xffff0000);
    return kind == 0 ? Math.scalb(cut, -130) : kind == 1 ? Math.scalb(cut, 60) : cut;
  }

  static Stream<Arguments> cases() {
    List<Layer> networks =
        List.of(
            Sequential.of(Flatten.of(), Linear.of(70), Activation.relu(), Linear.of(3)),
            Sequential.of(Flatten.of(), Linear.of(64), Activation.tanh(), Linear.of(130)),
            Sequential.of(Flatten.of(), Linear.of(33).bias(false), Linear.of(1)),
            Sequential.of(Conv2d.of(19, 2), Activation.relu(), Flatten.of(), Linear.of(100)));
    return networks.stream()
        .flatMap(network -> Stream.of(true, false).map(brief -> Arguments.of(network, brief)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theBitsAreThoseOfSingles(Layer network, boolean brief) {
    Model model = DrawnModel.of(network, IMAGE, Seed.of(7));
    UnaryOperator<Float> rounding = brief ? HalvesTest::brief : HalvesTest::half;
    for (Layout.Entry entry : model.parameters().layout().entries()) {
      float[] numbers = model.parameters().get(entry.name());
      for (int i = 0; entry.name().startsWith("linear") && i < numbers.length; i++) {
        numbers[i] = rounding.apply(numbers[i]);
      }
      model.parameters().set(entry.name(), numbers);
    }
    float[][] images = new float[8][];
    for (int i = 0; i < images.length; i++) {
      images[i] = DrawnModel.example(IMAGE, Seed.of(20 + i));
      images[i][i] = i % 2 == 0 ? 1e38f : 1e-42f;
    }
    float[][] expected =
        PlannedAnswers.run(model, Engines.SCALAR.kernels(), 1, Kernels.LANES, null, images);
    for (Oracle.Engine engine : Engines.all()) {
      for (int examples : new int[] {1, 2, 5, 8}) {
        float[][] some = List.of(images).subList(0, examples).toArray(float[][]::new);
        Frozen frozen = new Frozen(model.parameters());
        float[][] got =
            PlannedAnswers.run(model, engine.kernels(), engine.threads(), examples, frozen, some);
        for (int i = 0; i < examples; i++) {
          PlannedAnswers.assertSame(got[i], expected[i]);
        }
      }
    }
  }

  /** The singles, which a predictor does not keep, are made again for blocks of lanes. */
  @Test
  void manyExamplesAreAnsweredAfterOne() {
    Layer network = Sequential.of(Flatten.of(), Linear.of(33), Activation.relu(), Linear.of(5));
    Model model = DrawnModel.of(network, IMAGE, Seed.of(7));
    for (String name : List.of("linear1.weight", "linear2.weight")) {
      float[] weights = model.parameters().get(name);
      for (int i = 0; i < weights.length; i++) {
        weights[i] = half(weights[i]);
      }
      model.parameters().set(name, weights);
    }
    float[][] images = new float[20][];
    for (int i = 0; i < images.length; i++) {
      images[i] = DrawnModel.example(IMAGE, Seed.of(20 + i));
    }
    try (Predictor lanes = Predictor.of(model, Engines.SCALAR.kernels());
        Predictor both = Predictor.of(model, Engines.SCALAR.kernels())) {
      float[][] expected = lanes.predict(images);
      PlannedAnswers.assertSame(both.predict(images[3]), expected[3]);
      float[][] got = both.predict(images);
      for (int i = 0; i < images.length; i++) {
        PlannedAnswers.assertSame(got[i], expected[i]);
      }
    }
  }

  /** What is no half stays as it is. */
  @Test
  void onlyHalvesAreKeptInSixteenBits() {
    Layer network = Sequential.of(Flatten.of(), Linear.of(20), Linear.of(4));
    Model model = DrawnModel.of(network, IMAGE, Seed.of(7));
    assertThat(steps(model)).noneMatch(name -> name.contains("Affine16"));
    float[] weights = model.parameters().get("linear1.weight");
    for (int i = 0; i < weights.length; i++) {
      weights[i] = half(weights[i]);
    }
    model.parameters().set("linear1.weight", weights);
    assertThat(steps(model)).filteredOn(name -> name.contains("Affine16")).hasSize(1);
    weights[weights.length - 1] = 65536 * 1.0009765f;
    model.parameters().set("linear1.weight", weights);
    assertThat(steps(model)).noneMatch(name -> name.contains("Affine16"));
  }

  private static List<String> steps(Model model) {
    Model.Network network = model.inference();
    return Planner.of(network.graph(), model.parameters())
        .outputs(network.output())
        .frozen(new Frozen(model.parameters()))
        .describe(Engines.SCALAR.kernels())
        .stream()
        .map(PlannedStep::name)
        .toList();
  }
}
