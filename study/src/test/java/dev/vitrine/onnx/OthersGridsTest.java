package dev.vitrine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.predict.Predictor;
import dev.vitrine.weights.onnx.OnnxAttribute;
import dev.vitrine.weights.onnx.OnnxGraph;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxNode;
import dev.vitrine.weights.onnx.OnnxValue;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small whole numbers as other programs lay them out, written to a file and read from it. */
class OthersGridsTest {
  private static final float[] INPUT = {0.3f, -1.26f, 2.5f, 100, -100, 0.25f};

  @TempDir private Path box;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final LinkedHashMap<String, Stored> tensors = new LinkedHashMap<>();

  private OthersGridsTest node(String operator, String inputs, String output, Object... settings) {
    Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      String name = (String) settings[i];
      attributes.put(name, OnnxAttribute.of(name, (Integer) settings[i + 1]));
    }
    nodes.add(
        new OnnxNode("", operator, "", List.of(inputs.split(" ")), List.of(output), attributes));
    return this;
  }

  private OthersGridsTest tensor(String name, DType type, List<Long> dims, MemorySegment data) {
    tensors.put(
        name, new Stored.Numbers(StoredTensor.rows(type, ByteOrder.nativeOrder(), dims, data)));
    return this;
  }

  private OthersGridsTest floats(String name, List<Long> dims, float... numbers) {
    return tensor(name, DType.F32, dims, MemorySegment.ofArray(numbers));
  }

  private OthersGridsTest bytes(String name, DType type, List<Long> dims, int... numbers) {
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) numbers[i];
    }
    return tensor(name, type, dims, MemorySegment.ofArray(bytes));
  }

  private OnnxModel file(long opset) {
    OnnxValue x =
        new OnnxValue(
            "x",
            "float",
            Optional.of(List.of(new OnnxValue.Dim(0, "n"), new OnnxValue.Dim(6, ""))));
    OnnxValue y = new OnnxValue("y", "float", Optional.empty());
    OnnxGraph graph = new OnnxGraph("", nodes, tensors, List.of(x), List.of(y), List.of());
    Path path = box.resolve("others.onnx");
    new OnnxModel(path, 8, "", "", Map.of("", opset), graph, 0).write(path);
    return OnnxModel.read(path);
  }

  private float[] run(long opset) {
    try (Predictor predictor =
        Predictor.of(OnnxNetwork.of(file(opset), Optional.empty(), Map.of()))) {
      return predictor.predict(INPUT);
    }
  }

  private void refused(long opset, String sentence) {
    assertThatThrownBy(() -> OnnxNetwork.of(file(opset), Optional.empty(), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("others.onnx: 1 of its nodes cannot be read: " + sentence);
  }

  /** What flows, on a grid by ONNX's own formula. */
  private static float[] flows(float scale, int zero, int least) {
    float[] y = new float[INPUT.length];
    for (int i = 0; i < y.length; i++) {
      int whole = (int) Math.rint(INPUT[i] / scale) + zero;
      y[i] = (Math.clamp(whole, least, least + 255) - zero) * scale;
    }
    return y;
  }

  private static float[] dense(float[] x, float[][] rows, float... bias) {
    float[] y = bias.clone();
    for (int o = 0; o < y.length; o++) {
      for (int t = 0; t < x.length; t++) {
        y[o] = Math.fma(x[t], rows[o][t], y[o]);
      }
    }
    return y;
  }

  @Test
  void constantsBeyondTheWholeNumbersBecomeTheLastOfThem() {
    floats("scale", List.of(), 0.5f).bytes("zero", DType.I8, List.of(), 0);
    floats("w", List.of(6L, 2L), 1000, 0, 0, 0, 0, -1000, 0, 0, 0, 0, 0, 0);
    node("QuantizeLinear", "w scale zero", "whole");
    node("DequantizeLinear", "whole scale zero", "weights").node("MatMul", "x weights", "y");
    assertThat(run(13)).containsExactly(0.3f * 63.5f, 2.5f * -64);
  }

  /** Where nothing is said, slices with scales of their own lie along the second axis. */
  @Test
  void slicesLieAlongTheSecondAxisIfNothingIsSaid() {
    floats("scale", List.of(2L), 0.5f, 4);
    bytes("w", DType.I8, List.of(6L, 2L), 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0);
    node("DequantizeLinear", "w scale", "weights").node("MatMul", "x weights", "y");
    assertThat(run(13)).containsExactly(0.15f, 20);
  }

  /** One scale for a tensor, weights without a zero point, unsigned activations with one. */
  @ParameterizedTest
  @ValueSource(longs = {10, 13, 21})
  void oneScaleForATensor(long opset) {
    floats("s", List.of(), 0.1f).bytes("z", DType.U8, List.of(), 128);
    bytes("w", DType.I8, List.of(2L, 6L), 1, -2, 3, -128, 127, 0, 5, 5, 5, 5, 5, -5);
    floats("ws", List.of(), 0.5f);
    tensor("b", DType.I32, List.of(2L), MemorySegment.ofArray(new int[] {1000, -3}));
    floats("bs", List.of(), 0.05f);
    node("QuantizeLinear", "x s z", "q").node("DequantizeLinear", "q s z", "r");
    node("DequantizeLinear", "w ws", "wr").node("DequantizeLinear", "b bs", "br");
    node("Gemm", "r wr br", "y", "transB", 1);
    float[][] rows = {{0.5f, -1, 1.5f, -64, 63.5f, 0}, {2.5f, 2.5f, 2.5f, 2.5f, 2.5f, -2.5f}};
    assertThat(run(opset))
        .containsExactly(dense(flows(0.1f, 128, 0), rows, 1000 * 0.05f, -3 * 0.05f));
  }

  /** A scale and a zero point for each output, which a product of matrices has along axis 1. */
  @ParameterizedTest
  @CsvSource({"0, 13", "1, 13", "-1, 13", "0, 21"})
  void aScaleForEachOutput(int axis, long opset) {
    int[] numbers = {10, -20, 30, -40, 50, -60, 7, 7, 7, 7, 7, 7};
    int[] zeros = {3, -1};
    float[] scales = {0.25f, 0.5f};
    float[][] rows = new float[2][6];
    int[] laid = new int[12];
    for (int i = 0; i < 12; i++) {
      rows[i / 6][i % 6] = (numbers[i] - zeros[i / 6]) * scales[i / 6];
      laid[axis == 0 ? i : i % 6 * 2 + i / 6] = numbers[i];
    }
    bytes("w", DType.I8, axis == 0 ? List.of(2L, 6L) : List.of(6L, 2L), laid);
    bytes("wz", DType.I8, List.of(2L), zeros).floats("ws", List.of(2L), scales);
    floats("s", List.of(), 0.5f).bytes("z", DType.I8, List.of(), -7);
    node("QuantizeLinear", "x s z", "q").node("DequantizeLinear", "q s z", "r");
    node("DequantizeLinear", "w ws wz", "wr", "axis", axis);
    if (axis == 0) {
      node("Gemm", "r wr", "y", "transB", 1);
    } else {
      node("MatMul", "r wr", "y");
    }
    assertThat(run(opset)).containsExactly(dense(flows(0.5f, -7, -128), rows, 0, 0));
  }

  /** PyTorch's trainings with rounded weights keep these as singles before both nodes. */
  @Test
  void weightsThatTheFileItselfRounds() {
    floats("w", List.of(2L, 6L), 0.13f, 0.37f, -0.38f, 9, -9, 0, 1, 2, 3, 4, 5, 100);
    floats("ws", List.of(2L), 0.25f, 1).bytes("wz", DType.I8, List.of(2L), 0, 0);
    node("QuantizeLinear", "w ws wz", "wq", "axis", 0);
    node("DequantizeLinear", "wq ws wz", "wr", "axis", 0);
    node("Gemm", "x wr", "y", "transB", 1);
    float[][] rows = {{0.25f, 0.25f, -0.5f, 9, -9, 0}, {1, 2, 3, 4, 5, 100}};
    assertThat(run(13)).containsExactly(dense(INPUT, rows, 0, 0));
  }

  /** Without a zero point bytes are unsigned, or what opset 21 says. */
  @Test
  void noZeroPoint() {
    floats("s", List.of(), 0.5f);
    node("QuantizeLinear", "x s", "q").node("DequantizeLinear", "q s", "y");
    assertThat(run(10)).containsExactly(flows(0.5f, 0, 0));
    nodes.clear();
    node("QuantizeLinear", "x s", "q", "output_dtype", 3);
    bytes("z", DType.I8, List.of(), 0).node("DequantizeLinear", "q s z", "y");
    assertThat(run(21)).containsExactly(flows(0.5f, 0, -128));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "QLinearConv",
        "QLinearMatMul",
        "ConvInteger",
        "MatMulInteger",
        "DynamicQuantizeLinear"
      })
  void sumsOfWholeNumbersAreRefused(String operator) {
    node(operator, "x", "y");
    refused(
        11,
        "\"y\" (%s, opset 11): sums of whole numbers are not done: write the network with QuantizeLinear and DequantizeLinear around float operators (QDQ)"
            .formatted(operator));
  }

  /** They would be real numbers here, where the file has whole ones. */
  @Test
  void wholeNumbersAreReadByNobodyElse() {
    floats("s", List.of(), 0.5f).bytes("z", DType.U8, List.of(), 3);
    node("QuantizeLinear", "x s z", "q").node("Cast", "q", "y", "to", 1);
    refused(
        13,
        "\"y\" (Cast, opset 13): it reads the whole numbers of a QuantizeLinear, which only a DequantizeLinear may");
    nodes.clear();
    node("QuantizeLinear", "x s z", "y");
    refused(13, "\"y\" is made of whole numbers: let a DequantizeLinear follow");
  }

  @Test
  void otherGridsAreRefused() {
    floats("s", List.of(), 0.5f).floats("t", List.of(), 0.25f);
    bytes("z", DType.U8, List.of(), 3);
    node("QuantizeLinear", "x s z", "q").node("DequantizeLinear", "q t z", "y");
    refused(
        13,
        "\"y\" (DequantizeLinear, opset 13): what it reads was not put on the same grid just before");
    nodes.clear();
    floats("each", List.of(6L), 1, 1, 1, 1, 1, 1);
    node("QuantizeLinear", "x each", "q").node("DequantizeLinear", "q each", "y");
    refused(13, "\"q\" (QuantizeLinear, opset 13): its scale is not one number for all that flows");
    nodes.clear();
    tensor("w", DType.I16, List.of(), MemorySegment.ofArray(new short[] {0}));
    node("QuantizeLinear", "x s w", "q").node("DequantizeLinear", "q s w", "y");
    refused(21, "\"q\" (QuantizeLinear, opset 21): its zero point is of I16, not a byte");
    nodes.clear();
    node("QuantizeLinear", "x s", "q", "output_dtype", 5).node("DequantizeLinear", "q s", "y");
    refused(21, "\"q\" (QuantizeLinear, opset 21): its output is of type 5, not a byte");
  }

  /** As many scales as the axis is long, but of blocks: they would be taken for columns'. */
  @Test
  void scalesOfBlocksAreRefused() {
    bytes("w", DType.I8, List.of(2L, 6L), 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6);
    floats("ws", List.of(2L, 3L), 1, 2, 3, 4, 5, 6);
    node("DequantizeLinear", "w ws", "wr", "axis", 1, "block_size", 2);
    node("Gemm", "x wr", "y", "transB", 1);
    refused(
        21,
        "\"wr\" (DequantizeLinear, opset 21): it has scales for blocks, but only those for a whole tensor, or one for each slice along an axis, are done");
  }
}
