package dev.vitrine.lab.store;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Settings under names that many runs have in common: a run holds its values alone. */
final class NamedSettings extends AbstractMap<String, String> {
  private final List<String> names;
  private final String[] values;

  /**
   * The names of a run's settings.
   *
   * @param all in their order
   * @param changed those that are not as usual, in the same order
   */
  record Names(List<String> all, Set<String> changed) {
    Names {
      all = List.copyOf(all);
      changed = new LinkedHashSet<>(changed);
    }

    static Names of(StoredRun run) {
      List<String> all = List.copyOf(run.settings().keySet());
      Set<String> changed = new LinkedHashSet<>(all);
      changed.retainAll(run.changed());
      return new Names(all, changed);
    }
  }

  NamedSettings(Names names, String... values) {
    this.names = names.all();
    this.values = values;
  }

  @Override
  public String get(Object name) {
    int at = names.indexOf(name);
    return at < 0 ? null : values[at];
  }

  @Override
  public boolean containsKey(Object name) {
    return names.contains(name);
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, String>> iterator() {
        return IntStream.range(0, values.length)
            .mapToObj(i -> Map.entry(names.get(i), values[i]))
            .iterator();
      }

      @Override
      public int size() {
        return values.length;
      }
    };
  }

  @Override
  public boolean equals(Object other) {
    return (other instanceof NamedSettings same && names.equals(same.names))
        ? Arrays.equals(values, same.values)
        : super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
