package dev.vitrine.weights.pickle;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.weights.stored.WeightSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A pickle's values as the tree that a file of weights is. What several places share stands at each
 * of them, so the tree may be far larger than the pickle: it is paid for from the file's memory.
 */
public final class Tree {
  /** Longer keys are no names. */
  static final int LONGEST_NAME = 1000;

  /** How the description of a tensor begins that cannot be read. */
  static final String TENSOR = "tensor";

  private static final int NODE_BYTES = 64;

  private final WeightSource source;
  private final List<Vocabulary> vocabularies;
  private final Deque<String> path = new ArrayDeque<>();
  private final Set<Object> around = Collections.newSetFromMap(new IdentityHashMap<>());
  private int pathLength;

  /**
   * A tree of one file's values.
   *
   * @param source the file
   * @param vocabularies what its names mean, the first that knows one; Python's own come last
   */
  public Tree(WeightSource source, List<Vocabulary> vocabularies) {
    this.source = source;
    this.vocabularies = List.copyOf(vocabularies);
  }

  /**
   * {@return a pickle's value as what a file holds: a value that is no dictionary and no list is
   * the only one, under a name}
   *
   * @param value the value
   * @param name what a single thing is called
   */
  public Stored.Group root(Object value, String name) {
    return stored(value) instanceof Stored.Group group ? group : member(value, name);
  }

  private Stored.Group member(Object value, String name) {
    return new Members(this).add(name, value).group();
  }

  /** {@return a value} */
  public Stored stored(Object value) {
    source.take(NODE_BYTES + pathLength, "What the pickle holds, written out,");
    return switch (value) {
      case String text -> new Stored.Note(text);
      case Bytes bytes -> text(bytes);
      case Sequence sequence -> inside(sequence, () -> sequence(sequence));
      case Dictionary dictionary -> inside(dictionary, () -> group(dictionary));
      case Instance instance -> inside(instance, () -> thing(instance));
      case Global global -> thing(global);
      case Reference reference -> thing(reference);
      case null, default -> new Stored.Note(Names.shown(value));
    };
  }

  private Stored inside(Object container, Supplier<Stored> content) {
    source.enter(around.size());
    if (!around.add(container)) {
      return new Stored.Unread("a reference", "it leads back to what it lies in");
    }
    try {
      return content.get();
    } finally {
      around.remove(container);
    }
  }

  private Stored text(Bytes bytes) {
    long size = bytes.data().byteSize();
    source.take(2 * size, "A text");
    String text = size <= LONGEST_NAME ? bytes.latin() : "\0";
    return text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\t')
        ? new Stored.Note(text)
        : new Stored.Unread("bytes", "%s of them are no text".formatted(size));
  }

  private Stored sequence(Sequence sequence) {
    source.take(8L * sequence.size(), "What the pickle holds, written out,");
    if (sequence.size() > 0 && sequence.items().stream().allMatch(Names::isNumber)) {
      return new Stored.Note(Names.shown(sequence));
    }
    return list(sequence.items());
  }

  /** {@return values as a list, named by their places} */
  public Stored.Group list(List<Object> items) {
    var members = new Members(this);
    for (int i = 0; i < items.size(); i++) {
      members.add(Integer.toString(i), items.get(i));
    }
    return members.group();
  }

  /** {@return a dictionary} */
  public Stored.Group group(Dictionary dictionary) {
    var members = new Members(this);
    for (int i = 0; i < dictionary.size(); i++) {
      Object key = dictionary.key(i);
      String name = key instanceof Instance instance ? name(instance) : Names.of(key);
      members.add(key, name, dictionary.value(i));
    }
    return members.group();
  }

  /** The name of a NumPy scalar, say. */
  private String name(Instance key) {
    return stored(key) instanceof Stored.Note note ? note.text() : Names.of(key);
  }

  private Stored thing(Object thing) {
    for (Vocabulary vocabulary : vocabularies) {
      Optional<Stored> meaning = vocabulary.meaning(thing, this);
      if (meaning.isPresent()) {
        return meaning.get();
      }
    }
    return new PythonNames(this).meaning(thing);
  }

  /** A value under a name, which stands in the tree from here to {@link #leave}. */
  void enter(String name) {
    if (name.length() > LONGEST_NAME) {
      throw refused("a name has %s characters".formatted(name.length()));
    }
    path.addLast(name);
    pathLength += name.length();
  }

  void leave() {
    pathLength -= path.removeLast().length();
  }

  /**
   * {@return a tensor here; it is paid for, so that few numbers cannot pass for many}
   *
   * @param made makes it
   * @throws UserException if its bytes are too few, or its sizes make no sense
   */
  public Stored tensor(Supplier<StoredTensor> made) {
    StoredTensor tensor;
    try {
      tensor = made.get();
    } catch (UserException fault) {
      throw refused(fault.getMessage());
    }
    String what = "a tensor of " + Quote.value(tensor.dims().toString());
    source.take(size(tensor), path.isEmpty() ? what : Quote.place(path()) + ": " + what);
    return new Stored.Numbers(tensor);
  }

  private String path() {
    return String.join(".", path);
  }

  private static long size(StoredTensor tensor) {
    int bytes = tensor.dtype().bytes();
    return tensor.elements() > Long.MAX_VALUE / bytes ? -1 : tensor.elements() * bytes;
  }

  /**
   * {@return a tensor that cannot be read}
   *
   * @param of what it consists of
   */
  public static Stored unreadTensor(String of) {
    return new Stored.Unread(
        TENSOR + " of " + Quote.place(of), "no type of Vitrine's is like them");
  }

  /**
   * {@return bytes, however a pickle writes them, or empty if a value is none}
   *
   * @param value the value
   */
  public Optional<Bytes> bytes(Object value) {
    return PythonNames.bytes(value, this);
  }

  /**
   * {@return sizes, or empty if a value is no tuple of whole numbers}
   *
   * @param value the value
   */
  public Optional<List<Long>> sizes(Object value) {
    List<Object> items = PythonNames.elements(value);
    source.take(16L * items.size(), "A shape");
    boolean isList = value instanceof Sequence || !items.isEmpty();
    return isList && items.stream().allMatch(Long.class::isInstance)
        ? Optional.of(items.stream().map(Long.class::cast).toList())
        : Optional.empty();
  }

  /** {@return the file} */
  public WeightSource source() {
    return source;
  }

  /**
   * {@return the error for what is wrong here}
   *
   * @param fault what is wrong
   */
  public UserException refused(String fault) {
    return source.refused(path.isEmpty() ? fault : "%s: %s".formatted(Quote.place(path()), fault));
  }
}
