package dev.vitrine.onnxruntime;

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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A model of one node that is drawn at random: its input x, its settings, its constants. */
final class Draft {
  final Random random;
  private final LinkedHashMap<String, OnnxAttribute> attributes = new LinkedHashMap<>();
  private final LinkedHashMap<String, Stored> constants = new LinkedHashMap<>();
  private final List<String> inputs = new ArrayList<>(List.of("x"));
  private String operator;
  private long opset = 17;
  private int outputs = 1;
  private long[] dims = {1};

  Draft(String operator, Random random) {
    this.operator = operator;
    this.random = random;
  }

  String operator() {
    return operator;
  }

  Draft operator(String other) {
    operator = other;
    return this;
  }

  long opset() {
    return opset;
  }

  /** One of these opsets. */
  long opset(long... choices) {
    opset = choices[random.nextInt(choices.length)];
    return opset;
  }

  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  boolean maybe() {
    return random.nextBoolean();
  }

  @SafeVarargs
  final <T> T any(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The sizes of the input, its examples first. */
  Draft input(long... sizes) {
    dims = sizes;
    return this;
  }

  long[] dims() {
    return dims;
  }

  /** Sizes from 1 to 4. */
  long[] sizes(int rank) {
    return random.longs(rank, 1, 5).toArray();
  }

  Draft outputs(int count) {
    outputs = count;
    return this;
  }

  Draft set(String name, long number) {
    attributes.put(name, OnnxAttribute.of(name, number));
    return this;
  }

  Draft set(String name, float number) {
    attributes.put(name, OnnxAttribute.of(name, number));
    return this;
  }

  Draft set(String name, String text) {
    attributes.put(name, OnnxAttribute.of(name, text));
    return this;
  }

  Draft list(String name, long... numbers) {
    attributes.put(name, OnnxAttribute.of(name, Arrays.stream(numbers).boxed().toList()));
    return this;
  }

  Draft reals(String name, float... numbers) {
    List<Float> reals = new ArrayList<>();
    for (float number : numbers) {
      reals.add(number);
    }
    attributes.put(
        name,
        new OnnxAttribute(
            name,
            OnnxAttribute.Kind.REALS,
            0,
            0,
            "",
            Optional.empty(),
            List.of(),
            reals,
            List.of(),
            Optional.empty()));
    return this;
  }

  /** The next input is left out. */
  Draft none() {
    inputs.add("");
    return this;
  }

  /** The next input is x once more. */
  Draft again() {
    inputs.add("x");
    return this;
  }

  /** The constant goes first, x behind it. */
  Draft swap() {
    java.util.Collections.swap(inputs, 0, 1);
    return this;
  }

  Draft singles(float[] numbers, long... sizes) {
    return constant(DType.F32, MemorySegment.ofArray(numbers), sizes);
  }

  /** The next input, drawn. */
  Draft drawn(long... sizes) {
    float[] numbers = new float[(int) Arrays.stream(sizes).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return singles(numbers, sizes);
  }

  /** The next input, drawn above 0.2. */
  Draft positive(long... sizes) {
    float[] numbers = new float[(int) Arrays.stream(sizes).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = 0.2f + random.nextFloat();
    }
    return singles(numbers, sizes);
  }

  Draft number(float number) {
    return singles(new float[] {number});
  }

  Draft longs(long... numbers) {
    return constant(DType.I64, MemorySegment.ofArray(numbers), numbers.length);
  }

  Draft longs(long[] numbers, long... sizes) {
    return constant(DType.I64, MemorySegment.ofArray(numbers), sizes);
  }

  private Draft constant(DType type, MemorySegment data, long... sizes) {
    String name = "c" + inputs.size();
    List<Long> all = Arrays.stream(sizes).boxed().toList();
    constants.put(
        name, new Stored.Numbers(StoredTensor.rows(type, ByteOrder.nativeOrder(), all, data)));
    inputs.add(name);
    return this;
  }

  OnnxModel model() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      made.add("y" + i);
    }
    OnnxNode node = new OnnxNode("node", operator, "", inputs, made, attributes);
    List<OnnxValue.Dim> sizes = new ArrayList<>();
    Arrays.stream(dims).forEach(size -> sizes.add(new OnnxValue.Dim(size, "")));
    OnnxValue x = new OnnxValue("x", "float", Optional.of(sizes));
    List<OnnxValue> ends =
        made.stream().map(name -> new OnnxValue(name, "float", Optional.empty())).toList();
    OnnxGraph graph = new OnnxGraph("made", List.of(node), constants, List.of(x), ends, List.of());
    return new OnnxModel(Path.of("made.onnx"), 8, "", "", Map.of("", opset), graph, 0);
  }

  @Override
  public String toString() {
    return "%s opset %s x%s %s %s"
        .formatted(
            operator,
            opset,
            Arrays.toString(dims),
            inputs.stream()
                .map(name ->
                    constants.get(name) instanceof Stored.Numbers n
                        ? name + n.tensor().dims() + shown(n.tensor())
                        : name)
                .toList(),
            attributes.values().stream().map(Draft::shown).toList());
  }

  private static String shown(StoredTensor tensor) {
    return tensor.elements() > 8 ? "" : Arrays.toString(tensor.doubles());
  }

  private static String shown(OnnxAttribute a) {
    return a.name()
        + "="
        + switch (a.kind()) {
          case NUMBER -> a.number();
          case REAL -> a.real();
          case TEXT -> a.text();
          case REALS -> a.reals();
          default -> a.numbers();
        };
  }
}
