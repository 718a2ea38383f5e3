package dev.vitrine.notation;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Sgd;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Optimisers by name, with what they are set to: the components of their records, numbers and yes
 * or no. A new optimiser is its record and one line here.
 */
public final class Optimizers {
  /** Each as it is used unless something else is said. */
  private static final Map<String, Optimizer> USUAL = new LinkedHashMap<>();

  static {
    USUAL.put("sgd", Sgd.of(0.02).momentum(0.9).weightDecay(5e-4));
    USUAL.put("adam", Adam.of(0.001));
  }

  private Optimizers() {}

  /** All names. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(USUAL.keySet());
  }

  /**
   * The optimiser of a name, as it is usually set.
   *
   * @throws UserException if there is none
   */
  public static Optimizer named(String name) {
    Optimizer usual = USUAL.get(name);
    if (usual == null) {
      throw UserException.unknown("optimiser", name, names());
    }
    return usual;
  }

  /**
   * The name of an optimiser.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static String name(Optimizer optimizer) {
    return USUAL.entrySet().stream()
        .filter(entry -> entry.getValue().getClass() == optimizer.getClass())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("There is no name for the optimiser " + optimizer));
  }

  /** What an optimiser is set to, by the names of its record's components, in their order. */
  public static Map<String, Object> settings(Optimizer optimizer) {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (RecordComponent component : optimizer.getClass().getRecordComponents()) {
      try {
        settings.put(component.getName(), component.getAccessor().invoke(optimizer));
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException("An optimiser expects to be a public record", e);
      }
    }
    return settings;
  }

  /**
   * The same optimiser with other settings.
   *
   * @param changed new values by their components' names
   * @throws UserException if a value is out of its range
   */
  public static Optimizer with(Optimizer optimizer, Map<String, ?> changed) {
    Map<String, Object> settings = settings(optimizer);
    settings.putAll(changed);
    RecordComponent[] components = optimizer.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components).map(component -> settings.get(component.getName())).toArray();
    try {
      Constructor<? extends Optimizer> constructor =
          optimizer.getClass().getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof UserException outOfRange) {
        throw outOfRange;
      }
      throw new IllegalArgumentException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("An optimiser expects to be a public record", e);
    }
  }

  /** As JSON: its name and its settings, in small letters with underscores. */
  public static Map<String, Object> json(Optimizer optimizer) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name(optimizer));
    settings(optimizer).forEach((setting, value) -> json.put(words(setting, "_"), value));
    return json;
  }

  /**
   * Reads what {@link #json} gives.
   *
   * @throws UserException if the name is unknown, or a setting is missing, wrong or out of range
   */
  public static Optimizer read(JsonObject json) {
    try {
      Optimizer usual = named(json.string("name"));
      Map<String, Object> settings = settings(usual);
      settings.replaceAll((setting, value) -> {
        String key = words(setting, "_");
        return value instanceof Boolean ? (Object) json.bool(key) : (Object) json.number(key);
      });
      return with(usual, settings);
    } catch (UserException e) {
      throw e.getMessage().startsWith(json.source()) ? e : e.of(json.source());
    }
  }

  /** In one line, such as {@code adam, learning rate 0.001, beta1 0.9, …}. */
  public static String text(Optimizer optimizer) {
    return settings(optimizer).entrySet().stream()
        .map(entry -> words(entry.getKey(), " ") + " " + value(entry.getValue()))
        .collect(Collectors.joining(", ", name(optimizer) + ", ", ""));
  }

  /** A setting's value as people write it. */
  public static String value(Object value) {
    return value instanceof Double number ? Decimal.text(number) : value.toString();
  }

  /** {@code weightDecay} as {@code weight decay}. */
  private static String words(String name, String between) {
    return name.replaceAll("(?=[A-Z])", between).toLowerCase(Locale.ROOT);
  }
}
