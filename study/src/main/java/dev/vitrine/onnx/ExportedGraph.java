package dev.vitrine.onnx;

import dev.vitrine.format.DType;
import dev.vitrine.tensor.Shape;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An ONNX graph that grows node by node, with its numbers and the sizes of its values. */
final class ExportedGraph {
  private static final String EXAMPLES = "N";
  private static final long OPSET = 17;

  /** The version of the format that came with an opset of operators. */
  private static final Map<Long, Long> FORMAT_OF_OPSET = Map.of(17L, 8L, 20L, 9L);

  private final List<OnnxNode> nodes = new ArrayList<>();
  private final LinkedHashMap<String, Stored> initialisers = new LinkedHashMap<>();
  private final Map<String, OnnxValue> inner = new LinkedHashMap<>();
  private long opset = OPSET;

  /** Says that an operator is needed that older opsets do not have. */
  void needs(long newer) {
    opset = Math.max(opset, newer);
  }

  boolean hasNumbers(String name) {
    return initialisers.containsKey(name);
  }

  String numbers(String name, DType type, List<Long> dims, MemorySegment data) {
    return numbers(name, StoredTensor.rows(type, ByteOrder.nativeOrder(), dims, data));
  }

  String numbers(String name, StoredTensor tensor) {
    initialisers.put(name, new Stored.Numbers(tensor));
    return name;
  }

  void node(
      String name,
      String operator,
      List<OnnxAttribute> attributes,
      List<String> inputs,
      String output,
      List<OnnxValue.Dim> dims) {
    node(name, operator, attributes, inputs, output);
    inner.put(output, described(output, dims));
  }

  /** A node whose output is not described. */
  void node(
      String name,
      String operator,
      List<OnnxAttribute> attributes,
      List<String> inputs,
      String output) {
    Map<String, OnnxAttribute> byName = new LinkedHashMap<>();
    attributes.forEach(attribute -> byName.put(attribute.name(), attribute));
    nodes.add(new OnnxNode(name, operator, "", inputs, List.of(output), byName));
  }

  /** The whole file, between inputs and outputs with the shapes of an example. */
  OnnxModel file(Path file, Map<String, Shape> inputs, Map<String, Shape> outputs) {
    Path name = file.getFileName();
    String title = name == null ? "" : name.toString().replaceFirst("(?<=.)\\.[^.]*$", "");
    OnnxGraph graph =
        new OnnxGraph(
            title,
            nodes,
            initialisers,
            described(inputs),
            described(outputs),
            inner.values().stream().filter(value -> !outputs.containsKey(value.name())).toList());
    return new OnnxModel(
        file, FORMAT_OF_OPSET.get(opset), "Vitrine", version(), Map.of("", opset), graph, 0);
  }

  private static String version() {
    return Optional.ofNullable(ExportedGraph.class.getModule().getDescriptor())
        .flatMap(descriptor -> descriptor.rawVersion())
        .orElse("");
  }

  private static List<OnnxValue> described(Map<String, Shape> values) {
    return values.entrySet().stream()
        .map(each -> described(each.getKey(), dims(each.getValue())))
        .toList();
  }

  private static OnnxValue described(String name, List<OnnxValue.Dim> dims) {
    return new OnnxValue(name, "float", Optional.of(dims));
  }

  /** The sizes of a value per example. */
  static List<OnnxValue.Dim> dims(Shape shape) {
    List<OnnxValue.Dim> dims = new ArrayList<>(List.of(new OnnxValue.Dim(0, EXAMPLES)));
    sizes(shape).forEach(size -> dims.add(new OnnxValue.Dim(size, "")));
    return dims;
  }

  static List<Long> sizes(Shape shape) {
    return Arrays.stream(shape.sizes()).asLongStream().boxed().toList();
  }
}
