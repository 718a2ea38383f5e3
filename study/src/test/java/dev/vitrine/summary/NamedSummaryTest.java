package dev.vitrine.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.atIndex;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.nn.Auxiliary;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Sequential;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.op.Cost;
import dev.vitrine.summary.Convention.Flops;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class NamedSummaryTest {
  private static NamedSummary of(String model, Convention convention) {
    NetworkSpec spec = Zoo.find(model);
    return NamedSummary.of(spec.name(), spec.title(), spec.layers(), spec.input(), convention);
  }

  private static NamedSummary of(String model) {
    return of(model, Convention.ORDINARY);
  }

  @Test
  void theBackwardPassIsReadOffTheGraph() {
    Summary exact = of("lenet", new Convention(true, Flops.EXACT, 1)).summary();
    // No gradient of the image: dw has 576 products and 575 additions for each weight, db 575.
    assertThat(exact.rows().getFirst().backward())
        .isEqualTo(new Cost(288_000, 288_000, 500 * 575 + 20 * 575, 0, 0));
    // conv2: dx as many products as y, dw likewise, db the sum of dy.
    assertThat(exact.rows().get(2).backward().macs()).isEqualTo(2 * 1_600_000);
    assertThat(of("lenet").summary().backwardFlops())
        .isEqualTo(2 * 288_000 + 4 * (1_600_000 + 400_000 + 5_000));
  }

  /** The additions and the gradients of biases, and nothing else. */
  @Test
  void withoutBiasesIsAsIfThereWereNone() {
    Convention without = new Convention(false, Flops.EXACT, 2);
    Layer some =
        Sequential.of(
            ConvTranspose2d.of(3, 3).stride(2),
            PRelu.of(),
            Conv2d.of(4, 3),
            Flatten.of(),
            Linear.of(5));
    Layer none =
        Sequential.of(
            ConvTranspose2d.of(3, 3).stride(2).bias(false),
            PRelu.of(),
            Conv2d.of(4, 3).bias(false),
            Flatten.of(),
            Linear.of(5).bias(false));
    List<Summary.Row> rows = Summary.of(some, Shape.of(2, 6, 6), without).rows();
    List<Summary.Row> expected = Summary.of(none, Shape.of(2, 6, 6), without).rows();
    assertThat(rows).extracting(Summary.Row::backward).doesNotContain(Cost.ZERO, atIndex(1));
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).forward()).isEqualTo(expected.get(i).forward());
      assertThat(rows.get(i).backward()).isEqualTo(expected.get(i).backward());
      assertThat(rows.get(i).parameters()).isEqualTo(expected.get(i).parameters());
    }
  }

  @Test
  void aBatchMultipliesWhatDependsOnTheExamples() {
    Summary one = of("lenet").summary();
    Summary many = of("lenet", new Convention(true, Flops.EXACT, 32)).summary();
    assertThat(many.macs()).isEqualTo(32 * one.macs());
    assertThat(many.activationBytes()).isEqualTo(32 * one.activationBytes());
    assertThat(many.parameters()).isEqualTo(one.parameters());
    Summary.Row conv1 = many.rows().getFirst();
    assertThat(conv1.movedBytes()).isEqualTo(4 * (32 * (784 + 20 * 24 * 24) + 520));
    assertThatThrownBy(() -> new Convention(true, Flops.EXACT, 0))
        .isInstanceOf(UserException.class)
        .hasMessage("The batch expects 1 to 1,000,000 examples, but got 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 100, 120, 200})
  void noLineIsWiderThanTheTerminal(int width) {
    for (String model : List.of("lenet", "vgg19", "alexnet-torchvision")) {
      String text = TableText.render(of(model).table(), width);
      assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(width + 1));
      assertThat(text.lines().filter(line -> line.startsWith("total")).count())
          .as("pieces")
          .isBetween(1L, 5L);
    }
  }

  @Test
  void comparedNetworksAreSortedAndSpokenOf() {
    Comparison comparison = new Comparison(List.of(of("lenet"), of("squeezenet"), of("vgg16")));
    assertThat(comparison.table().rows())
        .extracting(List::getFirst)
        .containsExactly("VGG-16", "SqueezeNet 1.1", "LeNet");
    assertThat(comparison.sentences())
        .containsExactly(
            "VGG-16 holds 89 % of its parameters in three dense layers, but does 99.2 % of its MACs"
                + " in 13 convolutions.",
            "SqueezeNet 1.1 holds all of its parameters and does all of its MACs in 26"
                + " convolutions.",
            "LeNet holds 94 % of its parameters in two dense layers, but does 82 % of its MACs in"
                + " two convolutions.",
            "VGG-16 has 320 times the parameters of LeNet, and 6,700 times its MACs.");
  }

  private static List<String> compared(String... models) {
    return new Comparison(Stream.of(models).map(NamedSummaryTest::of).toList()).sentences();
  }

  @Test
  void equalNetworksHaveAsMany() {
    assertThat(compared("vgg11", "vgg11-lrn").getLast())
        .endsWith(
            " has as many parameters as %s, and as many MACs.".formatted(of("vgg11-lrn").title()));
    assertThat(compared("vgg16-bn", "vgg16").getLast())
        .contains(" has about as many parameters as VGG-16, and as many MACs.");
  }

  @Test
  void headsOfTrainingDoNoMacs() {
    assertThat(compared("googlenet-aux").getFirst()).endsWith(" of its MACs in 57 convolutions.");
    Layer few =
        Sequential.of(
            Conv2d.of(8, 3), Auxiliary.of(Conv2d.of(8, 3), 0.3), Flatten.of(), Linear.of(1));
    NamedSummary network =
        NamedSummary.of("few", "Few", few, Shape.of(8, 6, 6), Convention.ORDINARY);
    assertThat(new Comparison(List.of(network)).sentences().getFirst())
        .contains(" of its parameters in two convolutions and does ")
        .endsWith(" of its MACs in one of them.");
  }

  /** As a script reads them. */
  @Test
  void wholeValuesOfFormulasHaveNoPoint() {
    String json = Json.line(of("alexnet").json(/* explain= */ true));
    assertThat(json).contains("105415200").doesNotContainPattern("\\d\\.\\d+E\\d");
  }

  @Test
  void roundingNeverSaysAll() {
    assertThat(new Comparison(List.of(of("resnet18"))).sentences())
        .containsExactly(
            "ResNet-18 holds 96 % of its parameters and does 99.9 % of its MACs in 20"
                + " convolutions.");
  }

  @Test
  void markdownAndCsv() {
    Table table = of("linear").table();
    assertThat(table.markdown().lines())
        .containsExactly(
            "| layer |  | input | output | weight | weights | biases | parameters | MACs | FLOPs"
                + " forward | FLOPs backward | activation B | field | jump | FLOP/B |",
            "| --- | --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---:"
                + " | ---: | ---: |",
            "| flatten1 | Flatten | 1×28×28 | 784 |  | – | – | – | – | – | – | – | 1 | 1 | – |",
            "| linear1 | Linear(10) | 784 | 10 | 10×784 | 7,840 | 10 | 7,850 | 7,840 | 15,680 |"
                + " 15,680 | 40 | all | – | 0.453 |",
            "| **total** |  |  |  |  | **7,840** | **10** | **7,850** | **7,840** | **15,680** |"
                + " **15,680** | **40** |  |  | **0.453** |");
    assertThat(of("lenet5").table().csv().lines())
        .hasSize(13)
        .startsWith(
            "layer,type,input,output,weight,weights,biases,parameters,macs,flops_forward,"
                + "flops_backward,activation_bytes,field,jump,flops_per_byte",
            "conv1,\"Conv2d(6, 5×5)\",1×32×32,6×28×28,6×1×5×5,150,6,156,117600,235200,235200,18816,"
                + "5,1,9.99320");
  }

  @Test
  void aPageIsWellFormedAndHoldsEveryLayer() throws Exception {
    String html = SummaryPage.html(List.of(of("lenet"), of("googlenet")), true);
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(html.substring(html.indexOf('\n')))));
    assertThat(page.getElementsByTagName("table").getLength()).isEqualTo(3);
    int layers = of("lenet").summary().rows().size() + of("googlenet").summary().rows().size();
    assertThat(page.getElementsByTagName("tr").getLength()).isEqualTo(layers + 2 + 3 + 2);
    assertThat(html).contains("6,998,552").contains("(5·5·20 + 1)·50 = 25,050");
  }

  @Test
  void whatDoesNotFitNamesItsLayer() {
    Layer network = Sequential.of(Conv2d.of(2, 5), Conv2d.of(2, 5), Linear.of(3));
    assertThatThrownBy(() -> Summary.of(network, Shape.of(1, 8, 8)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Layer conv2 does not fit a network input of (1, 8, 8): Convolution(5×5)"
                + " expects an input of at least 5×5 with its padding, but got"
                + " (2, 4, 4): use a smaller kernel or more padding");
    assertThatThrownBy(() -> Summary.of(network, Shape.of(1, 9, 9)))
        .hasMessage(
            "Layer linear1 does not fit a network input of (1, 9, 9): Linear(3) expects a vector,"
                + " but its input is (2, 1, 1): put Flatten before it");
  }
}
