package dev.vitrine.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Npy;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxAttribute;
import dev.vitrine.weights.onnx.OnnxGraph;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxNode;
import dev.vitrine.weights.onnx.OnnxValue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps (2, 1, 2) of the numbers ln 1, ln 3, ln 1, ln 1, and their softmax along some axis. */
class LastSoftmaxTest {
  private static final Shape MAPS = Shape.of(1, 2, 1, 2);

  @TempDir private Path box;

  private TrainedNetwork file(long opset, Map<String, OnnxAttribute> settings) {
    OnnxGraph graph =
        new OnnxGraph(
            "",
            List.of(
                new OnnxNode("", "Log", "", List.of("input"), List.of("logits"), Map.of()),
                new OnnxNode("", "Softmax", "", List.of("logits"), List.of("prob"), settings)),
            new LinkedHashMap<>(),
            List.of(value("input")),
            List.of(value("prob")),
            List.of());
    Path file = box.resolve("maps.onnx");
    new OnnxModel(file, 8, "", "", Map.of("", opset), graph, 0).write(file);
    return TrainedNetwork.open(file, Optional.empty());
  }

  private static OnnxValue value(String name) {
    List<OnnxValue.Dim> dims =
        List.of(
            new OnnxValue.Dim(0, "n"),
            new OnnxValue.Dim(2, ""),
            new OnnxValue.Dim(1, ""),
            new OnnxValue.Dim(2, ""));
    return new OnnxValue(name, "float", Optional.of(dims));
  }

  private static Map<String, OnnxAttribute> axis(String axis) {
    return axis.isEmpty()
        ? Map.of()
        : Map.of("axis", OnnxAttribute.of("axis", Long.parseLong(axis)));
  }

  private Certificate.Output compared(TrainedNetwork original, float... stored) {
    Npy.write(box.resolve("input_0.npy"), MAPS, new float[] {1, 3, 1, 1});
    Npy.write(box.resolve("output_0.npy"), MAPS, stored);
    Path made = box.resolve("made.onnx");
    Conversion.of(original, made);
    return Parity.stored(original, box).of(made, text -> {}).outputs().getFirst();
  }

  /** Before opset 13 it was over all axes from the one that is said. */
  @ParameterizedTest
  @CsvSource({
    "13, 1, 0.5 0.75 0.5 0.25",
    "13, -3, 0.5 0.75 0.5 0.25",
    "13, 3, 0.25 0.75 0.5 0.5",
    "13, '', 0.25 0.75 0.5 0.5",
    "13, 2, 1 1 1 1",
    "12, '', 0.1666667 0.5 0.1666667 0.1666667",
    "12, 1, 0.1666667 0.5 0.1666667 0.1666667",
    "12, 2, 0.25 0.75 0.5 0.5",
    "12, 0, 0.1666667 0.5 0.1666667 0.1666667"
  })
  void isPutBackAlongItsOwnAxis(long opset, String axis, String stored) {
    String[] words = stored.split(" ");
    float[] shares = new float[words.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Float.parseFloat(words[i]);
    }
    Certificate.Output found = compared(file(opset, axis(axis)), shares);
    assertThat(found.stored()).isEqualTo(1);
    assertThat(found.absolute()).isLessThan(1e-6);
    assertThat(found.isEqual()).isTrue();
  }

  @Test
  void anotherAxisShows() {
    Certificate.Output found =
        compared(file(13, axis("1")), new float[] {0.25f, 0.75f, 0.5f, 0.5f});
    assertThat(found.isEqual()).isFalse();
    assertThat(found.absolute()).isBetween(0.2499, 0.2501);
  }

  @Test
  void anAxisThatThereIsNotIsNamed() {
    assertThatThrownBy(() -> file(13, axis("4")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("\"prob\" (Softmax): axis 4 of a value of 4 axes");
  }
}
