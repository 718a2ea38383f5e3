package dev.vitrine.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Sequential;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.summary.Convention.Flops;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each count as a formula, checked by working the formulas out. */
class PaperTest {
  /** A convolution whose published cost has a digit too many, and what it really is. */
  private static final Layer EXAMPLE =
      Sequential.of(Conv2d.of(20, 4).stride(2).padding(1), MaxPool2d.of(3).stride(1));

  private static final Shape EXAMPLE_INPUT = Shape.of(50, 12, 12);

  private static String line(Summary.Row row, String of) {
    return row.formulas().stream()
        .filter(f -> f.of().equals(of))
        .map(Formula::toString)
        .collect(Collectors.joining());
  }

  @Test
  void aWorkedExampleWithoutBiases() {
    Summary summary = Summary.of(EXAMPLE, EXAMPLE_INPUT, new Convention(false, Flops.EXACT, 1));
    assertThat(line(summary.rows().getFirst(), "forward FLOPs"))
        .isEqualTo("(4·4·50 + 4·4·50 − 1)·20·6·6 = 1,151,280");
    assertThat(line(summary.rows().getLast(), "forward FLOPs"))
        .isEqualTo("(3·3 − 1)·20·4·4 = 2,560");
    assertThat(summary.forwardFlops()).isEqualTo(1_153_840);
    assertThat(summary.rows().getFirst().biases()).isZero();
  }

  @Test
  void theSameWithBiases() {
    Summary summary = Summary.of(EXAMPLE, EXAMPLE_INPUT, new Convention(true, Flops.EXACT, 1));
    Summary.Row convolution = summary.rows().getFirst();
    assertThat(line(convolution, "· biases")).isEqualTo("20·6·6 = 720");
    assertThat(line(convolution, "forward FLOPs")).isEqualTo("1,151,280 + 720 = 1,152,000");
    assertThat(line(convolution, "output")).isEqualTo("(12 + 2·1 − 4)/2 + 1 = 6");
    assertThat(summary.forwardFlops()).isEqualTo(1_154_560);
  }

  /** A sum over n examples and positions has n products and n − 1 additions, backward too. */
  @Test
  void theGradientsOfWeightsAndBiases() {
    NetworkSpec lenet5 = Zoo.find("lenet5");
    List<Summary.Row> one =
        Summary.of(lenet5.layers(), lenet5.input(), new Convention(true, Flops.EXACT, 1)).rows();
    List<Summary.Row> many =
        Summary.of(lenet5.layers(), lenet5.input(), new Convention(true, Flops.EXACT, 32)).rows();
    assertThat(line(one.getFirst(), "· gradient of the weight"))
        .isEqualTo("(2·28·28 − 1)·5·5·1·6 = 235,050");
    assertThat(line(one.getFirst(), "· gradient of the bias")).isEqualTo("(28·28 − 1)·6 = 4,698");
    assertThat(line(many.getFirst(), "· gradient of the weight"))
        .isEqualTo("(2·32·28·28 − 1)·5·5·1·6 = 7,526,250");
    assertThat(line(many.getFirst(), "· gradient of the bias"))
        .isEqualTo("(32·28·28 − 1)·6 = 150,522");
    assertThat(line(one.getLast(), "· gradient of the weight")).isEqualTo("84·10 = 840");
    assertThat(line(one.getLast(), "· sum over the batch")).isEmpty();
    assertThat(line(many.getLast(), "· gradient of the weight"))
        .isEqualTo("(2·32 − 1)·84·10 = 52,920");
    assertThat(line(many.getLast(), "· sum over the batch")).isEqualTo("(32 − 1)·10 = 310");
  }

  /** Of a scale: products, differences, one addition less; a root, a sum and a quotient. */
  @Test
  void theGradientsOfANormalisation() {
    Layer network = Sequential.of(Conv2d.of(8, 1), BatchNorm2d.of());
    Convention four = new Convention(true, Flops.EXACT, 4);
    Summary.Row norm = Summary.of(network, Shape.of(2, 9, 9), four).rows().getLast();
    assertThat(line(norm, "· gradient of the weight")).isEqualTo("(3·4·9·9 − 1 + 3)·8 = 7,792");
    assertThat(line(norm, "· gradient of the bias")).isEqualTo("(4·9·9 − 1)·8 = 2,584");
  }

  private static List<String> lines(Layer layer, Shape input, Convention convention) {
    Summary.Row row = Summary.of(layer, input, convention).rows().getLast();
    return row.formulas().stream().map(f -> f.of() + ": " + f).toList();
  }

  private static final Convention EXACT = new Convention(true, Flops.EXACT, 1);

  /** Each of 38 channels sums the squares of 5; the two at either end lack 2 + 1 of them. */
  @Test
  void aLocalResponseNormalisation() {
    Layer network = Sequential.of(Conv2d.of(38, 1), LocalResponseNorm.of(5));
    assertThat(lines(network, Shape.of(1, 9, 9), EXACT))
        .contains(
            "forward FLOPs: (5·38 − 6 + 4·38)·9·9 = 27,216",
            "backward FLOPs: (2·(5·38 − 6) + 8·38)·9·9 = 54,432");
  }

  @Test
  void aTransposedConvolution() {
    Layer network = Sequential.of(Conv2d.of(4, 1), ConvTranspose2d.of(6, 3).stride(2).padding(1));
    assertThat(lines(network, Shape.of(1, 9, 9), Convention.ORDINARY))
        .contains(
            "output: (9 − 1)·2 + 3 − 2·1 = 17",
            "MACs: 3·3·6·4·9·9 = 17,496",
            "· gradient of the input: 2·3·3·6·4·9·9 = 34,992",
            "receptive field: 1 + (⌈3/2⌉ − 1)·1 = 2",
            "its jump: 1/2 = 0.500");
    assertThat(lines(network, Shape.of(1, 9, 9), EXACT))
        .contains("· biases: 6·17·17 = 1,734")
        .filteredOn(line -> line.startsWith("· products and sums"))
        .hasSize(1);
    Layer wide = ConvTranspose2d.of(6, 3).stride(2).dilation(2).outputPadding(1);
    assertThat(lines(wide, Shape.of(1, 9, 9), EXACT))
        .contains("output: (9 − 1)·2 + 2·(3 − 1) + 1 + 1 = 22");
  }

  @Test
  void aLearnedSlope() {
    Layer network = Sequential.of(Conv2d.of(4, 1), PRelu.of());
    assertThat(lines(network, Shape.of(1, 3, 3), EXACT))
        .contains(
            "· inputs below 0: 2·4·3·3 = 72",
            "· inputs below 0 · gradient of the output: 4·3·3 = 36",
            "· gradient of the slope: (3·3 − 1)·4 = 32");
  }

  /** Two windows of 2, and one of the element that is left. */
  @Test
  void averagesOfWindowsThatAreCutOff() {
    Layer network = Sequential.of(Conv2d.of(6, 1), AvgPool2d.of(2).ceil(true));
    assertThat(lines(network, Shape.of(1, 5, 5), EXACT))
        .contains(
            "forward FLOPs: (2·3 − 1)·(2·3 − 1)·6 = 150",
            "backward FLOPs: (2·3 − 1)·(2·3 − 1)·6 = 150");
    assertThat(lines(network, Shape.of(1, 6, 5), EXACT))
        .contains("forward FLOPs: 2·3·(2·3 − 1)·6 = 180");
    assertThat(lines(network, Shape.of(1, 6, 6), EXACT)).contains("forward FLOPs: 2·2·6·3·3 = 216");
  }

  /** Windows of 4, 5, 5, 5 and 4 cover 19. */
  @Test
  void averagesOfWindowsThatOverlap() {
    Layer network = Sequential.of(Conv2d.of(6, 1), AdaptiveAvgPool2d.of(5));
    assertThat(lines(network, Shape.of(1, 19, 19), EXACT))
        .contains(
            "forward FLOPs: (5·5 − 2)·(5·5 − 2)·6 = 3,174",
            "backward FLOPs: (5·5 − 2)·(5·5 − 2)·6 = 3,174");
  }

  @Test
  void theLastLineIsTheTotal() {
    NetworkSpec lenet5 = Zoo.find("lenet5");
    String text =
        NamedSummary.of("lenet5", "LeNet-5", lenet5.layers(), lenet5.input(), Convention.ORDINARY)
            .explanation();
    assertThat(text.lines().toList().getLast())
        .startsWith("total  61,706 parameters, 416,520 MACs, 833,040 forward FLOPs, ");
  }

  @Test
  void aConvolutionOfLeNet5() {
    Summary.Row conv2 =
        ZooFactsTest.of("lenet5").rows().stream()
            .filter(row -> row.name().equals("conv2"))
            .findFirst()
            .orElseThrow();
    assertThat(conv2.formulas().stream().map(f -> f.of() + ": " + f))
        .containsExactly(
            "parameters: (5·5·6 + 1)·16 = 2,416",
            "output: (14 − 5)/1 + 1 = 10",
            "MACs: 5·5·6·16·10·10 = 240,000",
            "forward FLOPs: 2·5·5·6·16·10·10 = 480,000",
            "· gradient of the input: 2·5·5·6·16·10·10 = 480,000",
            "· gradient of the weight: 2·10·10·5·5·6·16 = 480,000",
            "backward FLOPs: 480,000 + 480,000 = 960,000",
            "activations: 4·16·10·10 = 6,400 B",
            "receptive field: 6 + (5 − 1)·2 = 14",
            "its jump: 2·1 = 2",
            "intensity: 480,000/(4·(1,176 + 2,416 + 1,600)) = 23.1 FLOP/B");
  }

  /** The layers that no network of the zoo has. */
  private static final String OTHERS =
      """
      {"name": "others", "input": [4, 9, 9],
       "layers": [
         {"convtranspose2d": 6, "kernel": 3, "stride": 2}, "prelu", {"slice": 0, "to": 4},
         {"conv2d": 4, "groups": 2, "padding": "same"}, "batchnorm", "gelu", "silu",
         {"gelu": true, "approximate": "tanh"}, {"clip": [-1, 1]}, {"permute": [1, 0, 2]},
         {"residual": [{"conv2d": 19, "kernel": 1}, {"elu": 1}]}, {"zeropad2d": 1}, {"lrn": 3},
         {"parallel": [["identity"], ["softplus"]]}, {"adaptiveavgpool2d": 3}, "sigmoid",
         {"dropout2d": 0.5}, "flatten", {"leaky_relu": 0.1}, {"linear": 3}, "tanh"]}
      """;

  /** Windows that differ down and to the right. */
  private static final String UNEQUAL =
      """
      {"name": "unequal", "input": [3, 12, 15],
       "layers": [
         {"conv2d": 4, "kernel": [1, 7]}, {"conv2d": 6, "kernel": [7, 1], "padding": [3, 0], "stride": [2, 1]},
         {"maxpool2d": [2, 3], "stride": [1, 2], "padding": [1, 0], "ceil": true},
         {"conv2d": 4, "kernel": [3, 2], "dilation": [1, 2], "padding": [1, 0, 2, 1]},
         {"avgpool2d": [3, 1], "stride": [2, 1], "padding": [1, 0], "count_padding": false},
         {"convtranspose2d": 4, "kernel": [1, 3], "stride": [1, 2], "output_padding": [0, 1]},
         {"maxpool2d": 2, "dilation": [1, 2]}, "flatten", {"linear": 3}]}
      """;

  @Test
  void eachAxisHasItsOwnFormula() {
    Layer network = NetworkFile.parse(Json.parse(UNEQUAL, "unequal.json")).layers();
    Summary.Row conv2 = Summary.of(network, Shape.of(3, 12, 15)).rows().get(1);
    assertThat(conv2.layer()).isEqualTo("Conv2d(6, 7×1, stride 2×1, padding 3×0)");
    assertThat(conv2.formulas().stream().map(f -> f.of() + ": " + f))
        .contains(
            "parameters: (7·1·4 + 1)·6 = 174",
            "output, height: ⌊(12 + 2·3 − 7)/2⌋ + 1 = 6",
            "output, width: (9 − 1)/1 + 1 = 9",
            "MACs: 7·1·4·6·6·9 = 9,072",
            "receptive field, height: 1 + (7 − 1)·1 = 7",
            "receptive field, width: 7 + (1 − 1)·1 = 7",
            "its jump, height: 1·2 = 2",
            "its jump, width: 1·1 = 1");
  }

  static Stream<Arguments> everything() {
    List<Convention> conventions =
        List.of(
            Convention.ORDINARY,
            new Convention(true, Flops.EXACT, 1),
            new Convention(false, Flops.EXACT, 3));
    NetworkSpec others = NetworkFile.parse(Json.parse(OTHERS, "others.json"));
    NetworkSpec unequal = NetworkFile.parse(Json.parse(UNEQUAL, "unequal.json"));
    return Stream.concat(Zoo.all().stream(), Stream.of(others, unequal))
        .flatMap(spec -> conventions.stream().map(c -> Arguments.of(spec, c)));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void everyFormulaComesToItsValueAndItsRowsCount(NetworkSpec spec, Convention convention) {
    for (Summary.Row row : Summary.of(spec.layers(), spec.input(), convention).rows()) {
      for (Formula formula : row.formulas()) {
        assertThat(new PaperReader(formula.text()).value())
            .as("%s of %s of %s", formula, row.name(), spec.name())
            .isEqualTo(formula.value());
      }
      Map<String, Double> counts =
          row.formulas().stream()
              .collect(Collectors.toMap(Formula::of, Formula::value, (a, b) -> a));
      assertThat(counts.getOrDefault("parameters", 0.0)).isEqualTo(row.parameters());
      assertThat(counts.getOrDefault("MACs", 0.0)).isEqualTo(row.macs());
      assertThat(counts.getOrDefault("forward FLOPs", 0.0))
          .isEqualTo(convention.flops(row.forward()));
      assertThat(counts.getOrDefault("backward FLOPs", 0.0))
          .as(row.name())
          .isEqualTo(convention.flops(row.backward()));
      assertThat(counts.getOrDefault("activations", 0.0)).isEqualTo(row.activationBytes());
    }
  }
}
