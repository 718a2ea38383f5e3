package dev.vitrine.weights.numpy;

import dev.vitrine.format.DType;
import dev.vitrine.weights.pickle.Bytes;
import dev.vitrine.weights.pickle.Global;
import dev.vitrine.weights.pickle.Instance;
import dev.vitrine.weights.pickle.Sequence;
import dev.vitrine.weights.pickle.Tree;
import dev.vitrine.weights.pickle.Vocabulary;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.List;
import java.util.Optional;

/** NumPy's arrays, scalars and types in pickles, of NumPy 1 and 2. */
public final class NumpyNames implements Vocabulary {
  /** The vocabulary. */
  public NumpyNames() {}

  @Override
  public Optional<Stored> meaning(Object thing, Tree tree) {
    if (!(thing instanceof Instance instance)) {
      return Optional.empty();
    }
    Global maker = instance.maker();
    if (!maker.module().equals("numpy") && !maker.module().startsWith("numpy.")) {
      return Optional.empty();
    }
    return switch (maker.name()) {
      case "_reconstruct" -> Optional.of(array(instance.state(), tree));
      case "_frombuffer" -> Optional.of(buffer(instance.arguments(), tree));
      case "scalar" -> Optional.of(scalar(instance.arguments(), tree));
      case "dtype" ->
          Optional.of(new Stored.Note(type(instance).map(NumpyType::text).orElse("dtype")));
      default -> Optional.empty();
    };
  }

  /** The state is (version, sizes, type, by columns, content); the oldest has no version. */
  private static Stored array(Object state, Tree tree) {
    if (!(state instanceof Sequence parts) || parts.size() < 4) {
      throw tree.refused("a NumPy array has no content");
    }
    int from = parts.size() - 4;
    NumpyArray array =
        array(parts.item(from + 1), parts.item(from), parts.item(from + 2) == (Object) true, tree);
    Object content = parts.item(from + 3);
    if (array.type().isObject() && content instanceof Sequence items) {
      return array.stored(items.items(), tree);
    }
    return tree.bytes(content)
        .map(bytes -> array.stored(bytes.data(), tree))
        .orElseThrow(() -> tree.refused("a NumPy array's content is no bytes"));
  }

  private static NumpyArray array(Object type, Object sizes, boolean columns, Tree tree) {
    List<Long> dims =
        tree.sizes(sizes).orElseThrow(() -> tree.refused("a NumPy array has no sizes"));
    return new NumpyArray(
        type(type).orElseThrow(() -> tree.refused("a NumPy array has no type")), dims, columns);
  }

  /** Protocol 5: (content, type, sizes, order). */
  private static Stored buffer(Sequence arguments, Tree tree) {
    boolean columns = "F".equals(arguments.item(3));
    NumpyArray array = array(arguments.item(1), arguments.item(2), columns, tree);
    return tree.bytes(arguments.item(0))
        .map(bytes -> array.stored(bytes.data(), tree))
        .orElseThrow(() -> tree.refused("a NumPy array's content is no bytes"));
  }

  private static Stored scalar(Sequence arguments, Tree tree) {
    NumpyArray array = array(arguments.item(0), Sequence.tuple(List.of()), false, tree);
    if (array.type().isObject()) {
      return tree.stored(arguments.item(1));
    }
    Optional<Bytes> bytes = tree.bytes(arguments.item(1));
    return bytes.isPresent() && array.stored(bytes.get().data(), tree) instanceof Stored.Numbers one
        ? new Stored.Note(text(one.tensor()))
        : new Stored.Unread("NumPy scalar", "it is of " + array.type().described());
  }

  private static String text(StoredTensor one) {
    if (one.dtype() == DType.BOOL) {
      return one.longs()[0] == 0 ? "False" : "True";
    }
    if (one.isWhole()) {
      long whole = one.longs()[0];
      return one.dtype() == DType.U64 ? Long.toUnsignedString(whole) : Long.toString(whole);
    }
    return one.dtype() == DType.F64
        ? Double.toString(one.doubles()[0])
        : Float.toString(one.floats()[0]);
  }

  /** A type is made from its name; its state begins with a version and the order of bytes. */
  private static Optional<NumpyType> type(Object value) {
    if (!(value instanceof Instance instance)
        || !instance.maker().name().equals("dtype")
        || !(text(instance.arguments().item(0)) instanceof String name)) {
      return Optional.empty();
    }
    if (!(instance.state() instanceof Sequence state)) {
      return NumpyType.parse(name);
    }
    String order = text(state.item(1)) instanceof String given ? given : "";
    return NumpyType.parse(name).map(type -> type.in(order));
  }

  /** A text of Python 3 or 2, else null. */
  private static Object text(Object value) {
    return value instanceof Bytes bytes && bytes.data().byteSize() < Byte.MAX_VALUE
        ? bytes.latin()
        : value;
  }
}
