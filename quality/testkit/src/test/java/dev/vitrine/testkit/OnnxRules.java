package dev.vitrine.testkit;

import dev.vitrine.weights.onnx.OnnxAttribute;
import dev.vitrine.weights.onnx.OnnxAttribute.Kind;
import dev.vitrine.weights.onnx.OnnxGraph;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxNode;
import dev.vitrine.weights.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What ONNX's checker demands of a model (onnx.ai, Open Neural Network Exchange Intermediate
 * Representation): each name given once and before it is read, operators with the inputs and
 * settings that their schemas have, an opset that has them.
 */
final class OnnxRules {
  /** An operator's schema: since which opset it is so, its inputs, its settings. */
  private record Schema(long since, int fewest, int most, Map<String, Kind> settings) {}

  private static final Map<String, Kind> NONE = Map.of();
  private static final Map<String, Kind> AXIS = Map.of("axis", Kind.NUMBER);
  private static final Map<String, Kind> WINDOW =
      Map.of(
          "kernel_shape", Kind.NUMBERS,
          "strides", Kind.NUMBERS,
          "dilations", Kind.NUMBERS,
          "pads", Kind.NUMBERS,
          "group", Kind.NUMBER);

  private static final Map<String, Schema> SCHEMAS =
      Map.ofEntries(
          Map.entry("Abs", new Schema(13, 1, 1, NONE)),
          Map.entry("Add", new Schema(14, 2, 2, NONE)),
          Map.entry(
              "AveragePool",
              new Schema(
                  11,
                  1,
                  1,
                  Map.of(
                      "kernel_shape", Kind.NUMBERS,
                      "strides", Kind.NUMBERS,
                      "pads", Kind.NUMBERS,
                      "count_include_pad", Kind.NUMBER))),
          Map.entry("BatchNormalization", new Schema(15, 5, 5, Map.of("epsilon", Kind.REAL))),
          Map.entry("Clip", new Schema(13, 1, 3, NONE)),
          Map.entry("Concat", new Schema(13, 1, Integer.MAX_VALUE, AXIS)),
          Map.entry("Conv", new Schema(11, 2, 3, WINDOW)),
          Map.entry(
              "ConvTranspose",
              new Schema(
                  11,
                  2,
                  3,
                  Map.of(
                      "kernel_shape", Kind.NUMBERS,
                      "strides", Kind.NUMBERS,
                      "dilations", Kind.NUMBERS,
                      "pads", Kind.NUMBERS,
                      "output_padding", Kind.NUMBERS,
                      "group", Kind.NUMBER))),
          Map.entry("Div", new Schema(14, 2, 2, NONE)),
          Map.entry("Elu", new Schema(6, 1, 1, Map.of("alpha", Kind.REAL))),
          Map.entry("Exp", new Schema(13, 1, 1, NONE)),
          Map.entry("Expand", new Schema(13, 2, 2, NONE)),
          Map.entry("Flatten", new Schema(13, 1, 1, AXIS)),
          Map.entry("Gelu", new Schema(20, 1, 1, Map.of("approximate", Kind.TEXT))),
          Map.entry("Gemm", new Schema(13, 2, 3, Map.of("transB", Kind.NUMBER))),
          Map.entry("GlobalAveragePool", new Schema(1, 1, 1, NONE)),
          Map.entry("Identity", new Schema(16, 1, 1, NONE)),
          Map.entry(
              "LRN",
              new Schema(
                  13,
                  1,
                  1,
                  Map.of(
                      "size", Kind.NUMBER,
                      "alpha", Kind.REAL,
                      "beta", Kind.REAL,
                      "bias", Kind.REAL))),
          Map.entry("LeakyRelu", new Schema(16, 1, 1, Map.of("alpha", Kind.REAL))),
          Map.entry("Log", new Schema(13, 1, 1, NONE)),
          Map.entry("LogSoftmax", new Schema(13, 1, 1, AXIS)),
          Map.entry("MatMul", new Schema(13, 2, 2, NONE)),
          Map.entry(
              "MaxPool",
              new Schema(
                  12,
                  1,
                  1,
                  Map.of(
                      "kernel_shape", Kind.NUMBERS,
                      "strides", Kind.NUMBERS,
                      "dilations", Kind.NUMBERS,
                      "pads", Kind.NUMBERS))),
          Map.entry("Mul", new Schema(14, 2, 2, NONE)),
          Map.entry("Neg", new Schema(13, 1, 1, NONE)),
          Map.entry("PRelu", new Schema(16, 2, 2, NONE)),
          Map.entry("Pad", new Schema(13, 2, 3, Map.of("mode", Kind.TEXT))),
          Map.entry("Pow", new Schema(15, 2, 2, NONE)),
          Map.entry("Reciprocal", new Schema(13, 1, 1, NONE)),
          Map.entry("ReduceSum", new Schema(13, 1, 2, Map.of("keepdims", Kind.NUMBER))),
          Map.entry("Relu", new Schema(14, 1, 1, NONE)),
          Map.entry("Reshape", new Schema(14, 2, 2, NONE)),
          Map.entry(
              "Shape", new Schema(15, 1, 1, Map.of("start", Kind.NUMBER, "end", Kind.NUMBER))),
          Map.entry("Sigmoid", new Schema(13, 1, 1, NONE)),
          Map.entry("Sign", new Schema(13, 1, 1, NONE)),
          Map.entry("Slice", new Schema(13, 3, 5, NONE)),
          Map.entry("Softmax", new Schema(13, 1, 1, AXIS)),
          Map.entry("Softplus", new Schema(1, 1, 1, NONE)),
          Map.entry("Sqrt", new Schema(13, 1, 1, NONE)),
          Map.entry("Sub", new Schema(14, 2, 2, NONE)),
          Map.entry("Tanh", new Schema(13, 1, 1, NONE)),
          Map.entry("Transpose", new Schema(13, 1, 1, Map.of("perm", Kind.NUMBERS))));

  /** The opset that each version of the format came with, at most. */
  private static final Map<Long, Long> NEWEST_OPSET = Map.of(8L, 18L, 9L, 20L);

  private final OnnxModel model;
  private final long opset;
  private final Set<String> given = new HashSet<>();
  private final List<String> faults = new ArrayList<>();

  private OnnxRules(OnnxModel model) {
    this.model = model;
    opset = model.opsets().getOrDefault("", 0L);
  }

  /** What a checker would refuse; nothing if the model is right. */
  static List<String> faults(OnnxModel model) {
    OnnxRules rules = new OnnxRules(model);
    rules.check();
    return rules.faults;
  }

  private void check() {
    OnnxGraph graph = model.graph();
    require(!graph.name().isEmpty(), "the graph has no name");
    require(model.opsets().keySet().equals(Set.of("")), "its opsets are " + model.opsets());
    long newest = NEWEST_OPSET.getOrDefault(model.irVersion(), 0L);
    require(opset <= newest, "format %s, %s".formatted(model.irVersion(), model.opsets()));
    graph.inputs().forEach(input -> give(input.name(), "an input"));
    graph.initialisers().keySet().forEach(name -> give(name, "an initialiser"));
    Set<String> nodeNames = new HashSet<>();
    for (OnnxNode node : graph.nodes()) {
      require(!node.name().isEmpty() && nodeNames.add(node.name()), "two nodes " + node.name());
      check(node);
    }
    Set<String> described = new HashSet<>();
    graph.inner().forEach(value -> checkValue(value, described));
    graph.inputs().forEach(value -> checkValue(value, described));
    graph.outputs().forEach(value -> checkValue(value, described));
    unused(graph);
  }

  private void check(OnnxNode node) {
    Schema schema = SCHEMAS.get(node.operator());
    if (schema == null) {
      faults.add("no operator " + node.operator());
      return;
    }
    String where = node.name() + " (" + node.operator() + ")";
    require(node.domain().isEmpty(), where + " is of " + node.domain());
    require(schema.since <= opset, where + " is newer than the opset");
    int inputs = node.inputs().size();
    require(inputs >= schema.fewest && inputs <= schema.most, where + " has inputs " + inputs);
    for (String input : node.inputs()) {
      require(input.isEmpty() || given.contains(input), where + " reads too early " + input);
    }
    for (OnnxAttribute attribute : node.attributes().values()) {
      Kind kind = schema.settings.get(attribute.name());
      require(kind == attribute.kind(), where + " has no such " + attribute);
    }
    require(node.outputs().size() == 1, where + " has outputs " + node.outputs());
    node.outputs().forEach(output -> give(output, where));
  }

  private void give(String name, String by) {
    require(
        !name.isEmpty() && given.add(name), "%s is given twice, at last by %s".formatted(name, by));
  }

  private void checkValue(OnnxValue value, Set<String> described) {
    require(given.contains(value.name()), "nothing gives " + value.name());
    require(described.add(value.name()), value.name() + " is described twice");
    require(value.type().equals("float"), value.name() + " is of " + value.type());
    List<OnnxValue.Dim> dims = value.dims().orElse(List.of());
    require(!dims.isEmpty() && dims.getFirst().symbol().equals("N"), value.name() + ": " + dims);
    require(dims.stream().skip(1).allMatch(OnnxValue.Dim::isKnown), value.name() + ": " + dims);
  }

  /** No rule of the checker, but nothing is written that is not read. */
  private void unused(OnnxGraph graph) {
    Set<String> read = new HashSet<>();
    graph.nodes().forEach(node -> read.addAll(node.inputs()));
    graph.outputs().forEach(value -> read.add(value.name()));
    Set<String> unread = new HashSet<>(given);
    unread.removeAll(read);
    graph.inputs().forEach(value -> unread.remove(value.name()));
    require(unread.isEmpty(), "nothing reads " + unread);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }
}
