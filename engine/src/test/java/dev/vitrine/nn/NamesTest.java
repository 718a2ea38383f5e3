package dev.vitrine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What layers and their parameters are called, and that no two are called the same. */
class NamesTest {
  private static final Shape INPUT = Shape.of(4);

  private static Model model(Layer... layers) {
    return Model.of(Sequential.of(layers), INPUT);
  }

  private static void refused(String sentence, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(UserException.class).hasMessage(sentence);
  }

  @Test
  void aClassWithoutANameIsALayerWithANumber() {
    assertThat(NamesProbe.model().parameters().layout().entries())
        .extracting(Layout.Entry::name)
        .containsExactly(
            "layer1.inner.weight",
            "layer1.inner.bias",
            "layer2.fc.weight",
            "layer3.fc.weight",
            "local1.fc.weight",
            "mine.fc.weight",
            "linear1.weight",
            "linear1.bias");
  }

  @Test
  void aClassWithoutWordsIsDescribedByItsKind() {
    assertThat(Parallel.of((network, x) -> x, Flatten.of()).text())
        .isEqualTo("Parallel(\n  layer,\n  Flatten)");
    assertThat(Residual.of((network, x) -> x).text()).isEqualTo("Residual(layer)");
  }

  /**
   * Lambdas are classes that the JVM names by an address, which differs from process to process.
   */
  @Test
  void processesAgreeOnNamesAndNumbers() throws IOException, InterruptedException {
    String here = NamesProbe.describe();
    assertThat(here).contains("layer1.inner.weight").doesNotContain("$", "@", "0x");
    assertThat(inAnotherProcess("0")).isEqualTo(here);
    assertThat(inAnotherProcess("-Xshare:off", "1")).isEqualTo(here);
  }

  private static String inAnotherProcess(String... arguments)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(List.of(arguments).subList(0, arguments.length - 1));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(NamesProbe.class.getName(), arguments[arguments.length - 1]));
    Process probe =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(probe.waitFor()).as(said).isZero();
    return said.strip();
  }

  @Test
  void twoLayersOfOneNameAreRefused() {
    refused(
        "Two layers are called \"a\", Linear(3) and Linear(5): give each a name of its own (one"
            + " without a name has its kind and number)",
        () -> model(Named.of("a", Linear.of(3)), Named.of("a", Linear.of(5))));
    refused(
        "Two layers are called \"linear1\", Linear(3) and Linear(5): give each a name of its own (one"
            + " without a name has its kind and number)",
        () -> model(Named.of("linear1", Linear.of(3)), Linear.of(5)));
    refused(
        "Two layers are called \"a.b\", Linear(3) and Linear(5): give each a name of its own (one"
            + " without a name has its kind and number)",
        () ->
            model(
                Named.of("a", Sequential.of(Named.of("b", Linear.of(3)))),
                Named.of("a.b", Linear.of(5))));
    refused(
        "Two layers are called \"a\", Relu and Tanh: give each a name of its own (one without a name"
            + " has its kind and number)",
        () -> model(Named.of("a", Activation.relu()), Named.of("a", Activation.tanh())));
  }

  @Test
  void twoParametersOfOneNameAreRefused() {
    Layer twice = (network, x) -> Linear.of(5).apply(network, Linear.of(3).apply(network, x));
    refused(
        "Layer \"both\" (layer) asks for two parameters \"both.weight\", of (3, 4) and of (5, 3): give"
            + " each a name of its own, and add layers within a layer with NetworkBuilder.add",
        () -> model(Named.of("both", twice)));
    refused(
        "The network asks for two parameters \"weight\", of (3, 4) and of (5, 3): give each a name of"
            + " its own, and add layers within a layer with NetworkBuilder.add",
        () -> Model.of(twice, INPUT));
    Layer dotted =
        (network, x) -> {
          network.buffer("fc.weight", Shape.of(2), ParameterSpec.Role.RUNNING_MEAN);
          return network.add("fc", Linear.of(3), x);
        };
    refused(
        "Layer \"own\" (layer) and Layer \"own.fc\" (Linear(3)) both ask for a parameter"
            + " \"own.fc.weight\": rename it in one of them",
        () -> model(Named.of("own", dotted)));
  }

  @Test
  void aLayerUsedAgainHasItsParametersOnce() {
    Layer twins =
        (network, x) -> {
          Value left = network.add("tower", Linear.of(3), x);
          return network.add(left, network.again("tower", network.square(x)));
        };
    Model model = model(twins, Linear.of(2));
    assertThat(model.specs())
        .extracting(ParameterSpec::name)
        .containsExactly(
            "layer1.tower.weight", "layer1.tower.bias", "linear1.weight", "linear1.bias");
    assertThat(model.training(Loss.crossEntropy()).gradients()).hasSize(4);
  }

  @Test
  void aLayerUsedAgainKeepsItsParameters() {
    refused(
        "Layer \"layer1.tower\" (Linear(4)) asks for \"layer1.tower.weight\" of (4, 2) when it is used"
            + " again, but of (4, 4) at first: use it on inputs of one shape",
        () ->
            model((network, x) -> {
              Value left = network.add("tower", Linear.of(4), x);
              Value half = network.apply(new dev.vitrine.op.Slice(0, 0, 2), left);
              return network.again("tower", half);
            }));
    refused(
        "There is no layer \"layer1.tower.more\" to use again: add it first",
        () ->
            model((network, x) -> {
              network.add("tower", growing("more", ""), x);
              return network.again("tower", x);
            }));
    refused(
        "Layer \"layer1.tower\" (layer) asks for \"layer1.tower.more\" of (4) when it is used again, but"
            + " did not at first: use it on inputs of one shape",
        () ->
            model((network, x) -> {
              network.add("tower", growing("", "more"), x);
              return network.again("tower", x);
            }));
    refused(
        "There is no layer \"layer1.tower\" to use again: add it first",
        () -> model((network, x) -> network.again("tower", x)));
  }

  /** A layer that has a further part or parameter from its second use on. */
  private static Layer growing(String part, String parameter) {
    AtomicInteger uses = new AtomicInteger();
    return (network, x) -> {
      boolean first = uses.getAndIncrement() == 0;
      if (!first && !part.isEmpty()) {
        return network.add(part, Linear.of(2), x);
      }
      if (!first && !parameter.isEmpty()) {
        return network.parameter(parameter, x.shape(), ParameterSpec.Role.BIAS, 1, 1);
      }
      return x;
    };
  }

  @Test
  void aNameHasLetters() {
    refused("Named expects a name, but got \" \"", () -> Named.of(" ", Flatten.of()));
    refused("Named expects a name, but got null", () -> Named.of(null, Flatten.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u001bb"})
  void aNameIsOfOneLine(String name) {
    assertThatThrownBy(() -> Named.of(name, Flatten.of()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "Named expects a name of one line, without control characters, but got ");
  }

  @Test
  void aLayerThatGivesNothingIsNamed() {
    Layer none =
        new Layer() {
          @Override
          public Value apply(NetworkBuilder network, Value x) {
            return null;
          }
        };
    String sentence =
        "A layer expects to give a value, but %s gave null".formatted(none.getClass().getName());
    assertThatThrownBy(() -> Model.inference(none, Shape.of(3)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence);
    assertThatThrownBy(() -> Model.inference(Sequential.of(none), Shape.of(3)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence);
  }
}
