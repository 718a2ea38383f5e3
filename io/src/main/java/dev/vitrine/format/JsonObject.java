package dev.vitrine.format;

import static java.util.stream.Collectors.joining;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON object that was read, with getters that check. Values are {@code null}, {@link Boolean},
 * {@link Long}, {@link Double}, {@link String}, {@link List} and {@link JsonObject}.
 *
 * @param source what was read, for the sentences: a file's name and where in it
 * @param fields the fields, in the order of the text
 */
public record JsonObject(String source, Map<String, Object> fields) {
  /** The object, with its own copy of the fields. */
  public JsonObject {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * {@return whether the field is there and not {@code null}}
   *
   * @param key the field's name
   */
  public boolean has(String key) {
    return fields.get(key) != null;
  }

  /**
   * {@return a text}
   *
   * @param key the field's name
   * @throws UserException if it is missing or something else; so do all getters
   */
  public String string(String key) {
    return get(key, String.class, "a text");
  }

  /**
   * {@return whether a field is {@code true}}
   *
   * @param key the field's name
   */
  public boolean bool(String key) {
    return get(key, Boolean.class, "true or false");
  }

  /**
   * {@return a whole number}
   *
   * @param key the field's name
   */
  public long integer(String key) {
    return get(key, Long.class, "a whole number");
  }

  /**
   * {@return a whole number that an {@code int} holds}
   *
   * @param key the field's name
   */
  public int whole(String key) {
    long value = integer(key);
    if (value != (int) value) {
      throw wrong(key, "a number below 2^31");
    }
    return (int) value;
  }

  /**
   * {@return any number; {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"} are numbers
   * here}
   *
   * @param key the field's name
   */
  public double number(String key) {
    return number(key, fields.get(key), "a number");
  }

  private double number(String key, Object field, String expected) {
    return switch (field) {
      case Long whole -> whole;
      case Double value -> value;
      case String text when Json.isNonFinite(text) -> Double.parseDouble(text);
      case null, default -> throw wrong(key, expected);
    };
  }

  /**
   * {@return an object within this one}
   *
   * @param key the field's name
   */
  public JsonObject object(String key) {
    return get(key, JsonObject.class, "an object");
  }

  /** {@return all fields, each of which must be a text} */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    fields.keySet().forEach(key -> texts.put(key, string(key)));
    return texts;
  }

  /**
   * {@return a list; its elements are as they were read}
   *
   * @param key the field's name
   */
  public List<?> list(String key) {
    return get(key, List.class, "a list");
  }

  /** The object as JSON, on one line. */
  @Override
  public String toString() {
    return text(this);
  }

  /**
   * {@return whether a field is a list}
   *
   * @param key the field's name
   */
  public boolean isList(String key) {
    return fields.get(key) instanceof List;
  }

  /**
   * {@return a list of numbers, as {@link #number} reads them}
   *
   * @param key the field's name
   */
  public List<Double> numbers(String key) {
    return list(key).stream().map(element -> number(key, element, "a list of numbers")).toList();
  }

  private <T> T get(String key, Class<T> type, String expected) {
    Object value = fields.get(key);
    if (!type.isInstance(value)) {
      throw wrong(key, expected);
    }
    return type.cast(value);
  }

  /**
   * {@return a value as sentences show it: as JSON, within the length of a {@link Quote}}
   *
   * @param value a map, list, text, number, boolean or {@code null}
   */
  public static String shown(Object value) {
    return switch (value) {
      case null -> "nothing";
      case String text -> Quote.of(text);
      default -> Quote.value(text(value));
    };
  }

  /** With a blank after each comma and colon, as people write. */
  private static String text(Object value) {
    return switch (value) {
      case JsonObject object -> text(object.fields);
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(field -> Json.line(field.getKey()) + ": " + text(field.getValue()))
              .collect(joining(", ", "{", "}"));
      case Collection<?> list ->
          list.stream().map(JsonObject::text).collect(joining(", ", "[", "]"));
      case null, default -> Json.line(value);
    };
  }

  private UserException wrong(String key, String expected) {
    return new UserException(
        "%s: %s expects %s, but got %s"
            .formatted(source, Quote.of(key), expected, shown(fields.get(key))));
  }
}
