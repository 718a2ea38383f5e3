package dev.vitrine.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Span;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks written as files and read again. */
class NetworkWriterTest {
  private static final Shape IMAGE = Shape.of(2, 9, 8);

  private static NetworkSpec spec(Layer layers) {
    return new NetworkSpec("own", "own", IMAGE, layers);
  }

  private static NetworkSpec again(NetworkSpec network) {
    return NetworkFile.parse(Json.parse(NetworkFile.text(network), "again.json"));
  }

  static Stream<NetworkSpec> zoo() {
    List<String> thresholds = List.of("perceptron", "madaline");
    return Zoo.all().stream().filter(network -> !thresholds.contains(network.name()));
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void theZooIsReadAsItWasWritten(NetworkSpec network) {
    NetworkSpec again = again(network);
    assertThat(again.layers()).isEqualTo(network.layers());
    assertThat(again.input()).isEqualTo(network.input());
    assertThat(again.name()).isEqualTo(network.name());
    assertThat(parameters(again)).isNotEmpty().isEqualTo(parameters(network));
  }

  private static List<ParameterSpec> parameters(NetworkSpec network) {
    NetworkBuilder builder = new NetworkBuilder(new Graph(), Mode.INFERENCE);
    builder.build(network.layers(), network.input());
    return builder.parameters();
  }

  /** Single layers as parts, names at every depth, a sequence within a sequence. */
  private static final Layer NESTED =
      Sequential.of(
          Named.of(
              "block",
              Residual.of(
                  Named.of("body", Sequential.of(Conv2d.of(2, 3).padding(1), Activation.elu(0.3))),
                  Named.of("through", Conv2d.of(2, 1)))),
          Residual.of(Conv2d.of(2, 1, 3).padding(0, 1)),
          Sequential.of(Activation.tanh(), Sequential.of(Activation.leakyRelu(1e-4))),
          Parallel.of(
              Conv2d.of(1, 1),
              Named.of("wide", Sequential.of(Conv2d.of(2, 3).padding(1), Activation.silu())),
              Sequential.of(Activation.clip(Double.NEGATIVE_INFINITY, 0.25))),
          Named.of("pool", MaxPool2d.of(3, 2).stride(2, 1).dilation(1, 2).padding(1, 0)),
          Flatten.of(),
          Named.of("scores", Linear.of(3)));

  @Test
  void nestedLayersKeepTheirNamesAndBits() {
    NetworkSpec again = again(spec(NESTED));
    assertThat(again.layers()).isEqualTo(NESTED);
    assertThat(output(again.layers())).isEqualTo(output(NESTED));
  }

  private static double[] output(Layer layers) {
    Model model = Model.of(layers, IMAGE, Initializer.kaimingNormal(), Seed.of(5));
    Model.Network network = model.inference();
    Interpreter interpreter = new Interpreter(1);
    model
        .specs()
        .forEach(spec -> {
          float[] numbers = model.parameters().get(spec.name());
          double[] exact = new double[numbers.length];
          Arrays.setAll(exact, i -> numbers[i]);
          interpreter.parameter(spec.name(), exact);
        });
    double[] x = new double[IMAGE.elements()];
    Arrays.setAll(x, Math::sin);
    return interpreter.input(Model.INPUT, x).run(network.graph()).of(network.output(), 0);
  }

  @Test
  void oneLayerAlone() {
    assertThat(NetworkFile.text(spec(Flatten.of())))
        .isEqualTo("{\"name\": \"own\", \"input\": [2, 9, 8], \"layers\": \"flatten\"}\n");
    assertThat(again(spec(Flatten.of())).layers()).isEqualTo(Flatten.of());
  }

  @Test
  void aLineForEachLayerWhereTheyDoNotFitOnOne() {
    assertThat(NetworkFile.text(spec(NESTED)))
        .isEqualTo(
            """
            {"name": "own", "input": [2, 9, 8],
             "layers": [{"name": "block",
                         "residual": {"name": "body", "sequential": [{"conv2d": 2, "padding": 1}, {"elu": 0.3}]},
                         "shortcut": {"conv2d": 2, "kernel": 1, "name": "through"}},
                        {"residual": {"conv2d": 2, "kernel": [1, 3], "padding": [0, 1]}},
                        {"sequential": ["tanh", {"sequential": [{"leaky_relu": 1e-4}]}]},
                        {"parallel": [{"conv2d": 1, "kernel": 1},
                                      {"name": "wide", "sequential": [{"conv2d": 2, "padding": 1}, "silu"]},
                                      [{"clip": ["-Infinity", 0.25]}]]},
                        {"maxpool2d": [3, 2], "stride": [2, 1], "dilation": [1, 2], "padding": [1, 0],
                         "name": "pool"},
                        "flatten",
                        {"linear": 3, "name": "scores"}]}
            """);
  }

  @Test
  void filesHoldTheText(@TempDir Path folder) {
    Path file = folder.resolve("own.json");
    NetworkFile.write(file, spec(NESTED));
    assertThat(NetworkFile.read(file)).isEqualTo(spec(NESTED));
  }

  /** A new one without a kind fails here. */
  @Test
  void everyActivationHasAKind() throws ReflectiveOperationException {
    int count = 0;
    for (Method factory : Activation.class.getDeclaredMethods()) {
      if (Modifier.isStatic(factory.getModifiers())
          && factory.getReturnType() == Activation.class) {
        Object[] numbers = new Object[factory.getParameterCount()];
        Arrays.setAll(numbers, i -> 0.5 + i);
        Layer layer = (Layer) factory.invoke(null, numbers);
        assertThat(again(spec(layer)).layers()).isEqualTo(layer);
        count++;
      }
    }
    assertThat(count).isGreaterThan(10);
  }

  private static void refused(Layer layer, String sentence) {
    assertThatThrownBy(() -> NetworkFile.text(spec(layer)))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }

  private record Mine(int size) implements Layer {
    @Override
    public Value apply(NetworkBuilder network, Value x) {
      return x;
    }
  }

  @Test
  void whatHasNoKindIsRefusedByName() {
    refused(
        Sequential.of(Flatten.of(), new Mine(3)),
        "own: layer 2: a network file has no kind for the layer \"Mine[size=3]\"");
    refused(
        Sequential.of(Residual.of(Sequential.of(Flatten.of(), (network, x) -> x))),
        "own: layer 1: layer 2: a network file has no kind for a layer written as a lambda");
    Layer nameless =
        new Layer() {
          @Override
          public Value apply(NetworkBuilder network, Value x) {
            return x;
          }
        };
    refused(nameless, "own: a network file has no kind for a layer of a class without a name");
    assertThatThrownBy(() -> NetworkFile.text(Zoo.find("perceptron")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "perceptron: layer 3: a network file has no kind for the layer \"ThresholdUnit\"");
  }

  @Test
  void whatCannotBeReadAgainIsRefused() {
    refused(
        Sequential.of(Named.of("a", Named.of("b", Flatten.of()))),
        "own: layer 1: a layer in a network file has one name, but this one has \"a\" and \"b\"");
    refused(
        Sequential.of(Named.of("a.b", Flatten.of())),
        "own, layer 1: \"name\" expects letters, digits, spaces, - and _, but got \"a.b\"");
    Window window = new Window(Span.of(2).ceil(true), Span.of(2));
    refused(
        Sequential.of(
            Activation.tanh(), Activation.relu(), new MaxPool2d(window, /* same= */ false)),
        "own: layer 3: a network file has no fields for all of the layer \"MaxPool2d(2×2, ceil)\"");
    refused(
        Sequential.of(), "own: \"layers\" expects a layer, or a list of at least one, but got []");
  }
}
