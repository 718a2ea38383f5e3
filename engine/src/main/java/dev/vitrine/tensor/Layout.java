package dev.vitrine.tensor;

import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where named values lie in one flat {@code float} array. Each starts at a multiple of 16 elements
 * (a cache line), so that any two can be updated at once; the gaps are zero.
 */
public final class Layout {
  /** How many floats every entry's start is a multiple of. */
  public static final int ALIGNMENT = 16;

  /**
   * One named value.
   *
   * @param name the value's name, one of its own in the layout
   * @param shape the shape of its elements, which lie row-major
   * @param offset its first element's index in the flat array
   */
  public record Entry(String name, Shape shape, int offset) {}

  private final Map<String, Entry> entries;
  private final int size;

  private Layout(Map<String, Entry> entries, int size) {
    this.entries = entries;
    this.size = size;
  }

  /**
   * {@return a layout of the given shapes, in their order}
   *
   * @param shapes from names to shapes, in the order in which they are to lie
   * @throws UserException if all together have more than 2³¹ elements
   */
  public static Layout of(Map<String, Shape> shapes) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    long offset = 0;
    for (Map.Entry<String, Shape> shape : shapes.entrySet()) {
      entries.put(shape.getKey(), new Entry(shape.getKey(), shape.getValue(), (int) offset));
      offset += (shape.getValue().elements() + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
      if (offset > Integer.MAX_VALUE - ALIGNMENT) {
        throw new UserException(
            "The parameters have more than 2^31 elements together: use a smaller network");
      }
    }
    return new Layout(Collections.unmodifiableMap(entries), (int) offset);
  }

  /** {@return all entries, in order} */
  public List<Entry> entries() {
    return new ArrayList<>(entries.values());
  }

  /**
   * {@return the entry of a name}
   *
   * @param name a value's name
   * @throws UserException if there is none
   */
  public Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw UserException.unknown("parameter", name, entries.keySet());
    }
    return entry;
  }

  /**
   * {@return the entry of a name, if there is one}
   *
   * @param name a value's name
   */
  public Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** {@return the length of the flat array, gaps included} */
  public int size() {
    return size;
  }

  /** {@return the number of elements, gaps left out} */
  public long elements() {
    return entries.values().stream().mapToLong(e -> e.shape().elements()).sum();
  }
}
