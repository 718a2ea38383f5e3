package dev.vitrine.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Softmax;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read of a network that can be worked out by hand. */
class PredictorTest {
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
    try (Predictor predictor = Predictor.of(model())) {
      return predictor.layer(layer).read(1, 2, 3, 0);
    }
  }

  @Test
  void everyLayerIsReadByItsPath() {
    assertThat(read("conv1")).containsExactly(2, 4, 6, 0, 0, -1, -2, 1);
    assertThat(read("relu1")).containsExactly(2, 4, 6, 0, 0, 0, 0, 1);
    assertThat(read("residual1.body.relu1")).containsExactly(2, 4, 6, 0, 0, 0, 0, 1);
    assertThat(read("residual1")).containsExactly(4, 8, 12, 0, 0, 0, 0, 2);
    assertThat(read("linear1")).containsExactly(4, 8, 0.5f);
    try (Predictor predictor = Predictor.of(model())) {
      LayerOutput conv = predictor.layer("conv1");
      assertThat(conv.shape()).isEqualTo(Shape.of(2, 2, 2));
      assertThat(conv.text()).startsWith("Conv2d(2, 1");
      assertThat(conv.path()).isEqualTo("conv1");
      assertThat(predictor.output().read(1, 2, 3, 0)).containsExactly(read("linear1"));
    }
  }

  @Test
  void whatCannotBeRead() {
    assertThatThrownBy(() -> read("con1"))
        .isInstanceOf(UserException.class)
        .hasMessage("Unknown layer \"con1\"; did you mean \"conv1\"?");
    assertThatThrownBy(() -> read("dropout1"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The layer \"dropout1\", Dropout(0.5), passes its input on when a trained network is"
                + " used: read the layer before it");
  }

  private static void assertRefused(Layer layers, String path, String sentence) {
    Model model = Model.of(layers, Shape.of(1, 2, 2));
    try (Predictor predictor = Predictor.of(model)) {
      assertThatThrownBy(() -> predictor.layer(path))
          .isInstanceOf(UserException.class)
          .hasMessage(sentence);
    }
  }

  @Test
  void nothingLiesBeforeTheFirstLayer() {
    Layer first = Residual.of(Sequential.of(Dropout.of(0.5), Conv2d.of(1, 1), Dropout.of(0.5)));
    assertRefused(
        Sequential.of(first),
        "residual1.body.dropout1",
        "The layer \"residual1.body.dropout1\", Dropout(0.5), passes its input on when a trained"
            + " network is used: that is the network's input itself, so read a later layer");
    assertRefused(
        Sequential.of(first),
        "residual1.body.dropout2",
        "The layer \"residual1.body.dropout2\", Dropout(0.5), passes its input on when a trained"
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
        "Unknown layer \"pool\"; known: conv1, conv2, conv3, conv4, conv5, conv6, conv7, conv8, and"
            + " 12 more");
    assertRefused(
        layers,
        "pool.conv1",
        "Unknown layer \"pool.conv1\"; known: conv1, conv2, conv3,"
            + " conv4, conv5, conv6, conv7, conv8, and 12 more");
    assertRefused(
        Sequential.of(Residual.of(layers)),
        "residual1.conv7",
        "Unknown layer \"residual1.conv7\"; did you mean \"residual1.body.conv7\"?");
  }

  @Test
  void classesComeWithProbabilitiesTheMostLikelyFirst() {
    try (Predictor predictor = Predictor.of(model())) {
      List<Guess> guesses = predictor.top(3, 1, 2, 3, 0);
      double sum = Math.exp(4) + Math.exp(8) + Math.exp(0.5);
      assertThat(guesses).extracting(Guess::index).containsExactly(1, 0, 2);
      assertThat(guesses.getFirst().probability()).isCloseTo(Math.exp(8) / sum, within(1e-15));
      assertThat(guesses.getLast().probability()).isCloseTo(Math.exp(0.5) / sum, within(1e-15));
      assertThat(predictor.classes()).isEqualTo(3);
      assertThat(predictor.top(1, 1, 2, 3, 0)).containsExactly(guesses.getFirst());
      assertThat(Probabilities.softmax(1e30f, -1e30f, 1e30f)).containsExactly(0.5, 0, 0.5);
      assertThat(Probabilities.ranked(0.25, 0.5, 0.25))
          .extracting(Guess::index)
          .containsExactly(1, 0, 2);
      assertThatThrownBy(() -> predictor.top(1, Float.NaN, 0, 0, 0))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "The network's output is not finite (NaN), as number 1 of its input is NaN: give finite ones");
      for (int k : new int[] {0, 4}) {
        assertThatThrownBy(() -> predictor.top(k, 1, 2, 3, 0))
            .isInstanceOf(UserException.class)
            .hasMessage("The most likely classes are 1 to 3, the number of classes, but got %d", k);
      }
    }
  }

  @Test
  void aLayerThatIsNotFiniteIsNamed() {
    Model model = model();
    model.parameters().set("linear1.bias", new float[] {0, Float.POSITIVE_INFINITY, 0});
    try (Predictor predictor = Predictor.of(model)) {
      assertNotFinite(predictor, "Infinity", "linear1", 1, 2, 3, 0);
      assertNotFinite(predictor, "Infinity", "conv1", 3e38f, 0, 0, 0);
    }
  }

  private static void assertNotFinite(
      Predictor predictor, String number, String layer, float... input) {
    assertThatThrownBy(() -> predictor.probabilities(input))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The network's output is not finite (%s), from the layer \"%s\" on: it diverged in training, or this is not its preprocessing",
            number, layer);
  }

  /** Those of a network that ends in a softmax are its output. */
  @Test
  void aSoftmaxAtTheEndIsNotTakenTwice() {
    Layer softmax = (network, x) -> network.apply(new Softmax(), x);
    Model model = Model.of(Sequential.of(softmax), Shape.of(2));
    try (Predictor predictor = Predictor.of(model)) {
      assertThat(predictor.probabilities(0, (float) Math.log(3)))
          .containsExactly(new double[] {0.25, 0.75}, within(1e-6));
    }
  }

  @Test
  void aNetworkWithoutAVectorIsNoClassifier() {
    Model model = Model.of(Sequential.of(Conv2d.of(2, 1)), Shape.of(1, 2, 2));
    try (Predictor predictor = Predictor.of(model)) {
      assertThatThrownBy(() -> predictor.top(1, 1, 2, 3, 4))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "A classifier ends in one number for each class, but the network's output is (2, 2,"
                  + " 2)");
    }
  }

  @Test
  void anInputOfAnotherSize() {
    try (Predictor predictor = Predictor.of(model())) {
      assertThatThrownBy(() -> predictor.predict(1, 2, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Input \"input\" expects 4 numbers for each example, but got 3 for example 0");
      assertThat(predictor.predict(new float[0][])).isEmpty();
      assertThat(predictor.predict(1, 2, 3, 0)).containsExactly(4, 8, 0.5f);
    }
  }

  private static float[] ramp(int count, float first) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i - first;
    }
    return numbers;
  }

  /** Weights that 16 bits hold, before a normalisation that scales them, are copied. */
  @Test
  void aModelStaysAsItIsAndItsPredictorToo() {
    Model own =
        Model.of(
            Sequential.of(
                Linear.of(8).bias(false), BatchNorm2d.of(), Activation.relu(), Linear.of(3)),
            Shape.of(12),
            Initializer.normal(0.5),
            Initializer.normal(0.5),
            Seed.of(6));
    float[] halves = new float[8 * 12];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = (i % 7 - 3) / 4f;
    }
    own.parameters().set("linear1.weight", halves);
    own.parameters().set("batchnorm1.running_var", new float[] {2, 3, 4, 5, 6, 7, 8, 9});
    float[] before = own.parameters().values().clone();
    float[] x = ramp(12, 5.5f);
    try (Predictor predictor = Predictor.of(own);
        Predictor second = Predictor.onCallers(own)) {
      float[] answer = predictor.predict(x);
      assertThat(second.predict(x)).containsExactly(answer);
      assertThat(own.parameters().values()).containsExactly(before);
      Arrays.fill(own.parameters().values(), 0);
      float[][] many = new float[17][];
      Arrays.fill(many, x);
      assertThat(predictor.predict(many)[16]).containsExactly(answer);
      assertThat(predictor.layer("linear1").read(x)).isNotEqualTo(new float[8]);
    }
  }

  /** A model may have parameters that its graph does not read. */
  @Test
  void numbersThatNobodyReadsAreLeftAlone() {
    Model own =
        Model.of(
            Sequential.of(Conv2d.of(2, 3), BatchNorm2d.of(), Flatten.of()),
            Shape.of(1, 4, 4),
            Initializer.normal(0.5),
            Seed.of(6));
    Map<String, Shape> shapes = new LinkedHashMap<>();
    own.parameters().layout().entries().forEach(e -> shapes.put(e.name(), e.shape()));
    shapes.put("head.weight", Shape.of(3, 4));
    Parameters more = Parameters.zeros(Layout.of(shapes));
    own.parameters()
        .layout()
        .entries()
        .forEach(e -> more.set(e.name(), own.parameters().get(e.name())));
    Model with = new Model(own.network(), own.input(), own.specs(), more);
    float[] x = ramp(16, 7.5f);
    try (Predictor predictor = Predictor.of(with);
        Predictor plain = Predictor.of(own)) {
      assertThat(predictor.predict(x)).containsExactly(plain.predict(x));
    }
  }
}
