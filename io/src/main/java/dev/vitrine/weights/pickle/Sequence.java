package dev.vitrine.weights.pickle;

import java.util.ArrayList;
import java.util.List;

/** A list, tuple or set; what it holds may be itself. */
public final class Sequence {
  /** What a sequence is in Python. */
  public enum Kind {
    /** It grows. */
    LIST,
    /** It does not. */
    TUPLE,
    /** It grows, in no order. */
    SET
  }

  private static final Sequence NOTHING = new Sequence(Kind.TUPLE, List.of());

  private final Kind kind;
  private final List<Object> items;

  private Sequence(Kind kind, List<Object> items) {
    this.kind = kind;
    this.items = items;
  }

  /** One that may grow. */
  static Sequence of(Kind kind, List<Object> items) {
    return kind == Kind.TUPLE && items.isEmpty()
        ? NOTHING
        : new Sequence(kind, new ArrayList<>(items));
  }

  /** {@return a tuple} */
  public static Sequence tuple(List<Object> items) {
    return of(Kind.TUPLE, items);
  }

  /** {@return what it is} */
  public Kind kind() {
    return kind;
  }

  /** {@return what it holds, in order; items may be null, which is Python's None} */
  public List<Object> items() {
    return items;
  }

  /** {@return an item, or null if there are not so many} */
  public Object item(int at) {
    return at < items.size() ? items.get(at) : null;
  }

  /** {@return how many} */
  public int size() {
    return items.size();
  }
}
