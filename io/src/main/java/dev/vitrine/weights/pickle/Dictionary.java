package dev.vitrine.weights.pickle;

import java.util.ArrayList;
import java.util.List;

/**
 * A dictionary as a pickle tells it: keys and values in order, a later one in place of an earlier
 * with the same key once it is {@linkplain Names named}. What it holds may be itself.
 */
public final class Dictionary {
  private final List<Object> keys = new ArrayList<>(0);
  private final List<Object> values = new ArrayList<>(0);

  /** An empty one. */
  public Dictionary() {}

  /** Adds a pair. */
  public void put(Object key, Object value) {
    keys.add(key);
    values.add(value);
  }

  /** {@return how many pairs} */
  public int size() {
    return keys.size();
  }

  /** {@return a key} */
  public Object key(int at) {
    return keys.get(at);
  }

  /** {@return a value} */
  public Object value(int at) {
    return values.get(at);
  }

  /** {@return whether there is a key that is this text} */
  public boolean has(String key) {
    return keys.contains(key);
  }

  /** {@return the last value whose key is this text, or null} */
  public Object get(String key) {
    int at = keys.lastIndexOf(key);
    return at < 0 ? null : values.get(at);
  }
}
