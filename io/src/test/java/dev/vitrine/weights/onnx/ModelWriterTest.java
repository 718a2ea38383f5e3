package dev.vitrine.weights.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelWriterTest {
  @TempDir Path folder;

  private static OnnxModel model(List<OnnxNode> nodes, Map<String, Stored> tensors) {
    OnnxValue x =
        new OnnxValue(
            "x",
            "float",
            Optional.of(List.of(new OnnxValue.Dim(0, "N"), new OnnxValue.Dim(3, ""))));
    OnnxValue y = new OnnxValue("y", "float", Optional.empty());
    OnnxGraph graph =
        new OnnxGraph("g", nodes, new LinkedHashMap<>(tensors), List.of(x), List.of(y), List.of(x));
    Map<String, Long> opsets = Map.of("", 17L);
    return new OnnxModel(Path.of("unnamed"), 8, "Vitrine", "1.2", opsets, graph, 0);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Map<String, OnnxAttribute> settings = new LinkedHashMap<>();
    Stream.of(
            OnnxAttribute.of("whole", -1L),
            OnnxAttribute.of("none", 0L),
            OnnxAttribute.of("real", 0f),
            OnnxAttribute.of("text", "größe"),
            OnnxAttribute.of("list", List.of(1L, Long.MIN_VALUE, 300L)))
        .forEach(each -> settings.put(each.name(), each));
    List<OnnxNode> nodes =
        List.of(
            new OnnxNode("n", "Conv", "", List.of("x", "", "w"), List.of("h"), settings),
            new OnnxNode("m", "Odd", "com.example", List.of("h"), List.of("y"), Map.of()));
    MemorySegment data = MemorySegment.ofArray(new float[] {1.5f, Float.NaN, -0.0f, 4});
    StoredTensor w = StoredTensor.rows(DType.F32, ByteOrder.nativeOrder(), List.of(2L, 2L), data);
    OnnxModel model = model(nodes, Map.of("w", new Stored.Numbers(w)));
    Path file = folder.resolve("model.onnx");
    model.write(file);
    OnnxModel again = OnnxModel.read(file);
    assertThat(again)
        .usingRecursiveComparison()
        .ignoringFields("file", "graph.initialisers")
        .isEqualTo(model);
    Stored tensor = again.graph().initialisers().get("w");
    assertThat(((Stored.Numbers) tensor).tensor().dims()).containsExactly(2L, 2L);
    assertThat(((Stored.Numbers) tensor).tensor().floats())
        .containsExactly(1.5f, Float.NaN, -0.0f, 4);
  }

  /** One number that passes for 600 million. */
  @Test
  void whatProtobufDoesNotHoldIsRefusedBeforeAnythingIsWritten() {
    StoredTensor large =
        StoredTensor.of(
            DType.F32,
            ByteOrder.nativeOrder(),
            List.of(600_000_000L),
            new long[] {0},
            MemorySegment.ofArray(new float[1]));
    Path file = folder.resolve("large.onnx");
    assertThatThrownBy(() -> model(List.of(), Map.of("w", new Stored.Numbers(large))).write(file))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "large.onnx would have 2400000109 bytes, but an ONNX file has at most 2147483647: write"
                + " safetensors instead");
    assertThat(file).doesNotExist();
  }
}
