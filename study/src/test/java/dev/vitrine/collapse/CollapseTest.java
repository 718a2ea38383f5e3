package dev.vitrine.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Identity;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.run.InputFacts;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollapseTest {
  /** A model none of whose numbers is a usual one. */
  private static Model drawn(Layer network, Shape input, long seed) {
    Model model =
        Model.of(network, input, Initializer.normal(0.4), Initializer.normal(0.4), Seed.of(seed));
    RandomStream random = Seed.of(seed).stream("others");
    model
        .specs()
        .forEach(spec -> {
          float[] values = model.parameters().get(spec.name());
          for (int i = 0; i < values.length; i++) {
            values[i] += (float) random.uniform(spec.name().hashCode() + i, 0, 0.5);
          }
          model.parameters().set(spec.name(), values);
        });
    return model;
  }

  private static Collapse collapse(Layer network, Shape input) {
    return Collapse.of(drawn(network, input, 1), false, 3);
  }

  private static void requireEqual(Collapse collapse) {
    assertThat(collapse.chains()).allMatch(chain -> chain.proof().holds(), "rounding explains it");
    assertThat(collapse.difference()).isLessThan(1e-5 * (1 + collapse.largest()));
  }

  @Test
  void denseLayersAreOneMatrix() {
    Collapse collapse =
        collapse(
            Sequential.of(Flatten.of(), Linear.of(7), Dropout.of(0.5), Linear.of(5), Linear.of(3)),
            Shape.of(1, 3, 4));
    requireEqual(collapse);
    Chain chain = collapse.chains().getFirst();
    assertThat(chain.formula()).containsExactly("W = W₃·W₂·W₁", "b = W₃·W₂·b₁ + W₃·b₂ + b₃");
    assertThat(chain.end()).isEqualTo("the network ends");
    assertThat(chain.before().parameters()).isEqualTo(12 * 7 + 7 + 7 * 5 + 5 + 5 * 3 + 3);
    assertThat(chain.after()).isEqualTo(new Chain.Size(12 * 3 + 3, 12 * 3));
    assertThat(collapse.after().network())
        .isEqualTo(Sequential.of(Flatten.of(), Named.of("linear1-linear3", Linear.of(3))));
  }

  @Test
  void kernelsGrowByTheStride() {
    Collapse collapse =
        collapse(
            Sequential.of(
                Conv2d.of(4, 3).stride(2).padding(1),
                BatchNorm2d.of(),
                Identity.of(),
                Conv2d.of(6, 3).dilation(2).groups(2),
                AvgPool2d.of(2)),
            Shape.of(2, 17, 19));
    requireEqual(collapse);
    Chain chain = collapse.chains().getFirst();
    assertThat(collapse.chains()).hasSize(1);
    assertThat(chain.layer()).isEqualTo("Conv2d(6, 13×13, stride 4, padding 1)");
    assertThat(chain.formula()).contains("kernel 3 + (5 − 1)·2 + (2 − 1)·2 = 13, stride 4");
    assertThat(chain.after().macs()).isGreaterThan(chain.before().macs());
  }

  @Test
  void paddingInsideForbidsIt() {
    Collapse biased =
        collapse(Sequential.of(Conv2d.of(3, 1), Conv2d.of(3, 3).padding(1)), Shape.of(2, 6, 6));
    assertThat(biased.chains()).isEmpty();
    assertThat(biased.alone().getFirst().end())
        .isEqualTo(
            "conv2 pads with zeros, which are no zeros plus the bias (or a batch norm's shift) of the layers before: at the borders no single bias does both");
    Collapse wide =
        collapse(
            Sequential.of(Conv2d.of(3, 3).bias(false), Conv2d.of(3, 3).padding(1)),
            Shape.of(2, 6, 6));
    assertThat(wide.chains()).isEmpty();
    assertThat(wide.alone().getFirst().end())
        .startsWith("conv2 pads with zeros inside the chain, where one kernel would see");
    Collapse pointwise =
        collapse(
            Sequential.of(Conv2d.of(3, 1).bias(false).stride(2), Conv2d.of(4, 3).padding(1)),
            Shape.of(2, 7, 9));
    requireEqual(pointwise);
    assertThat(pointwise.chains()).hasSize(1);
    // A matrix does it at the borders, too.
    Collapse dense =
        collapse(
            Sequential.of(
                Conv2d.of(3, 3).padding(1), Conv2d.of(3, 3).padding(1), Flatten.of(), Linear.of(4)),
            Shape.of(2, 5, 5));
    requireEqual(dense);
    assertThat(dense.chains()).hasSize(1);
  }

  @Test
  void randomChainsAreTheirOneLayer() {
    for (int seed = 0; seed < 40; seed++) {
      RandomStream random = Seed.of(seed).stream("chain");
      List<Layer> layers = new ArrayList<>();
      int channels = 2;
      for (int i = 0; i < 2 + random.below(0, 4); i++) {
        int draw = 10 * i + 1;
        switch (random.below(draw, 6)) {
          case 0 -> layers.add(BatchNorm2d.of());
          case 1 -> layers.add(AvgPool2d.of(2).stride(1 + random.below(draw + 1, 2)));
          case 2 -> layers.add(Dropout.of(0.3));
          default -> {
            int groups = channels % 2 == 0 ? 1 + random.below(draw + 2, 2) : 1;
            channels = 2 * (1 + random.below(draw + 3, 3));
            layers.add(
                Conv2d.of(channels, 1 + random.below(draw + 4, 3), 1 + random.below(draw + 5, 2))
                    .stride(1 + random.below(draw + 6, 2), 1)
                    .padding(random.below(draw + 7, 2))
                    .groups(groups)
                    .bias(random.below(draw + 8, 2) == 0));
          }
        }
        if (random.below(draw + 9, 5) == 0) {
          layers.add(Activation.relu());
        }
      }
      if (random.below(90, 2) == 0) {
        layers.addAll(List.of(Flatten.of(), Linear.of(4), Linear.of(3)));
      }
      Collapse collapse =
          Collapse.of(drawn(Sequential.of(layers), Shape.of(2, 24, 23), seed), false, 2);
      assertThat(collapse.difference())
          .as("%s", layers)
          .isLessThan(1e-5 * (1 + collapse.largest()));
      assertThat(collapse.chains()).as("%s", layers).allMatch(chain -> chain.proof().holds());
    }
  }

  @Test
  void blocksKeepTheirNamesAndNumbers() {
    Layer block = Sequential.of(Conv2d.of(2, 3).padding(1), BatchNorm2d.of(), Activation.relu());
    Collapse collapse =
        collapse(
            Sequential.of(
                Named.of("stem", Sequential.of(Conv2d.of(2, 1), Residual.of(block))),
                MaxPool2d.of(2),
                GlobalAvgPool2d.of(),
                Flatten.of(),
                Linear.of(3)),
            Shape.of(2, 8, 8));
    requireEqual(collapse);
    assertThat(collapse.chains().stream().map(Chain::name))
        .containsExactly("stem.residual1.body.conv1-batchnorm1", "pool2-linear1");
  }

  /** A residual block of linear layers is one kernel, its identity a 1 at the centre. */
  @Test
  void aBlockInAChainIsOneKernel() {
    Layer same = Conv2d.of(4, 3).padding(1).bias(false);
    Layer first = Conv2d.of(4, 1).bias(false);
    Collapse collapse =
        collapse(
            Sequential.of(first, Residual.of(same), BatchNorm2d.of(), Activation.relu()),
            Shape.of(2, 7, 6));
    requireEqual(collapse);
    Chain chain = collapse.chains().getFirst();
    assertThat(chain.name()).isEqualTo("conv1-batchnorm1");
    assertThat(chain.layer()).contains("3×3").contains("padding 1");
    assertThat(chain.symbols().get(1))
        .startsWith("R₂ is residual1")
        .contains("1 at the centre, where a channel meets itself, at the borders, too");
    Layer wide =
        new Residual(
            Sequential.of(Conv2d.of(4, 5).padding(2).stride(2), BatchNorm2d.of()),
            Conv2d.of(4, 1).stride(2));
    Collapse projected = collapse(Sequential.of(wide, Conv2d.of(3, 2)), Shape.of(2, 9, 8));
    requireEqual(projected);
    assertThat(projected.chains().stream().map(Chain::name)).containsExactly("residual1-conv1");
  }

  @Test
  void aBlockThatPadsInsideSaysSo() {
    Layer same = Conv2d.of(2, 3).padding(1).bias(false);
    Collapse collapse =
        collapse(
            Sequential.of(Conv2d.of(2, 1), Residual.of(Sequential.of(same, same)), Conv2d.of(2, 1)),
            Shape.of(2, 7, 6));
    requireEqual(collapse);
    assertThat(collapse.chains()).isEmpty();
    assertThat(collapse.alone().getFirst().end())
        .isEqualTo(
            "residual1.body.conv2 pads with zeros inside the chain, where one kernel would see the picture: the borders would differ");
  }

  @Test
  void eachActivationIsRefutedByItsOwnNumbers() {
    assertThat(Linearity.refuted(new Rectifier.Relu())).isEqualTo("f(−1) + f(1) = 1, but f(0) = 0");
    assertThat(Linearity.refuted(new Sigmoidal.Tanh()))
        .isEqualTo("f(−1) + f(−1) = −1.523188, but f(−2) = −0.964028");
    // σ − ½ is odd: a constant would mend f(−1) + f(1), so other numbers are taken.
    assertThat(Linearity.refuted(new Sigmoidal.Sigmoid()))
        .isEqualTo("f(−1) + f(−1) = 0.537883, but f(−2) + f(0) = 0.619203");
    assertThat(Linearity.refuted(new Rectifier.Clip(-50, 50))).contains("f(100)");
  }

  /** Scaling, shifting and turning the sign are lines: they join, and are no activations. */
  @Test
  void linesJoinAndStay() {
    Layer scale = new Activation(new Elementary.Scale(-1.5));
    Layer shift = new Activation(new Elementary.Shift(0.25));
    Layer negate = new Activation(new Elementary.Negate());
    Collapse images =
        collapse(Sequential.of(scale, Conv2d.of(3, 3), negate, shift), Shape.of(2, 6, 6));
    requireEqual(images);
    assertThat(images.chains()).hasSize(1);
    Layer dense =
        Sequential.of(Linear.of(4), scale, Activation.relu(), shift, Linear.of(3), negate);
    Collapse kept = collapse(dense, Shape.of(5));
    requireEqual(kept);
    assertThat(kept.chains()).hasSize(2);
    Collapse linear = Collapse.of(drawn(dense, Shape.of(5), 1), true, 3);
    requireEqual(linear);
    Model without =
        drawn(Sequential.of(Linear.of(4), scale, shift, Linear.of(3), negate), Shape.of(5), 1);
    float[] x = {1, -2, 0.5f, 3, -1};
    try (Predictor right = Predictor.of(without);
        Predictor made = Predictor.of(linear.after())) {
      float[] expected = right.predict(x);
      for (int i = 0; i < expected.length; i++) {
        assertThat(made.predict(x)[i]).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  @Test
  void withLinearActivationsAnMlpIsALinearClassifier() {
    Subject subject = Subject.open("mlp-20-10-sigmoid", Optional.empty(), 3);
    Collapse collapse = Collapse.of(subject.model(), true, 2);
    requireEqual(collapse);
    assertThat(collapse.sizeAfter())
        .isEqualTo(Joining.size(Zoo.find("linear").layers(), Zoo.find("linear").input()));
  }

  @Test
  void whatIsWrittenOpensByItself(@TempDir Path folder) {
    Subject subject = Subject.open("lenet5", Optional.empty(), 3);
    Collapse collapse = Collapse.of(subject.model(), true, 1);
    for (String ending : List.of(".safetensors", ".onnx")) {
      Path file = folder.resolve("one" + ending);
      subject.write(collapse, file);
      Subject again = Subject.open(file.toString(), Optional.empty(), 0);
      assertThat(again.model().parameters().values())
          .isEqualTo(collapse.after().parameters().values());
      Collapse nothing = Collapse.of(again.model(), false, 1);
      assertThat(nothing.chains()).isEmpty();
      assertThat(nothing.alone()).hasSize(1);
    }
    subject.write(collapse, folder.resolve("one.json"));
    assertThat(Zoo.find(folder.resolve("one.json").toString()).layers())
        .isEqualTo(collapse.after().network());
    assertThatThrownBy(() -> Subject.ending(Path.of("one.bin")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "A collapsed network is written as .safetensors, .onnx or .json (without numbers), by its ending, but got one.bin");
  }

  /** The paths of a file's graph part after the first layer and meet at the sum. */
  @Test
  void pathsOfABranchingGraphCollapseForThemselves(@TempDir Path folder) {
    Layer body = Sequential.of(Conv2d.of(5, 3).bias(false), Conv2d.of(2, 3), Conv2d.of(3, 1));
    Layer shortcut = Sequential.of(Conv2d.of(4, 3), Conv2d.of(3, 3));
    Layer network =
        Sequential.of(
            Conv2d.of(2, 3),
            new Residual(body, shortcut),
            Activation.relu(),
            Flatten.of(),
            Linear.of(4),
            Linear.of(3));
    Model model = drawn(network, Shape.of(1, 9, 8), 5);
    NetworkSpec spec = new NetworkSpec("branched", "Branched", model.input(), network);
    Path file = folder.resolve("branched.onnx");
    TrainedNetwork.of(spec, file, InputFacts.NONE).writeOnnx(model, file);
    Subject subject = Subject.open(file.toString(), Optional.empty(), 0);
    Collapse collapse = Collapse.of(subject.model(), false, 3);
    requireEqual(collapse);
    assertThat(collapse.difference()).isLessThan(1e-5 * (1 + collapse.largest()));
    assertThat(collapse.chains().stream().map(chain -> chain.layers().size()))
        .containsExactlyInAnyOrder(3, 2, 3);
    assertThat(collapse.chains().stream().map(Chain::end))
        .anyMatch(end -> end.endsWith(": other paths come in there"))
        .contains("the network ends");
    assertThat(collapse.alone()).hasSize(1);
    assertThat(collapse.alone().getFirst().end())
        .startsWith("the graph branches: ")
        .endsWith(" read its answer");
    float[] x = new float[72];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.sin(i);
    }
    Path written = folder.resolve("one.onnx");
    subject.write(collapse, written);
    Subject again = Subject.open(written.toString(), Optional.empty(), 0);
    try (Predictor right = Predictor.of(model);
        Predictor made = Predictor.of(again.model())) {
      float[] expected = right.predict(x);
      float[] answers = made.predict(x);
      for (int i = 0; i < expected.length; i++) {
        assertThat(answers[i]).isCloseTo(expected[i], within(1e-4f * (1 + Math.abs(expected[i]))));
      }
    }
    for (String name : List.of("one.safetensors", "one.json")) {
      Path other = folder.resolve(name);
      assertThatThrownBy(() -> subject.write(collapse, other))
          .isInstanceOf(UserException.class)
          .hasMessageEndingWith(
              " branches: collapsed, it can be written as .onnx only, but got " + other);
    }
  }
}
