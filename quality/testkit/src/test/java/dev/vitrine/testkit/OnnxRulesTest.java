package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vitrine.format.DType;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A right model has no faults; each rule that is broken by one change is named. */
class OnnxRulesTest {
  private static final OnnxAttribute TURNED = OnnxAttribute.of("transB", 1);

  /** output = relu(fc), fc = x · Wᵀ + b, in the parts that a test may change. */
  static final class Made {
    private String name = "made";
    private long format = 8;
    private Map<String, Long> opsets = Map.of("", 17L);
    private final LinkedHashMap<String, Stored> initialisers = new LinkedHashMap<>();
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxValue> inputs = new ArrayList<>(List.of(value("x", "N", 3)));
    private final List<OnnxValue> outputs = new ArrayList<>(List.of(value("output", "N", 2)));
    private final List<OnnxValue> inner = new ArrayList<>(List.of(value("fc", "N", 2)));

    Made() {
      number("w");
      number("b");
      nodes.add(node("fc", "Gemm", "x w b", "fc", TURNED));
      nodes.add(node("output", "Relu", "fc", "output"));
    }

    void number(String initialiser) {
      MemorySegment one = MemorySegment.ofArray(new float[1]);
      List<Long> dims = List.of(1L);
      initialisers.put(
          initialiser,
          new Stored.Numbers(StoredTensor.rows(DType.F32, ByteOrder.nativeOrder(), dims, one)));
    }

    OnnxModel model() {
      OnnxGraph graph = new OnnxGraph(name, nodes, initialisers, inputs, outputs, inner);
      return new OnnxModel(Path.of("made"), format, "", "", opsets, graph, 0);
    }
  }

  private static OnnxValue value(String name, String batch, long features) {
    List<OnnxValue.Dim> dims =
        List.of(new OnnxValue.Dim(0, batch), new OnnxValue.Dim(features, ""));
    return new OnnxValue(name, "float", Optional.of(dims));
  }

  private static OnnxNode node(
      String name, String operator, String inputs, String outputs, OnnxAttribute... attributes) {
    Map<String, OnnxAttribute> settings = new LinkedHashMap<>();
    for (OnnxAttribute each : attributes) {
      settings.put(each.name(), each);
    }
    return new OnnxNode(
        name, operator, "", List.of(inputs.split(" ")), List.of(outputs.split(" ")), settings);
  }

  private static Arguments broken(String fault, Consumer<Made> change) {
    return arguments(fault, change);
  }

  private static Arguments firstNode(String fault, OnnxNode instead) {
    return broken(fault, made -> made.nodes.set(0, instead));
  }

  static List<Arguments> faults() {
    OnnxNode foreign =
        new OnnxNode("fc", "Gemm", "com", List.of("x", "w"), List.of("fc"), Map.of());
    return List.of(
        broken("the graph has no name", made -> made.name = ""),
        broken("its opsets are", made -> made.opsets = Map.of("com", 17L)),
        broken("format 8, {=19}", made -> made.opsets = Map.of("", 19L)),
        broken("format 7, {=17}", made -> made.format = 7),
        broken("x is given twice, at last by an initialiser", made -> made.number("x")),
        broken(
            "fc is given twice, at last by again (Gemm)",
            made -> made.nodes.add(1, node("again", "Gemm", "x w b", "fc", TURNED))),
        broken("two nodes fc", made -> made.nodes.set(1, node("fc", "Relu", "fc", "output"))),
        firstNode("two nodes ", node("", "Gemm", "x w b", "fc", TURNED)),
        firstNode("no operator Gemn", node("fc", "Gemn", "x w b", "fc")),
        firstNode("fc (Gemm) is of com", foreign),
        firstNode("fc (Gelu) is newer than the opset", node("fc", "Gelu", "x", "fc")),
        firstNode("fc (Gemm) has inputs 1", node("fc", "Gemm", "x", "fc", TURNED)),
        firstNode("fc (Gemm) has inputs 4", node("fc", "Gemm", "x w b b", "fc", TURNED)),
        firstNode(
            "fc (Gemm) reads too early output", node("fc", "Gemm", "output w b", "fc", TURNED)),
        firstNode(
            "fc (Gemm) has no such",
            node("fc", "Gemm", "x w b", "fc", OnnxAttribute.of("axis", 1))),
        firstNode(
            "fc (Gemm) has no such",
            node("fc", "Gemm", "x w b", "fc", OnnxAttribute.of("transB", 1f))),
        firstNode("fc (Gemm) has outputs [fc, fd]", node("fc", "Gemm", "x w b", "fc fd", TURNED)),
        broken("nothing gives lost", made -> made.outputs.add(value("lost", "N", 2))),
        broken("fc is described twice", made -> made.inner.add(value("fc", "N", 2))),
        broken(
            "fc is of double",
            made -> made.inner.set(0, new OnnxValue("fc", "double", value("fc", "N", 2).dims()))),
        broken("fc: [", made -> made.inner.set(0, value("fc", "M", 2))),
        broken("fc: [", made -> made.inner.set(0, value("fc", "N", 0))),
        broken("fc: []", made -> made.inner.set(0, new OnnxValue("fc", "float", Optional.empty()))),
        broken("nothing reads [c]", made -> made.number("c")),
        broken("nothing reads [idle]", made -> made.nodes.add(node("idle", "Relu", "fc", "idle"))));
  }

  @Test
  void whatIsRightHasNoFaults() {
    assertThat(OnnxRules.faults(new Made().model())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void eachRuleIsSeenToBeBroken(String fault, Consumer<Made> change) {
    Made made = new Made();
    change.accept(made);
    assertThat(OnnxRules.faults(made.model())).anyMatch(said -> said.startsWith(fault));
  }
}
