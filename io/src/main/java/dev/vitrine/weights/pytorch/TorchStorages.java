package dev.vitrine.weights.pytorch;

import dev.vitrine.weights.pickle.Bytes;
import dev.vitrine.weights.pickle.Global;
import dev.vitrine.weights.pickle.Instance;
import dev.vitrine.weights.pickle.Reference;
import dev.vitrine.weights.pickle.Sequence;
import dev.vitrine.weights.pickle.Tree;
import java.util.Optional;

/** The storages of one file, by what its pickle calls them. */
@FunctionalInterface
interface TorchStorages {
  private static boolean is(Object value, String text) {
    return text.equals(text(value));
  }

  /**
   * {@return a storage}
   *
   * @param type its class
   * @param key its name in the file
   * @param id everything that the pickle says of it
   * @param tree where it is asked for
   */
  TorchStorage find(Global type, String key, Sequence id, Tree tree);

  /** What a persistent id stands for: a class that was saved with its source is that class. */
  static Object reference(Object id) {
    return id instanceof Sequence parts
            && is(parts.item(0), "module")
            && parts.item(1) instanceof Global of
        ? of
        : new Reference(id);
  }

  /** The storage that a value stands for, or empty if it is none. */
  default Optional<TorchStorage> storage(Object value, Tree tree) {
    if (value instanceof Reference reference
        && reference.id() instanceof Sequence id
        && is(id.item(0), "storage")
        && id.item(1) instanceof Global type) {
      String key = text(id.item(2));
      return key == null ? Optional.empty() : Optional.of(find(type, key, id, tree));
    }
    if (value instanceof Instance pickled
        && pickled.maker().path().equals("torch.storage._load_from_bytes")
        && pickled.arguments().item(0) instanceof Bytes bytes) {
      var inner = new TorchStream(tree.source(), "a storage", bytes.data());
      return inner.object() instanceof Reference one ? inner.storage(one, tree) : Optional.empty();
    }
    return Optional.empty();
  }

  /** A text of Python 3 or 2, or a number as one; else null. */
  static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case Bytes bytes when bytes.data().byteSize() < Byte.MAX_VALUE -> bytes.latin();
      case Long number -> number.toString();
      case null, default -> null;
    };
  }
}
