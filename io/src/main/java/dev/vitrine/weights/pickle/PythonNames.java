package dev.vitrine.weights.pickle;

import dev.vitrine.weights.stored.Stored;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What Python's own classes mean, and objects of classes that nobody knows. */
final class PythonNames {
  private static final Set<String> DICTIONARIES =
      Set.of(
          "collections.OrderedDict",
          "collections.defaultdict",
          "collections.Counter",
          "builtins.dict",
          "__builtin__.dict");

  private static final Set<String> COLLECTIONS = Set.of("set", "frozenset", "list", "tuple");

  private static final Set<String> VALUES =
      Set.of("slice", "complex", "range", "xrange", "bool", "int", "long", "float", "str");

  private final Tree tree;

  PythonNames(Tree tree) {
    this.tree = tree;
  }

  Stored meaning(Object thing) {
    return switch (thing) {
      case Global global -> unread("class or function " + global, "only its name is known");
      case Instance instance -> meaning(instance);
      default -> unread("reference", "it leads out of the pickle");
    };
  }

  private Stored meaning(Instance instance) {
    if (isDictionary(instance)) {
      return tree.group(instance.pairs());
    }
    String name = instance.maker().name();
    if (instance.maker().isBuiltin(name)) {
      if (COLLECTIONS.contains(name)) {
        return tree.stored(Sequence.of(Sequence.Kind.LIST, elements(instance)));
      }
      if (VALUES.contains(name)) {
        return new Stored.Note(name + Names.shown(instance.arguments()));
      }
    }
    Optional<Bytes> bytes = bytes(instance, tree);
    if (bytes.isPresent()) {
      return tree.stored(bytes.get());
    }
    return object(instance);
  }

  private static boolean isDictionary(Instance instance) {
    return DICTIONARIES.contains(instance.maker().path());
  }

  /** The pairs of a dictionary or of an object that is one, else null. */
  static Dictionary pairs(Object value) {
    return switch (value) {
      case Dictionary dictionary -> dictionary;
      case Instance instance when isDictionary(instance) -> instance.pairs();
      case null, default -> null;
    };
  }

  /** The elements of a list, tuple or set, however a pickle makes it. */
  static List<Object> elements(Object value) {
    if (value instanceof Sequence sequence) {
      return sequence.items();
    }
    if (value instanceof Instance instance
        && instance.maker().isBuiltin(instance.maker().name())
        && COLLECTIONS.contains(instance.maker().name())) {
      var all = new ArrayList<Object>();
      if (instance.arguments().item(0) instanceof Sequence given) {
        all.addAll(given.items());
      }
      all.addAll(instance.items());
      return all;
    }
    return List.of();
  }

  /** Bytes as Python 3 writes them for protocols 0 to 2: a text, encoded. */
  static Optional<Bytes> bytes(Object value, Tree tree) {
    if (value instanceof Bytes bytes) {
      return Optional.of(bytes);
    }
    if (!(value instanceof Instance instance)) {
      return Optional.empty();
    }
    String maker = instance.maker().path();
    Object first = instance.arguments().item(0);
    if (maker.equals("_codecs.encode") && first instanceof String text) {
      tree.source().take(text.length(), "A text");
      return Optional.of(
          new Bytes(MemorySegment.ofArray(text.getBytes(StandardCharsets.ISO_8859_1))));
    }
    if (instance.maker().isBuiltin("bytes") || instance.maker().isBuiltin("bytearray")) {
      return instance.arguments().size() == 0
          ? Optional.of(new Bytes(MemorySegment.ofArray(new byte[0])))
          : first instanceof Bytes bytes ? Optional.of(bytes) : Optional.empty();
    }
    return Optional.empty();
  }

  /** An object of an unknown class: what has tensors in it is read, by its fields. */
  private Stored object(Instance instance) {
    Dictionary fields = fields(instance.state());
    if (Modules.isOne(fields)) {
      return new Modules(tree).group(fields);
    }
    var members = new Members(tree);
    for (Dictionary part : List.of(instance.pairs(), fields)) {
      for (int i = 0; i < part.size(); i++) {
        members.add(part.key(i), Names.of(part.key(i)), part.value(i));
      }
    }
    addPlaces(members, instance.items());
    addPlaces(members, instance.arguments().items());
    Stored.Group group = Modules.tensorsOf(members.group());
    return group.members().isEmpty()
        ? unread(
            "object of the class " + instance.maker(), "nothing but its name and fields is known")
        : group;
  }

  private static void addPlaces(Members members, List<Object> items) {
    for (int i = 0; i < items.size(); i++) {
      members.add(Integer.valueOf(i), Integer.toString(i), items.get(i));
    }
  }

  /** A state is a dictionary, or a pair of one and of what stands in slots. */
  private static Dictionary fields(Object state) {
    if (state instanceof Sequence pair && pair.size() == 2) {
      Dictionary slots = pairs(pair.item(1));
      if (slots != null && slots.size() > 0) {
        return slots;
      }
      return orNone(pairs(pair.item(0)));
    }
    return orNone(pairs(state));
  }

  private static Dictionary orNone(Dictionary fields) {
    return fields == null ? new Dictionary() : fields;
  }

  private static Stored unread(String what, String why) {
    return new Stored.Unread(what, why);
  }
}
