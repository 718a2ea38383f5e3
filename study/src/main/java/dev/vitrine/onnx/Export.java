package dev.vitrine.onnx;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.format.TensorData;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Broadcast;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxAttribute;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxValue;
import dev.vitrine.weights.stored.StoredTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network on its way to ONNX: its forward graph's values in their order, each as the nodes that
 * {@link OpForms} says. Values that no example changes are numbers: parameters under their names,
 * and what is computed of them alone, computed.
 */
final class Export {
  /** ONNX's number of single precision. */
  private static final long FLOAT = 1;

  private final Parameters parameters;
  private final Heads heads;
  private final SharedNumbers numbers;
  private final ExportNames names;
  private final ExportedGraph written = new ExportedGraph();
  private final Map<Value, List<Value>> readers = new HashMap<>();
  private final Map<Value, String> known = new HashMap<>();

  /** The outputs by the names that they are to have; one value may be several. */
  private final LinkedHashMap<String, Value> outputs = new LinkedHashMap<>();

  /** What parameters that are kept in another type are called as singles. */
  private final Map<String, String> casts = new HashMap<>();

  private final List<String> faults = new ArrayList<>();

  /** How parameters are kept, by their names; the others are singles. */
  private final Map<String, Kept> kept;

  Export(Model model, DType dtype) {
    this(
        Heads.of(model),
        Heads.of(model).names(model, taken(Heads.of(model), model.parameters())),
        model.parameters(),
        dtype == DType.F32 ? Map.of() : all(model.parameters(), new Kept(dtype, new float[0])));
  }

  /**
   * A network on its way.
   *
   * @param ends what its outputs are to be called
   * @param parameters its numbers, all of which are such as they are kept as
   */
  Export(Heads heads, List<String> ends, Parameters parameters, Map<String, Kept> kept) {
    this.heads = heads;
    this.parameters = parameters;
    this.kept = kept;
    this.numbers = new SharedNumbers(parameters);
    Set<String> taken = taken(heads, parameters);
    for (int i = 0; i < ends.size(); i++) {
      outputs.put(ends.get(i), heads.outputs().get(i));
    }
    taken.addAll(ends);
    this.names = new ExportNames(heads.network(), needed(), taken);
  }

  private static Set<String> taken(Heads heads, Parameters parameters) {
    Set<String> taken = new HashSet<>();
    heads.inputs().values().forEach(input -> taken.add(inputName(input)));
    parameters.layout().entries().forEach(entry -> taken.add(entry.name()));
    return taken;
  }

  private static Map<String, Kept> all(Parameters parameters, Kept kept) {
    return parameters.layout().entries().stream()
        .collect(Collectors.toMap(Layout.Entry::name, _ -> kept));
  }

  private static String inputName(Value input) {
    return ((Leaf.Input) input.op()).name();
  }

  private Set<Value> needed() {
    Set<Value> needed = Heads.needed(heads.network().graph(), outputs.values());
    for (Value value : heads.network().graph().values().reversed()) {
      if (needed.contains(value)) {
        value.inputs().forEach(x -> readers.computeIfAbsent(x, _ -> new ArrayList<>()).add(value));
      }
    }
    return needed;
  }

  /** The whole file. */
  OnnxModel file(Path file) {
    for (Value value : heads.network().graph().values()) {
      if (value.perExample() && names.isNeeded(value)) {
        write(value);
      }
    }
    if (!outputs.values().stream().allMatch(Value::perExample)) {
      faults.add("the network's output is the same whatever goes in");
    }
    if (!faults.isEmpty()) {
      throw new UserException(
          "%s of the network's layers cannot be written as ONNX: %s"
              .formatted(faults.size(), String.join("; ", faults)));
    }
    outputs.forEach(this::nameEnd);
    Map<String, Shape> ins = new LinkedHashMap<>();
    heads.inputs().values().forEach(input -> ins.put(inputName(input), input.shape()));
    Map<String, Shape> outs = new LinkedHashMap<>();
    outputs.forEach((name, value) -> outs.put(name, value.shape()));
    return written.file(file, ins, outs);
  }

  /** An output's name is a node's even if the network does nothing, or another output is it too. */
  private void nameEnd(String wanted, Value value) {
    String name = known.get(value);
    if (!name.equals(wanted)) {
      List<OnnxValue.Dim> dims = ExportedGraph.dims(value.shape());
      written.node(wanted, "Identity", List.of(), List.of(name), wanted, dims);
    }
  }

  private void write(Value value) {
    try {
      if (value.op() instanceof Leaf.Input) {
        known.put(value, inputName(value));
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
        && !outputs.containsValue(value)
        && WindowForms.isBiased(value, readers(value).getFirst());
  }

  void needs(long newer) {
    written.needs(newer);
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
    return x.perExample() ? known.get(x) : shared(x, ExportedGraph.sizes(x.shape()));
  }

  /** Whether a value has the whole shape of its examples, so that another may be repeated. */
  static boolean fills(Value value) {
    return value.perExample() && !(value.op() instanceof Broadcast);
  }

  /** A value that is the same for all examples, in sizes that may differ from its own. */
  String shared(Value value, List<Long> sizes) {
    boolean stored = value.op() instanceof Leaf.Parameter || value.op() instanceof Leaf.Buffer;
    String name = stored ? SharedNumbers.name(value) : names.of(value);
    String found = sizes.equals(ExportedGraph.sizes(value.shape())) ? name : name + "." + sizes;
    if (casts.containsKey(found)) {
      return casts.get(found);
    }
    if (!written.hasNumbers(found)) {
      Optional<Layout.Entry> entry = stored ? parameters.layout().find(name) : Optional.empty();
      if (entry.isPresent() && kept.containsKey(name)) {
        return widened(found, sizes, entry.get(), kept.get(name));
      }
      MemorySegment data =
          entry
              .map(own ->
                  MemorySegment.ofArray(parameters.values())
                      .asSlice((long) own.offset() * Float.BYTES))
              .orElseGet(() -> MemorySegment.ofArray(numbers.floats(value)));
      written.numbers(found, DType.F32, sizes, data);
    }
    return found;
  }

  /** A parameter as it is kept, and the node that makes singles of it. */
  private String widened(String name, List<Long> sizes, Layout.Entry entry, Kept how) {
    TensorData data = how.data(entry, parameters.values());
    written.numbers(
        name, StoredTensor.rows(data.dtype(), ByteOrder.LITTLE_ENDIAN, sizes, bytes(data)));
    String singles = free(name + ".f32");
    if (how.isWhole()) {
      String scale = singles(name + ".scale", List.of((long) how.scales().length), how.scales());
      List<OnnxAttribute> axis = List.of(OnnxAttribute.of("axis", 0));
      written.node(singles, "DequantizeLinear", axis, List.of(name, scale), singles);
    } else {
      List<OnnxAttribute> to = List.of(OnnxAttribute.of("to", FLOAT));
      written.node(singles, "Cast", to, List.of(name), singles);
    }
    casts.put(name, singles);
    return singles;
  }

  String zero(String name, boolean signed, int number) {
    MemorySegment data = MemorySegment.ofArray(new byte[] {(byte) number});
    return written.numbers(free(name), signed ? DType.I8 : DType.U8, List.of(), data);
  }

  private static MemorySegment bytes(TensorData data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      data.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return MemorySegment.ofArray(out.toByteArray());
  }

  String singles(String name, List<Long> dims, float... values) {
    return written.numbers(free(name), DType.F32, dims, MemorySegment.ofArray(values));
  }

  String longs(String name, List<Long> values) {
    long[] numbers = values.stream().mapToLong(Long::longValue).toArray();
    List<Long> dims = List.of((long) numbers.length);
    return written.numbers(free(name), DType.I64, dims, MemorySegment.ofArray(numbers));
  }

  void end(Value value, String operator, List<OnnxAttribute> attributes, List<String> inputs) {
    String output =
        outputs.entrySet().stream()
            .filter(each -> each.getValue() == value)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseGet(() -> names.of(value));
    List<OnnxValue.Dim> dims = ExportedGraph.dims(value.shape());
    written.node(names.of(value), operator, attributes, inputs, output, dims);
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
    written.node(name, operator, attributes, inputs, output, dims);
  }

  /** A node whose output is not described: whole numbers about sizes. */
  void count(String name, String operator, List<OnnxAttribute> attributes, List<String> inputs) {
    written.node(name, operator, attributes, inputs, name);
  }
}
