package dev.vitrine.onnx;

import dev.vitrine.error.Quote;
import dev.vitrine.format.DType;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxAttribute;
import dev.vitrine.weights.onnx.OnnxNode;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.List;
import java.util.Optional;

/** One node while it is translated: what it reads, what it says, and where it is added. */
final class Site {
  private final OnnxNode node;
  private final long opset;
  private final List<Optional<Datum>> inputs;
  private final NetworkBuilder network;
  private final Stores stores;
  private String text;

  Site(
      OnnxNode node,
      long opset,
      List<Optional<Datum>> inputs,
      NetworkBuilder network,
      Stores stores) {
    this.node = node;
    this.opset = opset;
    this.inputs = inputs;
    this.network = network;
    this.stores = stores;
    this.text = node.operator();
  }

  long opset() {
    return opset;
  }

  NetworkBuilder network() {
    return network;
  }

  int outputs() {
    return node.outputs().size();
  }

  int inputs() {
    return inputs.size();
  }

  boolean has(int input) {
    return input < inputs.size() && inputs.get(input).isPresent();
  }

  Datum in(int input) {
    if (!has(input)) {
      throw new Refusal("its input %s is left out".formatted(input));
    }
    return inputs.get(input).get();
  }

  Flowing flowing(int input) {
    if (in(input) instanceof Flowing flowing) {
      return flowing;
    }
    throw new Refusal("its input %s is constant".formatted(input));
  }

  Known known(int input) {
    if (in(input) instanceof Known known) {
      return known;
    }
    throw new Refusal("its input %s depends on the network's input".formatted(input));
  }

  /** An axis, counted from the end if it is negative. */
  static int axis(long given, int rank) {
    if (given < -rank || given >= rank) {
      throw new Refusal("axis %s of a value of %s axes".formatted(given, rank));
    }
    return (int) (given < 0 ? given + rank : given);
  }

  boolean says(String name) {
    return node.attributes().containsKey(name);
  }

  private Optional<OnnxAttribute> attribute(String name) {
    Optional<OnnxAttribute> found = Optional.ofNullable(node.attributes().get(name));
    found
        .flatMap(OnnxAttribute::other)
        .ifPresent(other -> {
          throw new Refusal("its %s is %s".formatted(Quote.of(name), other));
        });
    return found;
  }

  long integer(String name, long otherwise) {
    return attribute(name).map(OnnxAttribute::number).orElse(otherwise);
  }

  /**
   * A single as the decimal number that it was written as: 1e-5, not 9.999999747378752e-6, so that
   * what is computed with it in double precision is what its writer would compute.
   */
  double real(String name, double otherwise) {
    return attribute(name).map(a -> Double.parseDouble(Float.toString(a.real()))).orElse(otherwise);
  }

  String text(String name, String otherwise) {
    return attribute(name).map(OnnxAttribute::text).orElse(otherwise);
  }

  List<Long> integers(String name) {
    return attribute(name).map(OnnxAttribute::numbers).orElse(List.of());
  }

  List<Float> reals(String name) {
    return attribute(name).map(OnnxAttribute::reals).orElse(List.of());
  }

  Optional<Known> tensor(String name) {
    return attribute(name).flatMap(OnnxAttribute::tensor).map(Site::known);
  }

  static Known known(Stored stored) {
    return switch (stored) {
      case Stored.Numbers numbers -> Known.of(numbers.tensor());
      case Stored.Unread unread ->
          throw new Refusal("it reads %s: %s".formatted(unread.what(), unread.why()));
      case Stored.Note _, Stored.Group _ -> throw new Refusal("it reads what is no tensor");
    };
  }

  /** Whether an input's numbers are signed bytes in the file, rather than unsigned ones. */
  boolean isSigned(int input) {
    DType type = known(input).stored().map(StoredTensor::dtype).orElse(DType.F32);
    return switch (type) {
      case I8 -> true;
      case U8 -> false;
      default -> throw new Refusal("its zero point is of %s, not a byte".formatted(type));
    };
  }

  /** Whole numbers that newer opsets have as an input and older ones as an attribute. */
  Optional<long[]> integers(String name, int input) {
    if (has(input)) {
      return Optional.of(known(input).longs());
    }
    return says(name)
        ? Optional.of(integers(name).stream().mapToLong(Long::longValue).toArray())
        : Optional.empty();
  }

  /** A parameter of this node's layer, or an earlier one's if that is of the same tensor. */
  Value parameter(
      String local,
      Stores.Tensor tensor,
      Shape shape,
      ParameterSpec.Role role,
      int fanIn,
      int fanOut) {
    return stores.value(network, local, tensor, shape, role, fanIn, fanOut);
  }

  /** A parameter or buffer of one number for each channel. */
  Value vector(String local, int input, int channels, ParameterSpec.Role role) {
    return parameter(local, Stores.Tensor.of(known(input)), Shape.of(channels), role, 1, 1);
  }

  /** The full name of a parameter or buffer. */
  String name(Value stored) {
    return stores.name(stored);
  }

  /** What the node's layer is called in a summary. */
  void describe(String newText) {
    text = newText;
  }

  String text() {
    return text;
  }

  static List<Datum> one(Datum only) {
    return List.of(only);
  }
}
