package dev.vitrine.onnx;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Broadcast;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Layout;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network on its way to ONNX: its forward graph's values in their order, each as the nodes that
 * {@link OpForms} says. Values that no example changes are numbers: parameters under their names,
 * and what is computed of them alone, computed.
 */
final class Export {
  private static final String OUTPUT = "output";
  private static final String EXAMPLES = "N";
  private static final long OPSET = 17;

  /** The version of the format that came with an opset of operators. */
  private static final Map<Long, Long> FORMAT_OF_OPSET = Map.of(17L, 8L, 20L, 9L);

  private final Model model;
  private final Model.Network network;
  private final SharedNumbers numbers;
  private final ExportNames names;
  private final Map<Value, List<Value>> readers = new HashMap<>();
  private final Map<Value, String> known = new HashMap<>();
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final LinkedHashMap<String, Stored> initialisers = new LinkedHashMap<>();
  private final Map<String, OnnxValue> inner = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private long opset = OPSET;

  Export(Model model) {
    this.model = model;
    this.network = model.inference();
    this.numbers = new SharedNumbers(model);
    Set<Value> needed = needed();
    this.names = new ExportNames(network, needed, model);
  }

  private Set<Value> needed() {
    Set<Value> needed = new HashSet<>(Set.of(network.output()));
    for (Value value : network.graph().values().reversed()) {
      if (needed.contains(value)) {
        needed.addAll(value.inputs());
        value.inputs().forEach(x -> readers.computeIfAbsent(x, _ -> new ArrayList<>()).add(value));
      }
    }
    return needed;
  }

  /** The whole file. */
  OnnxModel file(Path file) {
    for (Value value : network.graph().values()) {
      if (value.perExample() && names.isNeeded(value)) {
        write(value);
      }
    }
    if (!network.output().perExample()) {
      faults.add("the network's output is the same whatever goes in");
    }
    if (!faults.isEmpty()) {
      throw new UserException(
          "%s of the network's layers cannot be written as ONNX: %s"
              .formatted(faults.size(), String.join("; ", faults)));
    }
    Path name = file.getFileName();
    String title = name == null ? "" : name.toString().replaceFirst("(?<=.)\\.[^.]*$", "");
    OnnxGraph graph =
        new OnnxGraph(
            title,
            nodes,
            initialisers,
            List.of(described(Model.INPUT, dims(model.input()))),
            List.of(described(end(), dims(network.output().shape()))),
            inner.values().stream().filter(value -> !value.name().equals(end())).toList());
    return new OnnxModel(
        file, FORMAT_OF_OPSET.get(opset), "Vitrine", version(), Map.of("", opset), graph, 0);
  }

  private static String version() {
    return Optional.ofNullable(Export.class.getModule().getDescriptor())
        .flatMap(descriptor -> descriptor.rawVersion())
        .orElse("");
  }

  /** The name of the output, which is a node's even if the network does nothing. */
  private String end() {
    String name = known.get(network.output());
    if (!name.equals(OUTPUT)) {
      node(OUTPUT, "Identity", List.of(), List.of(name), OUTPUT, dims(network.output().shape()));
      known.put(network.output(), OUTPUT);
    }
    return OUTPUT;
  }

  private void write(Value value) {
    try {
      if (value.op() instanceof Leaf.Input input) {
        if (!input.name().equals(Model.INPUT)) {
          throw new Refusal("a second input, %s".formatted(Quote.of(input.name())));
        }
        known.put(value, Model.INPUT);
      } else if (!isMerged(value)) {
        OpForms.write(new OnnxPlace(this, value));
      }
    } catch (Refusal e) {
      known.put(value, "");
      faults.add("%s: %s".formatted(Quote.of(names.layer(value)), e.getMessage()));
    }
  }

  /** The values that read one, each as often as it does. */
  List<Value> readers(Value value) {
    return readers.getOrDefault(value, List.of());
  }

  /** Whether a value is written as part of the only one that reads it. */
  boolean isMerged(Value value) {
    return readers(value).size() == 1
        && value != network.output()
        && WindowForms.isBiased(value, readers(value).getFirst());
  }

  /** Says that an operator is needed that older opsets do not have. */
  void needs(long newer) {
    opset = Math.max(opset, newer);
  }

  String name(Value value) {
    return names.of(value);
  }

  String free(String wanted) {
    return names.free(wanted);
  }

  /** The name of an input of a value, as its node reads it. */
  String input(Value reader, int place) {
    Value x = reader.inputs().get(place);
    boolean fits = reader.op() instanceof Binary && fills(reader.inputs().get(1 - place));
    if (fits && x.op() instanceof Leaf.Constant constant && constant.isUniform()) {
      return singles(names.of(x), List.of(), (float) constant.number(0));
    }
    boolean repeated = fits && !x.perExample() && x.op() instanceof Broadcast;
    return of(repeated ? x.inputs().getFirst() : x);
  }

  /** The name of a value that is written, or of its numbers. */
  String of(Value x) {
    return x.perExample() ? known.get(x) : shared(x, sizes(x.shape()));
  }

  /** Whether a value has the whole shape of its examples, so that another may be repeated. */
  static boolean fills(Value value) {
    return value.perExample() && !(value.op() instanceof Broadcast);
  }

  /** A value that is the same for all examples, in sizes that may differ from its own. */
  String shared(Value value, List<Long> sizes) {
    boolean stored = value.op() instanceof Leaf.Parameter || value.op() instanceof Leaf.Buffer;
    String name = stored ? SharedNumbers.name(value) : names.of(value);
    String found = sizes.equals(sizes(value.shape())) ? name : name + "." + sizes;
    if (!initialisers.containsKey(found)) {
      Optional<Layout.Entry> entry =
          stored ? model.parameters().layout().find(name) : Optional.empty();
      if (entry.isPresent()) {
        MemorySegment all = MemorySegment.ofArray(model.parameters().values());
        add(found, DType.F32, sizes, all.asSlice((long) entry.get().offset() * Float.BYTES));
      } else {
        add(found, DType.F32, sizes, MemorySegment.ofArray(numbers.floats(value)));
      }
    }
    return found;
  }

  String singles(String name, List<Long> dims, float... values) {
    return add(free(name), DType.F32, dims, MemorySegment.ofArray(values));
  }

  String longs(String name, List<Long> values) {
    long[] numbers = values.stream().mapToLong(Long::longValue).toArray();
    return add(
        free(name), DType.I64, List.of((long) numbers.length), MemorySegment.ofArray(numbers));
  }

  private String add(String name, DType type, List<Long> dims, MemorySegment data) {
    StoredTensor tensor = StoredTensor.rows(type, ByteOrder.nativeOrder(), dims, data);
    initialisers.put(name, new Stored.Numbers(tensor));
    return name;
  }

  void end(Value value, String operator, List<OnnxAttribute> attributes, List<String> inputs) {
    boolean last = value == network.output();
    String output = last ? OUTPUT : names.of(value);
    node(names.of(value), operator, attributes, inputs, output, dims(value.shape()));
    known.put(value, output);
  }

  void same(Value value, String name) {
    known.put(value, name);
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

  /** A node whose output is not described: whole numbers about sizes. */
  void count(String name, String operator, List<OnnxAttribute> attributes, List<String> inputs) {
    node(name, operator, attributes, inputs, name);
  }

  private void node(
      String name,
      String operator,
      List<OnnxAttribute> attributes,
      List<String> inputs,
      String output) {
    Map<String, OnnxAttribute> byName = new LinkedHashMap<>();
    attributes.forEach(attribute -> byName.put(attribute.name(), attribute));
    nodes.add(new OnnxNode(name, operator, "", inputs, List.of(output), byName));
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
