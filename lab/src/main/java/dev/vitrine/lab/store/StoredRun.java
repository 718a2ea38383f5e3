package dev.vitrine.lab.store;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A run as its folder says.
 *
 * @param folder where it is
 * @param values what is known of it: a {@link String}, {@link Long} or {@link Double} by the
 *     field's {@link Field.Kind}; what is not known is not there
 * @param settings what its training was told, as a command line would have it, by the settings'
 *     names; empty of a damaged one
 * @param changed the names of those that are not what a training has that is not told them, in the
 *     settings' order
 */
public record StoredRun(
    Path folder, Map<Field, Object> values, Map<String, String> settings, Set<String> changed) {
  /** Settings that are fields, too. */
  private static final Set<String> OWN_FIELD = Set.copyOf(Field.keys());

  /** Copies the values. */
  public StoredRun {
    Objects.requireNonNull(folder, "folder");
    Map<Field, Object> copy = new EnumMap<>(Field.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
    settings = Collections.unmodifiableMap(settings);
    changed = Collections.unmodifiableSet(changed);
  }

  /** {@return what it goes by} */
  public String id() {
    return text(Field.ID);
  }

  /** {@return how it stands} */
  public RunState state() {
    String word = text(Field.STATE);
    for (RunState state : RunState.values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    throw new IllegalStateException("No state " + word);
  }

  /**
   * {@return a text; empty if it is not known}
   *
   * @param field one of texts
   */
  public String text(Field field) {
    return Objects.toString(values.get(field), "");
  }

  /**
   * {@return a number, if it is known}
   *
   * @param field one of numbers
   */
  public Optional<Double> number(Field field) {
    return values.get(field) instanceof Number number
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }

  /** {@return the settings that are not as usual, without those that have a field of their own} */
  public Map<String, String> unusual() {
    Map<String, String> unusual = new LinkedHashMap<>();
    for (String name : changed) {
      if (settings.containsKey(name) && !OWN_FIELD.contains(name)) {
        unusual.put(name, settings.get(name));
      }
    }
    return unusual;
  }

  /** The same with another value. */
  StoredRun with(Field field, Object value) {
    Map<Field, Object> more = new EnumMap<>(Field.class);
    more.putAll(values);
    more.put(field, value);
    return new StoredRun(folder, more, settings, changed);
  }
}
