package dev.vitrine.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.format.Npy;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxGraph;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxNode;
import dev.vitrine.weights.onnx.OnnxValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ONNX file of the inputs a and input and the outputs prob = softmax(a + input), tanh(a). */
class SeveralEndsTest {
  @TempDir private Path box;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private TrainedNetwork original;

  @BeforeEach
  void original() {
    node("Add", "a input", "sum");
    node("Softmax", "sum", "prob");
    node("Tanh", "a", "bent");
    OnnxGraph graph =
        new OnnxGraph(
            "",
            nodes,
            new LinkedHashMap<>(),
            List.of(value("a"), value("input")),
            List.of(value("prob"), value("bent")),
            List.of());
    Path file = box.resolve("two.onnx");
    new OnnxModel(file, 8, "", "", Map.of("", 13L), graph, 0).write(file);
    original = open("two.onnx");
  }

  private void node(String operator, String inputs, String output) {
    nodes.add(
        new OnnxNode("", operator, "", List.of(inputs.split(" ")), List.of(output), Map.of()));
  }

  private static OnnxValue value(String name) {
    List<OnnxValue.Dim> dims = List.of(new OnnxValue.Dim(0, "n"), new OnnxValue.Dim(3, ""));
    return new OnnxValue(name, "float", Optional.of(dims));
  }

  private TrainedNetwork open(String name) {
    return TrainedNetwork.open(box.resolve(name), Optional.empty());
  }

  private Path converted() {
    Path made = box.resolve("made.onnx");
    Conversion.of(original, made);
    return made;
  }

  private void store(String name, float... numbers) {
    Npy.write(box.resolve(name + ".npy"), Shape.of(1, 3), numbers);
  }

  @Test
  void allInputsAndOutputsAreConvertedAndCompared() {
    Certificate found = Parity.random(original, 4).of(converted(), text -> {});
    assertThat(found.outputs())
        .extracting(Certificate.Output::name)
        .containsExactly("prob", "bent");
    assertThat(found.isEqual()).isTrue();
    OnnxGraph made = OnnxModel.read(box.resolve("made.onnx")).graph();
    assertThat(made.inputs()).extracting(OnnxValue::name).containsExactly("input", "input_2");
    assertThat(made.outputs()).extracting(OnnxValue::name).containsExactly("prob", "bent");
  }

  @Test
  void eachOutputIsComparedWithWhatIsStoredOfIt() {
    store("input_0", 0, 1, 0);
    store("input_1", 1, 0, 1);
    store("output_0", 1 / 3f, 1 / 3f, 1 / 3f);
    store("output_1", 0, 0.7f, 0);
    List<Certificate.Output> found =
        Parity.stored(original, box).of(converted(), text -> {}).outputs();
    assertThat(found).extracting(Certificate.Output::stored).containsExactly(1, 1);
    assertThat(found).extracting(Certificate.Output::isEqual).containsExactly(true, false);
    assertThat(found.get(1).absolute()).isBetween(0.06, 0.062);
  }

  @Test
  void aNamedValueIsAllThereIs() {
    original = original.endingIn("bent");
    store("input_0", 0, 1, 0);
    store("input_1", 1, 0, 1);
    store("output_1", 0, (float) Math.tanh(1), 0);
    Certificate found = Parity.stored(original, box).of(converted(), text -> {});
    assertThat(found.outputs()).extracting(Certificate.Output::stored).containsExactly(1);
    assertThat(found.isEqual()).isTrue();
    assertThat(OnnxNetwork.open(box.resolve("made.onnx"), Optional.empty()).outputs()).hasSize(1);
  }

  @Test
  void anInputThatIsMissingIsNamed() {
    store("input_0", 0, 1, 0);
    assertThatThrownBy(() -> Parity.stored(original, box))
        .hasMessage(box + " holds no input_1.pb or input_1.npy, but the network has 2 inputs");
  }
}
