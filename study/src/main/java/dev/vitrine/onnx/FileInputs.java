package dev.vitrine.onnx;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxValue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The inputs of a file that are its network's, not numbers of it, and what an example of each is.
 */
final class FileInputs {
  private final OnnxModel file;
  private final List<OnnxValue> all;

  /** Whether a batch is one example. */
  private final boolean whole;

  /**
   * The inputs.
   *
   * @param fixed inputs that are numbers of the network
   * @param whole whether a batch is one example, because the graph mixes what lies along it
   */
  FileInputs(OnnxModel file, Set<String> fixed, boolean whole) {
    this.file = file;
    this.whole = whole;
    all =
        file.graph().inputs().stream()
            .filter(input ->
                !fixed.contains(input.name())
                    && !file.graph().initialisers().containsKey(input.name()))
            .toList();
  }

  List<OnnxValue> all() {
    return all;
  }

  OnnxValue first() {
    return all.stream().findFirst().orElseThrow(() -> refused("the graph has no input"));
  }

  /** What an input but the first is called in the network: as in the file, if that is free. */
  String name(OnnxValue input) {
    Set<String> others = new HashSet<>(all.stream().map(OnnxValue::name).toList());
    String name = input.name();
    for (int i = 2; name.equals(Model.INPUT); i++) {
      String other = Model.INPUT + "_" + i;
      name = others.contains(other) ? name : other;
    }
    return name;
  }

  boolean hasLargeBatch() {
    return batch(first()) >= 0 && dims(first())[batch(first())] > 1;
  }

  /** The shape of an example of an input. */
  Shape shape(OnnxValue input) {
    long[] dims = dims(input);
    if (Arrays.stream(dims).anyMatch(size -> size > Integer.MAX_VALUE)) {
      throw refused("input %s is too large".formatted(Quote.of(input.name())));
    }
    return Flowing.shape(whole ? dims : Flowing.without(dims, batch(input)));
  }

  /** Whether an input's numbers are whole, as pixels may be. */
  static boolean isWhole(OnnxValue input) {
    return Arrays.stream(DType.values())
        .anyMatch(type -> type.isWhole() && type.name().equals(input.type()));
  }

  /** An input's value in a network, as nodes read it. */
  Datum datum(OnnxValue input, Value value) {
    int batch = whole ? -1 : batch(input);
    return new Flowing(value, batch, batch < 0 ? 1 : dims(input)[batch]);
  }

  /** ONNX's sizes of an input; a symbol is 1 where it counts the examples. */
  private long[] dims(OnnxValue input) {
    List<OnnxValue.Dim> given =
        input
            .dims()
            .orElseThrow(() -> refused("input %s has no shape".formatted(Quote.of(input.name()))));
    long[] dims = new long[given.size()];
    int batch = batch(input);
    for (int a = 0; a < dims.length; a++) {
      OnnxValue.Dim dim = given.get(a);
      if (!dim.isKnown() && a != batch) {
        throw refused(
            "input %s has sizes of %s, of which %s is not known: export the network for one size"
                .formatted(
                    Quote.of(input.name()),
                    given.stream()
                        .map(d -> d.isKnown() ? "" + d.size() : "?" + d.symbol())
                        .toList(),
                    dim.symbol().isEmpty() ? "axis " + a : Quote.of(dim.symbol())));
      }
      dims[a] = dim.isKnown() ? dim.size() : 1;
    }
    return dims;
  }

  private static int batch(OnnxValue input) {
    return input.dims().map(List::size).orElse(0) == 0 ? -1 : 0;
  }

  private UserException refused(String fault) {
    return new UserException("%s: %s".formatted(Quote.place(file.file().toString()), fault));
  }
}
