package dev.vitrine.notation;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Public records of exported packages as JSON objects, written and read by their components: each
 * is a field of its name in small letters with underscores. A component may be a number, a yes or
 * no, a text, a {@link JsonObject}, a record, a type with a {@link Form} of its own, or a list, a
 * map by texts or an {@link Optional} of these. An optional one that is empty is {@code null} and
 * may be missing; every other field must be there, and no further one.
 */
public final class RecordJson {
  private final Map<Class<?>, Form<?>> forms;

  /**
   * How the values of a type are written and read that are no records, or are to look otherwise.
   *
   * @param <T> the values' type
   * @param type the type, as components are declared with it
   * @param write a value that JSON has a form for
   * @param read of the field of a name
   */
  public record Form<T>(
      Class<T> type, Function<T, Object> write, BiFunction<JsonObject, String, T> read) {
    /**
     * {@return the form that writes a value as a text}
     *
     * @param <T> the values' type
     * @param type the type, as components are declared with it
     * @param text a value's text
     * @param parse the value of a text
     */
    public static <T> Form<T> text(
        Class<T> type, Function<T, String> text, Function<String, T> parse) {
      return new Form<>(type, text::apply, (json, key) -> parse.apply(json.string(key)));
    }

    private Object written(Object value) {
      return write.apply(type.cast(value));
    }
  }

  private RecordJson(Map<Class<?>, Form<?>> forms) {
    this.forms = forms;
  }

  /**
   * {@return a codec with the forms of those types that are not written by their components}
   *
   * @param forms for each such type how it is written
   */
  public static RecordJson of(Form<?>... forms) {
    return new RecordJson(Arrays.stream(forms).collect(Collectors.toMap(Form::type, f -> f)));
  }

  /**
   * {@return the fields of a record}
   *
   * @param record any whose components this has forms for
   */
  public Map<String, Object> write(Record record) {
    Map<String, Object> values = Components.values(record);
    Map<String, Object> json = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = values.get(component.getName());
      json.put(key(component), written(value, component.getGenericType()));
    }
    return json;
  }

  private Object written(Object value, Type type) {
    Form<?> form = forms.get(type instanceof Class<?> plain ? plain : null);
    if (form != null) {
      return form.written(value);
    }
    return switch (value) {
      case Optional<?> optional ->
          optional.map(present -> written(present, argument(type, 0))).orElse(null);
      case List<?> list ->
          list.stream().map(element -> written(element, argument(type, 0))).toList();
      case Map<?, ?> map -> {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, each) -> sorted.put((String) key, written(each, argument(type, 1))));
        yield sorted;
      }
      case JsonObject object -> object;
      case Record record -> write(record);
      default -> value;
    };
  }

  /**
   * Reads what {@link #write} gives.
   *
   * @param <R> the record's type
   * @param json a record's fields
   * @param type which record
   * @return the record
   * @throws UserException if a field is missing, unknown or wrong, or the record refuses it
   */
  public <R> R read(JsonObject json, Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    Set<String> known = Arrays.stream(components).map(RecordJson::key).collect(Collectors.toSet());
    NetworkReader.requireKnown(json, json.fields().keySet(), known, "field");
    try {
      return Components.make(type, component -> field(json, component));
    } catch (UserException e) {
      throw e.getMessage().startsWith(json.source()) ? e : e.of(json.source());
    }
  }

  private Object field(JsonObject json, RecordComponent component) {
    String key = key(component);
    try {
      return value(json, key, component.getGenericType());
    } catch (UserException e) {
      throw e.getMessage().startsWith(json.source())
          ? e
          : e.of("%s: \"%s\"".formatted(json.source(), key));
    }
  }

  private Object value(JsonObject json, String key, Type type) {
    if (type instanceof ParameterizedType nested) {
      return container(json, key, nested);
    }
    Class<?> plain = (Class<?>) type;
    Form<?> form = forms.get(plain);
    if (form != null) {
      return form.read.apply(json, key);
    }
    if (plain.isRecord() && plain != JsonObject.class) {
      return read(json.object(key), plain);
    }
    return switch (plain.getSimpleName()) {
      case "String" -> json.string(key);
      case "boolean", "Boolean" -> json.bool(key);
      case "int", "Integer" -> json.whole(key);
      case "long", "Long" -> json.integer(key);
      case "double", "Double" -> json.number(key);
      case "JsonObject" -> json.object(key);
      default -> throw new IllegalArgumentException("There is no form for " + plain);
    };
  }

  private Object container(JsonObject json, String key, ParameterizedType type) {
    Class<?> kind = (Class<?>) type.getRawType();
    if (kind == Optional.class) {
      return json.has(key) ? Optional.of(value(json, key, argument(type, 0))) : Optional.empty();
    }
    if (kind == List.class) {
      return json.list(key).stream()
          .map(element -> {
            JsonObject one = new JsonObject(json.source(), Collections.singletonMap(key, element));
            return value(one, key, argument(type, 0));
          })
          .toList();
    }
    if (kind == Map.class && argument(type, 0) == String.class) {
      JsonObject map = json.object(key);
      Map<String, Object> values = new LinkedHashMap<>();
      map.fields().keySet().forEach(name -> values.put(name, value(map, name, argument(type, 1))));
      return values;
    }
    throw new IllegalArgumentException("There is no form for " + type);
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  private static String key(RecordComponent component) {
    return Components.words(component.getName(), "_");
  }
}
