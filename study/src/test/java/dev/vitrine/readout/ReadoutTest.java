package dev.vitrine.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.metrics.Guess;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.plan.Compute;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReadoutTest {
  private static Compute compute;

  @BeforeAll
  static void start() {
    compute = Compute.of(1);
  }

  @AfterAll
  static void stop() {
    compute.close();
  }

  /** A 1 × 1 convolution to two channels, 2x and −x + 1, then a rectifier, and on. */
  private static Model model() {
    Layer layers =
        Sequential.of(
            Conv2d.of(2, 1),
            Activation.relu(),
            Residual.of(Sequential.of(Activation.relu())),
            Dropout.of(0.5),
            Flatten.of(),
            Linear.of(3));
    Model model = Model.of(layers, Shape.of(1, 2, 2));
    model.parameters().set("conv1.weight", new float[] {2, -1});
    model.parameters().set("conv1.bias", new float[] {0, 1});
    float[] weights = new float[24];
    weights[0] = 1;
    weights[8 + 1] = 1;
    model.parameters().set("linear1.weight", weights);
    model.parameters().set("linear1.bias", new float[] {0, 0, 0.5f});
    return model;
  }

  private static float[] read(String layer) {
    return Readout.of(model(), layer, compute).read(1, 2, 3, 0);
  }

  @Test
  void everyLayerIsReadByItsPath() {
    assertThat(read("conv1")).containsExactly(2, 4, 6, 0, 0, -1, -2, 1);
    assertThat(read("relu1")).containsExactly(2, 4, 6, 0, 0, 0, 0, 1);
    assertThat(read("residual1.body.relu1")).containsExactly(2, 4, 6, 0, 0, 0, 0, 1);
    assertThat(read("residual1")).containsExactly(4, 8, 12, 0, 0, 0, 0, 2);
    assertThat(read("linear1")).containsExactly(4, 8, 0.5f);
    Readout conv = Readout.of(model(), "conv1", compute);
    assertThat(conv.shape()).isEqualTo(Shape.of(2, 2, 2));
    assertThat(conv.layer()).startsWith("Conv2d(2, 1");
  }

  @Test
  void whatCannotBeRead() {
    assertThatThrownBy(() -> read("con1"))
        .isInstanceOf(UserException.class)
        .hasMessage("Unknown layer 'con1'; did you mean 'conv1'?");
    assertThatThrownBy(() -> read("dropout1"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The layer 'dropout1', Dropout(0.5), passes its input on when a trained network is"
                + " used: read the layer before it");
  }

  private static void assertRefused(Layer layers, String path, String sentence) {
    Model model = Model.of(layers, Shape.of(1, 2, 2));
    assertThatThrownBy(() -> Readout.of(model, path, compute))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }

  @Test
  void nothingLiesBeforeTheFirstLayer() {
    Layer first = Residual.of(Sequential.of(Dropout.of(0.5), Conv2d.of(1, 1), Dropout.of(0.5)));
    assertRefused(
        Sequential.of(first),
        "residual1.body.dropout1",
        "The layer 'residual1.body.dropout1', Dropout(0.5), passes its input on when a trained"
            + " network is used: that is the picture itself, so read a later layer");
    assertRefused(
        Sequential.of(first),
        "residual1.body.dropout2",
        "The layer 'residual1.body.dropout2', Dropout(0.5), passes its input on when a trained"
            + " network is used: read the layer before it");
  }

  @Test
  void ofManyLayersAFewAreNamed() {
    Layer[] many = new Layer[20];
    Arrays.fill(many, Conv2d.of(1, 1));
    Layer layers = Sequential.of(many);
    assertRefused(
        layers,
        "pool",
        "Unknown layer 'pool'; known: conv1, conv2, conv3, conv4, conv5, conv6, conv7, conv8, and"
            + " 12 more; 'vitrine summary RUN' lists them");
    assertRefused(
        layers,
        "pool.conv1",
        "Unknown layer 'pool.conv1'; known: conv1, conv2, conv3,"
            + " conv4, conv5, conv6, conv7, conv8, and 12 more; 'vitrine summary RUN' lists them");
    assertRefused(
        Sequential.of(Residual.of(layers)),
        "residual1.conv7",
        "Unknown layer 'residual1.conv7'; did you mean 'residual1.body.conv7'?");
  }

  @Test
  void classesComeWithProbabilitiesTheMostLikelyFirst() {
    Classifier classifier = Classifier.of(model(), compute);
    List<Guess> guesses = classifier.classify(1, 2, 3, 0);
    double sum = Math.exp(4) + Math.exp(8) + Math.exp(0.5);
    assertThat(guesses).extracting(Guess::index).containsExactly(1, 0, 2);
    assertThat(guesses.getFirst().probability()).isCloseTo(Math.exp(8) / sum, within(1e-15));
    assertThat(guesses.getLast().probability()).isCloseTo(Math.exp(0.5) / sum, within(1e-15));
    assertThat(classifier.classes()).isEqualTo(3);
    assertThat(Classifier.softmax(1e30f, -1e30f, 1e30f)).containsExactly(0.5, 0, 0.5);
    assertThatThrownBy(() -> classifier.classify(Float.NaN, 0, 0, 0))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("The network's output is not finite (NaN): ");
  }

  @Test
  void aNetworkWithoutAVectorIsNoClassifier() {
    Model model = Model.of(Sequential.of(Conv2d.of(2, 1)), Shape.of(1, 2, 2));
    assertThatThrownBy(() -> Classifier.of(model, compute))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "A classifier ends in one number for each class, but the network's output is (2, 2, 2)");
  }

  @Test
  void channelsAreChosenInTheirOrder() {
    Maps maps = Maps.of("conv1", Shape.of(3, 1, 2), 0, 1, 2, 3, 4, 5);
    Maps some = maps.select(List.of(2, 0));
    assertThat(some.shape()).isEqualTo(Shape.of(2, 1, 2));
    assertThat(some.values()).containsExactly(4, 5, 0, 1);
    assertThat(some.map(1)).containsExactly(0, 1);
    assertThatThrownBy(() -> maps.select(List.of(1, 3)))
        .isInstanceOf(UserException.class)
        .hasMessage("The layer 'conv1' has channels 0 to 2, but channel 3 was asked for");
    assertThat(Maps.Statistics.of(-1, 5, 2)).isEqualTo(new Maps.Statistics(-1, 2, 5));
  }

  @Test
  void rowsAreFilled() {
    int[] counts = {1, 2, 3, 6, 7, 16, 20, 50, 64, 96, 256, 384};
    int[] columns = Arrays.stream(counts).map(MapSheet::columnsFor).toArray();
    assertThat(columns).containsExactly(1, 2, 3, 3, 3, 4, 5, 10, 8, 12, 16, 24);
  }
}
