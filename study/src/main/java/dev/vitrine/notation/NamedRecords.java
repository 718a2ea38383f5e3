package dev.vitrine.notation;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Things of a kind that have names, each a record whose components are its settings: numbers and
 * yes or no. As JSON they are an object of the name and the settings.
 *
 * @param <T> the kind
 */
final class NamedRecords<T> {
  private static final String NAME = "name";
  private static final RecordJson SETTINGS = RecordJson.of();

  private final String kind;
  private final Map<String, T> usual;

  /**
   * All of a kind.
   *
   * @param kind what they are, for the sentences
   * @param usual each as it is used unless something else is said, in the order of help
   */
  NamedRecords(String kind, Map<String, T> usual) {
    this.kind = kind;
    this.usual = Collections.unmodifiableMap(new LinkedHashMap<>(usual));
  }

  Set<String> names() {
    return usual.keySet();
  }

  /**
   * The one of a name, as it is usually set.
   *
   * @throws UserException if there is none
   */
  T named(String name) {
    if (!usual.containsKey(name)) {
      throw UserException.unknown(kind, name, names());
    }
    return usual.get(name);
  }

  /**
   * The name of one.
   *
   * @throws UserException if it has none: it is one of the user's own
   */
  String name(T one) {
    return usual.entrySet().stream()
        .filter(entry -> entry.getValue().getClass() == one.getClass())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                "The %s of a run expects to be one of %s, but got one of one's own, which has no name"
                    .formatted(kind, String.join(", ", names()))));
  }

  /** The name and the settings. */
  Map<String, Object> json(T one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(NAME, name(one));
    json.putAll(SETTINGS.write((Record) one));
    return json;
  }

  /**
   * Reads what {@link #json} gives.
   *
   * @throws UserException if the name is unknown, or a setting is missing, unknown, wrong or out of
   *     its range
   */
  T read(JsonObject json) {
    T one;
    try {
      one = named(json.string(NAME));
    } catch (UserException e) {
      throw e.getMessage().startsWith(json.source()) ? e : e.of(json.source());
    }
    Map<String, Object> settings = new LinkedHashMap<>(json.fields());
    settings.remove(NAME);
    @SuppressWarnings("unchecked") // the class of a T
    Class<T> type = (Class<T>) one.getClass();
    return SETTINGS.read(new JsonObject(json.source(), settings), type);
  }
}
