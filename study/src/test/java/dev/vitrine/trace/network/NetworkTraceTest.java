package dev.vitrine.trace.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.layer.Places;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Backpropagation through whole networks, shown. */
class NetworkTraceTest {
  /** A 4×4 picture, a convolution of 2×2, a max-pool of 2×2 with stride 1, two outputs. */
  private static final Model DOCUMENT =
      Model.of(
          Sequential.of(
              Conv2d.of(1, 2),
              Activation.relu(),
              MaxPool2d.of(2).stride(1),
              Flatten.of(),
              Linear.of(2)),
          Shape.of(1, 4, 4));

  private static final Map<String, List<Double>> GIVEN =
      Map.of(
          "x",
              List.of(
                  3.0, 2.0, 5.0, 1.0, 4.0, 1.0, 7.0, 2.0, 3.0, 5.0, 0.0, 3.0, 1.0, 2.0, 3.0, 4.0),
          "conv1.weight", List.of(1.0, 0.0, 0.0, 0.0),
          "conv1.bias", List.of(0.0),
          "linear1.weight", List.of(1.0, 2.0, 3.0, 4.0, 7.0, -4.0, 0.0, 0.0),
          "linear1.bias", List.of(-59.0, 0.0));

  private static NetworkTrace document(Optional<WeightName> weight) {
    return NetworkTrace.of(
        new SmallExample(GIVEN, 0, false)
            .question("document", DOCUMENT, Loss.meanSquaredError(), weight));
  }

  private static Stage find(List<Stage> stages, String name) {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst().orElseThrow();
  }

  /** The values of the facts: maxima 4 7 5 7, and the 7 that wins twice receives 2 + 4. */
  @Test
  void theDocumentsNetworkIsTracedWhole() {
    NetworkTrace trace = document(Optional.empty());
    assertThat(find(trace.layers(), "conv1").values()).containsExactly(3, 2, 5, 4, 1, 7, 3, 5, 0);
    assertThat(find(trace.layers(), "pool1").values()).containsExactly(4, 7, 5, 7);
    assertThat(find(trace.layers(), "linear1").gradient()).containsExactly(1, 0);
    assertThat(find(trace.layers(), "pool1").gradient()).containsExactly(1, 2, 3, 4);
    assertThat(find(trace.layers(), "conv1").gradient()).containsExactly(0, 0, 0, 1, 0, 6, 0, 3, 0);
    assertThat(find(trace.parameters(), "conv1.weight").gradient()).containsExactly(61, 13, 9, 32);
    assertThat(find(trace.parameters(), "conv1.bias").gradient()).containsExactly(10);
    assertThat(NetworkDocument.of(trace, Notation.UNICODE).text())
        .contains("BP1", "BP2", "BP3", "BP4")
        .contains("δ pool1 (1, 2, 2)  from flatten1: the same numbers in another shape")
        .contains("δ conv1 (1, 3, 3)  from relu1: dx = dy·(1 where x > 0, else 0)")
        .contains("a pooling has no σ′");
    assertThat(NetworkDocument.of(trace, Notation.ASCII).text().chars()).allMatch(c -> c < 128);
  }

  @Test
  void aWeightsGradientIsItsSum() {
    WeightSum sum =
        document(Optional.of(WeightName.of("conv1.weight[0,0,0,1]"))).weight().orElseThrow();
    assertThat(sum.terms())
        .containsExactly(
            new WeightSum.Term("conv1[0,1,2]", 6, "input[0,1,3]", 2),
            new WeightSum.Term("conv1[0,1,0]", 1, "input[0,1,1]", 1));
    assertThat(sum.all()).isEqualTo(8);
    assertThat(sum.gradient()).isEqualTo(13);
    assertThat(sum.holds()).isTrue();
    assertThat(sum.quotient().orElseThrow()).isCloseTo(13, Offset.offset(1e-6));
  }

  /** Every kind of layer with parameters, weights that are permuted first, and a branch. */
  @Test
  void everySumIsTheEnginesGradient() {
    Layer network =
        Sequential.of(
            Conv2d.of(4, 3).padding(1).stride(2).groups(2),
            BatchNorm2d.of(),
            PRelu.of(),
            Residual.of(Conv2d.of(4, 3).padding(1)),
            ConvTranspose2d.of(2, 2).stride(2),
            Activation.tanh(),
            Flatten.of(),
            Linear.of(3));
    Model model =
        Model.of(
            network,
            Shape.of(2, 4, 4),
            Initializer.leCunUniform(),
            Initializer.uniform(0.5),
            Seed.of(3));
    double[] x = new double[32];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.sin(1.7 * i);
    }
    int asked = 0;
    for (Stage stage : NetworkTrace.of(question(model, x, Optional.empty())).parameters()) {
      int element = stage.values().length * 2 / 3;
      WeightName name = WeightName.of(Places.name(stage.name(), element, stage.shape()));
      WeightSum sum = NetworkTrace.of(question(model, x, Optional.of(name))).weight().orElseThrow();
      assertThat(sum.gradient()).as(sum.name()).isNotZero().isEqualTo(stage.gradient()[element]);
      assertThat(sum.holds()).as(sum.name()).isTrue();
      assertThat(sum.holdsByDifferences()).as(sum.name()).isTrue();
      for (WeightSum.Term term : sum.terms()) {
        if (!term.factor().isEmpty() && term.factor().startsWith("input")) {
          String[] index = term.factor().replaceAll("[^0-9,]", "").split(",", -1);
          int at =
              (Integer.parseInt(index[0]) * 4 + Integer.parseInt(index[1])) * 4
                  + Integer.parseInt(index[2]);
          assertThat(term.slope()).as(term.factor()).isEqualTo(x[at]);
        }
      }
      asked++;
    }
    assertThat(asked).isEqualTo(11);
  }

  private static NetworkQuestion question(Model model, double[] x, Optional<WeightName> weight) {
    return new NetworkQuestion("drawn", model, Loss.crossEntropy(), x, 1, weight);
  }

  @Test
  void whatDoesNotFitIsSaid() {
    refused(
        "A weight expects its name and index, such as conv1.weight[2,0,1,1], but got \"w\"", "w");
    refused("Unknown parameter \"conv.weight\"; did you mean \"conv1.weight\"?", "conv.weight[0]");
    refused(
        "conv1.weight: The element expects an index from 0,0,0,0 to 0,0,1,1, but got 0,0,0,2",
        "conv1.weight[0,0,0,2]");
    assertThatThrownBy(() ->
            new SmallExample(Map.of("y", List.of(1.0)), 0, false)
                .question("d", DOCUMENT, Loss.crossEntropy(), Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("The network has no \"y\": its numbers are x, t, conv1.weight");
    assertThatThrownBy(() -> question(DOCUMENT, new double[3], Optional.empty()))
        .hasMessage("The network expects 16 numbers for its input (1, 4, 4), but got 3");
  }

  private static void refused(String sentence, String weight) {
    assertThatThrownBy(() -> document(Optional.of(WeightName.of(weight))))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(sentence);
  }
}
