package dev.vitrine.weights.pickle;

import dev.vitrine.weights.stored.Stored;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The members of a group as they are found. */
final class Members {
  private final Tree tree;
  private final Map<String, Stored> members = new LinkedHashMap<>();
  private final Map<String, Object> keys = new HashMap<>();
  private final Map<String, Integer> clashes = new HashMap<>();

  Members(Tree tree) {
    this.tree = tree;
  }

  Members add(String name, Object value) {
    return add(name, name, value);
  }

  /** A value under a key; keys that differ, such as 1 and "1", have names that differ. */
  Members add(Object key, String name, Object value) {
    tree.enter(name);
    String free = name;
    while (keys.containsKey(free) && !Objects.equals(keys.get(free), key)) {
      free = name + "#" + clashes.merge(name, 2, (count, two) -> count + 1);
    }
    members.put(free, tree.stored(value));
    keys.put(free, key);
    tree.leave();
    return this;
  }

  Stored.Group group() {
    return Stored.Group.of(members);
  }
}
