package dev.vitrine.notation;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.optim.AdaDelta;
import dev.vitrine.optim.AdaGrad;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.AdamW;
import dev.vitrine.optim.AmsGrad;
import dev.vitrine.optim.Lion;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.RmsProp;
import dev.vitrine.optim.Sgd;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Optimisers by name, with what they are set to: the components of their records, numbers and yes
 * or no. A new optimiser is its record and one line here.
 */
public final class Optimizers {
  private static final NamedRecords<Optimizer> ALL = new NamedRecords<>("optimiser", usual());

  private Optimizers() {}

  /** Each as it is used unless something else is said. */
  private static Map<String, Optimizer> usual() {
    Map<String, Optimizer> usual = new LinkedHashMap<>();
    usual.put("sgd", Sgd.of(0.02).momentum(0.9).weightDecay(5e-4));
    usual.put("adam", Adam.of(0.001));
    usual.put("amsgrad", AmsGrad.of(0.001));
    usual.put("adamw", AdamW.of(0.001));
    usual.put("adagrad", AdaGrad.of(0.01));
    usual.put("rmsprop", RmsProp.of(0.001));
    usual.put("adadelta", AdaDelta.of(1));
    usual.put("lion", Lion.of(1e-4));
    return usual;
  }

  /** {@return all names} */
  public static Set<String> names() {
    return ALL.names();
  }

  /**
   * {@return the optimiser of a name, as it is usually set}
   *
   * @param name one of {@link #names}
   * @throws UserException if there is none
   */
  public static Optimizer named(String name) {
    return ALL.named(name);
  }

  /**
   * {@return the name of an optimiser}
   *
   * @param optimizer of any kind
   * @throws UserException if it has none
   */
  public static String name(Optimizer optimizer) {
    return ALL.name(optimizer);
  }

  /**
   * {@return what an optimiser is set to, by the names of its record's components, in their order}
   *
   * @param optimizer of a kind that has a name
   */
  public static Map<String, Object> settings(Optimizer optimizer) {
    return Components.values((Record) optimizer);
  }

  /**
   * {@return the same optimiser with other settings}
   *
   * @param optimizer of a kind that has a name
   * @param changed new values by their components' names
   * @throws UserException if a value is out of its range
   */
  public static Optimizer with(Optimizer optimizer, Map<String, ?> changed) {
    Map<String, Object> settings = settings(optimizer);
    settings.putAll(changed);
    return Components.make(optimizer.getClass(), component -> settings.get(component.getName()));
  }

  /**
   * {@return an optimiser as JSON: its name and its settings, in small letters with underscores}
   *
   * @param optimizer of a kind that has a name
   * @throws UserException if it has no name
   */
  public static Map<String, Object> json(Optimizer optimizer) {
    return ALL.json(optimizer);
  }

  /**
   * Reads what {@link #json} gives.
   *
   * @param json an optimiser's fields
   * @return the optimiser
   * @throws UserException if the name is unknown, or a setting is missing, unknown, wrong or out of
   *     its range
   */
  public static Optimizer read(JsonObject json) {
    return ALL.read(json);
  }

  /**
   * {@return an optimiser in one line, such as {@code adam, learning rate 0.001, beta1 0.9, …}}
   *
   * @param optimizer of a kind that has a name
   */
  public static String text(Optimizer optimizer) {
    return settings(optimizer).entrySet().stream()
        .map(entry -> Components.words(entry.getKey(), " ") + " " + value(entry.getValue()))
        .collect(Collectors.joining(", ", name(optimizer) + ", ", ""));
  }

  /**
   * {@return a setting's value as people write it}
   *
   * @param value a number, a truth or a name
   */
  public static String value(Object value) {
    return value instanceof Double number ? Decimal.text(number) : value.toString();
  }
}
