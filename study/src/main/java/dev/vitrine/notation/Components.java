package dev.vitrine.notation;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The components of public records of exported packages, read and made. */
final class Components {
  private Components() {}

  /** The components' values by their names, in their order. */
  static Map<String, Object> values(Record of) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : of.getClass().getRecordComponents()) {
      try {
        values.put(component.getName(), component.getAccessor().invoke(of));
      } catch (ReflectiveOperationException e) {
        throw hidden(of.getClass(), e);
      }
    }
    return values;
  }

  /** A record of that type; what its constructor refuses, it throws. */
  static <R> R make(Class<R> type, Function<RecordComponent, ?> value) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = Arrays.stream(components).map(value).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw new IllegalArgumentException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw hidden(type, e);
    }
  }

  /** {@code weightDecay} as {@code weight decay}. */
  static String words(String name, String between) {
    return name.replaceAll("(?=[A-Z])", between).toLowerCase(Locale.ROOT);
  }

  private static IllegalArgumentException hidden(Class<?> type, ReflectiveOperationException e) {
    return new IllegalArgumentException(
        "Expected a public record of an exported package, but got " + type, e);
  }
}
