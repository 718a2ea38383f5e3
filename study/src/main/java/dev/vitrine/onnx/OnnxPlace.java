package dev.vitrine.onnx;

import dev.vitrine.op.Op;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxAttribute;
import java.util.List;
import java.util.Locale;

/** One value of a graph while its nodes are written. Values are known by their names in ONNX. */
public final class OnnxPlace {
  private final Export export;
  private final Value value;

  OnnxPlace(Export export, Value value) {
    this.export = export;
    this.value = value;
  }

  /** The value that is written. */
  Value value() {
    return value;
  }

  /** The shape of an input, per example. */
  Shape shape(int input) {
    return value.inputs().get(input).shape();
  }

  /** An attribute list, for short. */
  static List<OnnxAttribute> with(OnnxAttribute... attributes) {
    return List.of(attributes);
  }

  /**
   * {@return the name of one of the op's inputs; one per example has an axis of examples in front}
   *
   * @param input its place, from 0
   */
  public String in(int input) {
    return export.input(value, input);
  }

  /**
   * {@return the name of a single number}
   *
   * @param role what it is to the layer, such as {@code exponent}
   * @param number the number
   */
  public String number(String role, double number) {
    return export.singles(named(role), List.of(), (float) number);
  }

  /** The name of a byte, signed or not. */
  String zero(String role, boolean signed, int number) {
    return export.zero(named(role), signed, number);
  }

  /** The name of given singles. */
  String numbers(String role, List<Long> dims, float... numbers) {
    return export.singles(named(role), dims, numbers);
  }

  /** The name of a list of whole numbers. */
  String list(String role, List<Long> numbers) {
    return export.longs(named(role), numbers);
  }

  /** The name of a shared input in other sizes. */
  String shared(int input, List<Long> dims) {
    return export.shared(value.inputs().get(input), dims);
  }

  /** The name of a value further back. */
  String of(Value earlier) {
    return export.of(earlier);
  }

  /** Whether an input is written as part of this value. */
  boolean isMerged(int input) {
    return export.isMerged(value.inputs().get(input));
  }

  /** The values that read this one. */
  List<Value> readers() {
    return export.readers(value);
  }

  /** Says that one of the operators is only in newer opsets. */
  void needs(long opset) {
    export.needs(opset);
  }

  /** Adds a node whose output is whole numbers about sizes. */
  String counts(String operator, List<OnnxAttribute> attributes, String... inputs) {
    String name = export.free(named(operator.toLowerCase(Locale.ROOT)));
    export.count(name, operator, attributes, List.of(inputs));
    return name;
  }

  /**
   * Adds a node whose output has the shape of the op's.
   *
   * @param operator such as {@code Mul}
   * @param attributes its settings
   * @param inputs the names of what it reads; an empty one is left out
   * @return the name of its output
   */
  public String node(String operator, List<OnnxAttribute> attributes, String... inputs) {
    return node(operator, value.shape(), attributes, inputs);
  }

  /** As the other, with an output of another shape per example. */
  String node(String operator, Shape shape, List<OnnxAttribute> attributes, String... inputs) {
    String name = export.free(named(operator.toLowerCase(Locale.ROOT)));
    export.node(name, operator, attributes, List.of(inputs), name, ExportedGraph.dims(shape));
    return name;
  }

  /**
   * Adds the last node, whose output is the op's.
   *
   * @param operator such as {@code Relu}
   * @param attributes its settings
   * @param inputs the names of what it reads; an empty one is left out
   */
  public void end(String operator, List<OnnxAttribute> attributes, String... inputs) {
    export.end(value, operator, attributes, List.of(inputs));
  }

  /** The op's output is another value, as it is. */
  void same(String name) {
    export.same(value, name);
  }

  /** What is the op's, within its layer. */
  private String named(String role) {
    String kind = kind(value.op());
    return value.scope().isEmpty() ? kind + "." + role : export.name(value) + "." + role;
  }

  /** What an op is called where no layer has a name for it. */
  static String kind(Op op) {
    return (op instanceof Enum<?> each ? each.name() : op.getClass().getSimpleName())
        .toLowerCase(Locale.ROOT);
  }
}
