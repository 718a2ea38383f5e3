package dev.vitrine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Outputs of layers that can be worked out by hand. */
class LayersTest {
  private static final Shape PLANE = Shape.of(1, 3, 3);
  private static final double[] ONE_TO_NINE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  private final Interpreter numbers = new Interpreter(1);

  private double[] output(Layer layer, Shape shape, Shape expected, double... x) {
    Graph graph = new Graph();
    Value y = layer.apply(new NetworkBuilder(graph, Mode.TRAINING), graph.input("x", shape));
    assertThat(y.shape()).isEqualTo(expected);
    return numbers.input("x", x).run(graph).of(y, 0);
  }

  @Test
  void globalMean() {
    assertThat(output(GlobalAvgPool2d.of(), PLANE, Shape.of(1, 1, 1), ONE_TO_NINE))
        .containsExactly(5);
  }

  /** PyTorch's bins of 3 in 2 are elements 0–1 and 1–2. */
  @Test
  void adaptiveMeans() {
    assertThat(output(AdaptiveAvgPool2d.of(2), PLANE, Shape.of(1, 2, 2), ONE_TO_NINE))
        .containsExactly(3, 4, 6, 7);
  }

  @Test
  void adaptiveMeansOfMoreThanThereIs() {
    assertThat(output(AdaptiveAvgPool2d.of(1, 3), Shape.of(1, 1, 2), Shape.of(1, 1, 3), 2, 6))
        .containsExactly(2, 4, 6);
  }

  /** TensorFlow's SAME of 3 by steps of 2 with a 2×2 kernel pads one zero after. */
  @Test
  void sameConvolution() {
    numbers.parameter("weight", 1, 1, 1, 1);
    Layer sum = Conv2d.of(1, 2).stride(2).same(true).bias(false);
    assertThat(output(sum, PLANE, Shape.of(1, 2, 2), ONE_TO_NINE)).containsExactly(12, 9, 15, 9);
  }

  @Test
  void sameMeanLeavesPaddingOut() {
    Layer mean = AvgPool2d.of(2).same(true).countPadding(false);
    assertThat(output(mean, PLANE, Shape.of(1, 2, 2), ONE_TO_NINE)).containsExactly(3, 4.5, 7.5, 9);
  }

  @Test
  void unevenPadding() {
    Layer largest = MaxPool2d.of(2).padding(1, 0, 0, 1);
    assertThat(output(largest, PLANE, Shape.of(1, 2, 2), ONE_TO_NINE)).containsExactly(2, 3, 8, 9);
  }

  /** The corners of the plane, two apart. */
  @Test
  void dilatedPoolings() {
    double[] x = {1, 9, 2, 9, 9, 9, 3, 9, 4};
    assertThat(output(MaxPool2d.of(2).stride(1).dilation(2), PLANE, Shape.of(1, 1, 1), x))
        .containsExactly(4);
    assertThat(output(AvgPool2d.of(2, 1).dilation(2, 1), PLANE, Shape.of(1, 1, 3), x))
        .containsExactly(2, 9, 3);
  }

  @Test
  void rowsAndColumns() {
    numbers.parameter("weight", 1, 1, 1);
    Layer rows = Conv2d.of(1, 1, 3).bias(false);
    assertThat(output(rows, PLANE, Shape.of(1, 3, 1), ONE_TO_NINE)).containsExactly(6, 15, 24);
  }

  @Test
  void paddingAboveAndBelowAlone() {
    numbers.parameter("weight", 1, 1, 1);
    Layer columns = Conv2d.of(1, 3, 1).padding(1, 0).stride(2, 1).bias(false);
    assertThat(output(columns, PLANE, Shape.of(1, 2, 3), ONE_TO_NINE))
        .containsExactly(5, 7, 9, 11, 13, 15);
  }

  @Test
  void poolingsOfRows() {
    assertThat(output(MaxPool2d.of(1, 3), PLANE, Shape.of(1, 3, 1), ONE_TO_NINE))
        .containsExactly(3, 6, 9);
    assertThat(output(AvgPool2d.of(3, 1), PLANE, Shape.of(1, 1, 3), ONE_TO_NINE))
        .containsExactly(4, 5, 6);
  }

  /** Rows three apart with one left open at the bottom; columns overlap. */
  @Test
  void transposedConvolutionOfUnequalStrides() {
    numbers.parameter("weight", 1, 10);
    Layer layer = ConvTranspose2d.of(1, 1, 2).stride(2, 1).outputPadding(1, 0).bias(false);
    assertThat(output(layer, Shape.of(1, 1, 2), Shape.of(1, 2, 3), 1, 2))
        .containsExactly(1, 12, 20, 0, 0, 0);
  }

  /** Each element stamps its multiple of the kernel, two apart; a bias is added to all. */
  @Test
  void transposedConvolution() {
    numbers.parameter("weight", 1, 10, 100, 1000).parameter("bias", 0.5);
    Layer layer = ConvTranspose2d.of(1, 2).stride(2).outputPadding(1);
    assertThat(output(layer, Shape.of(1, 1, 2), Shape.of(1, 3, 5), 1, 2))
        .containsExactly(
            1.5, 10.5, 2.5, 20.5, 0.5, 100.5, 1000.5, 200.5, 2000.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
  }

  /** Where stamps overlap they add up, and padding cuts the border off. */
  @Test
  void transposedConvolutionWithPadding() {
    numbers.parameter("weight", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    Layer layer = ConvTranspose2d.of(1, 3).padding(1).bias(false);
    assertThat(output(layer, Shape.of(1, 2, 2), Shape.of(1, 2, 2), 1, 10, 100, 1000))
        .containsExactly(
            5 + 40 + 200 + 1000, 6 + 50 + 300 + 2000, 8 + 70 + 500 + 4000, 9 + 80 + 600 + 5000);
  }

  @Test
  void zerosAround() {
    assertThat(output(ZeroPad1d.of(1, 2), Shape.of(2), Shape.of(5), 3, 4))
        .containsExactly(0, 3, 4, 0, 0);
    assertThat(output(ZeroPad2d.of(1, 0, 0, 2), Shape.of(1, 1, 2), Shape.of(1, 2, 4), 1, 2))
        .containsExactly(0, 0, 0, 0, 1, 2, 0, 0);
  }

  @Test
  void axesInAnotherOrder() {
    double[] x = {0, 1, 2, 10, 11, 12};
    assertThat(output(Permute.of(2, 0, 1), Shape.of(2, 1, 3), Shape.of(3, 2, 1), x))
        .containsExactly(0, 10, 1, 11, 2, 12);
  }

  @Test
  void aSliceIsFromAnElementToBeforeAnother() {
    assertThat(output(Slice.of(1, 1, 3), PLANE, Shape.of(1, 2, 3), ONE_TO_NINE))
        .containsExactly(4, 5, 6, 7, 8, 9);
    assertThat(output(Slice.of(2, 0, 1), PLANE, Shape.of(1, 3, 1), ONE_TO_NINE))
        .containsExactly(1, 4, 7);
  }

  /** As ONNX defines {@code approximate="tanh"}. */
  @Test
  void geluWithATanh() {
    double[] x = {-20, -3, -1, 0, 1, 3, 20};
    double[] expected =
        Arrays.stream(x)
            .map(v -> v / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v))))
            .toArray();
    assertThat(output(Activation.geluTanh(), Shape.of(7), Shape.of(7), x))
        .containsExactly(expected, offset(1e-14));
    assertThat(expected[4]).isCloseTo(0.841192, offset(1e-6));
  }

  @Test
  void slopesOfChannels() {
    numbers.parameter("weight", 0.5, -1);
    assertThat(output(PRelu.of(), Shape.of(2, 1, 2), Shape.of(2, 1, 2), 1, -4, 0, -3))
        .containsExactly(1, -2, -0.0, 3);
  }

  @Test
  void slopesStartAtAQuarter() {
    Model model =
        Model.of(
            Sequential.of(Linear.of(3), PRelu.of()),
            Shape.of(4),
            Initializer.constant(7),
            Initializer.constant(8),
            Seed.of(1));
    assertThat(model.parameters().get("prelu1.weight")).containsExactly(0.25f, 0.25f, 0.25f);
    assertThat(model.parameters().get("linear1.bias")).containsOnly(8);
  }

  @Test
  void aProjectionBesideTheBody() {
    numbers.parameter("body.weight", 10).parameter("shortcut.weight", 1);
    Conv2d pick = Conv2d.of(1, 1).stride(2).bias(false);
    assertThat(output(Residual.of(pick, pick), PLANE, Shape.of(1, 2, 2), ONE_TO_NINE))
        .containsExactly(11, 33, 77, 99);
  }

  /** Each channel is dropped or kept as a whole; about as many are kept as the rate says. */
  @Test
  void wholeChannelsAreDropped() {
    int channels = 400;
    double[] ones = new double[channels * 6];
    Arrays.fill(ones, 1);
    Shape shape = Shape.of(channels, 2, 3);
    double[] y = output(Dropout2d.of(0.25), shape, shape, ones);
    long kept =
        IntStream.range(0, channels)
            .filter(c -> {
              Set<Double> plane = new HashSet<>();
              Arrays.stream(y, 6 * c, 6 * c + 6).forEach(plane::add);
              assertThat(plane).hasSize(1).isSubsetOf(0.0, 1 / 0.75);
              return plane.contains(1 / 0.75);
            })
            .count();
    assertThat(kept).isBetween(260L, 340L);
  }

  @Test
  void nothingIsDroppedInInference() {
    Graph graph = new Graph();
    Value x = graph.input("x", Shape.of(3, 2, 2));
    assertThat(Dropout2d.of(0.5).apply(new NetworkBuilder(graph, Mode.INFERENCE), x)).isSameAs(x);
  }

  @Test
  void layersReadAsTheyAreTyped() {
    assertThat(Conv2d.of(8, 3).stride(2).same(true)).hasToString("Conv2d(8, 3×3, stride 2, same)");
    assertThat(Conv2d.of(8, 3).padding(0, 1, 2, 3)).hasToString("Conv2d(8, 3×3, padding 0+1×2+3)");
    assertThat(MaxPool2d.of(2).same(true)).hasToString("MaxPool2d(2×2, stride 2, same)");
    assertThat(ConvTranspose2d.of(4, 3).stride(2).outputPadding(1).bias(false))
        .hasToString("ConvTranspose2d(4, 3×3, stride 2, outputPadding 1, no bias)");
    assertThat(Conv2d.of(4, 1, 7).stride(2, 1).padding(0, 3).dilation(1, 2))
        .hasToString("Conv2d(4, 1×7, stride 2×1, dilation 1×2, padding 0×3)");
    assertThat(MaxPool2d.of(1, 3).dilation(2))
        .hasToString("MaxPool2d(1×3, stride 1×3, dilation 2)");
    assertThat(AvgPool2d.of(2).stride(1, 2)).hasToString("AvgPool2d(2×2, stride 1×2)");
    assertThat(ConvTranspose2d.of(4, 3).stride(2, 3).outputPadding(0, 2))
        .hasToString("ConvTranspose2d(4, 3×3, stride 2×3, outputPadding 0×2)");
    assertThat(Activation.clip(-1, 0.5)).hasToString("Clip(-1.0, 0.5)");
    assertThat(Residual.of(Linear.of(2), Linear.of(2).bias(false)))
        .hasToString("Residual(Linear(2), shortcut Linear(2, no bias))");
  }
}
