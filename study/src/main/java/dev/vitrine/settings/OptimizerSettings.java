package dev.vitrine.settings;

import dev.vitrine.error.UserException;
import dev.vitrine.notation.Optimizers;
import dev.vitrine.optim.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings of {@link Optimizers}: one for each that any of them has. */
final class OptimizerSettings {
  static final String OPTIMIZER = "optimizer";

  /** How a component is asked for; one that is not here by its own name. */
  private static final Map<String, Setting> KNOWN =
      Map.ofEntries(
          known("learningRate", "lr", "RATE", "Learning rate.", "The learning rate"),
          known(
              "learningRateDecay",
              "lr-decay",
              "RATE",
              "How the rate falls with the steps.",
              "The learning rate's decay"),
          known("momentum", "momentum", "SHARE", "Momentum, usually in [0, 1).", "The momentum"),
          Map.entry("nesterov", Setting.flag("nesterov", "Use Nesterov's momentum.")),
          Map.entry("centered", Setting.flag("centered", "Divide by the gradients' deviation.")),
          known(
              "weightDecay",
              "weight-decay",
              "RATE",
              "L2 weight decay, or adamw's and lion's.",
              "The weight decay"),
          known("alpha", "alpha", "SHARE", "What stays of the squares' mean, in [0, 1).", ""),
          known("rho", "rho", "SHARE", "What stays of both means, in [0, 1).", ""),
          known("beta1", "beta1", "SHARE", "What stays of the gradients' mean, in [0, 1).", ""),
          known("beta2", "beta2", "SHARE", "What stays of their squares', in [0, 1).", ""),
          known("epsilon", "eps", "NUMBER", "What is added to the squares' root.", ""));

  private OptimizerSettings() {}

  private static Map.Entry<String, Setting> known(
      String component, String name, String label, String description, String term) {
    return Map.entry(
        component, Setting.of(name, Setting.Kind.NUMBER, label, description).term(term));
  }

  /** All of them, in the order of the optimisers and their components. */
  static List<Setting> all() {
    return components().stream().map(OptimizerSettings::described).toList();
  }

  private static Set<String> components() {
    Set<String> components = new LinkedHashSet<>();
    for (String optimizer : Optimizers.names()) {
      components.addAll(usual(optimizer).keySet());
    }
    return components;
  }

  private static Map<String, Object> usual(String optimizer) {
    return Optimizers.settings(Optimizers.named(optimizer));
  }

  /** The setting of a component. */
  static Setting of(String component) {
    String name = component.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    Setting plain = Setting.of(name, Setting.Kind.NUMBER, "NUMBER", name.replace('-', ' ') + ".");
    return KNOWN.getOrDefault(component, plain);
  }

  /** With what each of the optimisers that have it sets it to. */
  private static Setting described(String component) {
    Setting setting = of(component);
    Map<String, List<String>> byValue = new LinkedHashMap<>();
    for (String optimizer : Optimizers.names()) {
      Object value = usual(optimizer).get(component);
      if (value != null) {
        byValue.computeIfAbsent(Optimizers.value(value), _ -> new ArrayList<>()).add(optimizer);
      }
    }
    if (setting.kind() == Setting.Kind.FLAG) {
      String owners = String.join(", ", byValue.get("false"));
      return Setting.flag(setting.name(), "%s Of %s.".formatted(setting.description(), owners));
    }
    return setting.otherwise(
        byValue.entrySet().stream()
            .map(entry -> "%s (%s)".formatted(entry.getKey(), String.join(", ", entry.getValue())))
            .collect(Collectors.joining(", ")));
  }

  /**
   * The optimiser that is asked for.
   *
   * @throws UserException if there is none of that name, a setting is not one of its own, or a
   *     value is out of its range
   */
  static Optimizer chosen(GivenSettings given) {
    String name = given.text(OPTIMIZER);
    Optimizer usual = Optimizers.named(name.toLowerCase(Locale.ROOT));
    Set<String> own = Optimizers.settings(usual).keySet();
    Map<String, Object> changed = new LinkedHashMap<>();
    for (String component : components()) {
      Setting setting = of(component);
      if (!given.has(setting.name())) {
        continue;
      }
      if (!own.contains(component)) {
        throw new UserException(
            "%s is no option of %s %s, which takes %s"
                .formatted(
                    given.called(setting.name()),
                    given.called(OPTIMIZER),
                    name,
                    own.stream()
                        .map(each -> given.called(of(each).name()))
                        .collect(Collectors.joining(", "))));
      }
      changed.put(
          component,
          setting.kind() == Setting.Kind.FLAG
              ? (Object) given.flag(setting.name())
              : given.number(setting.name()).orElseThrow());
    }
    return Optimizers.with(usual, changed);
  }
}
