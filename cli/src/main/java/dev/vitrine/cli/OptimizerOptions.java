package dev.vitrine.cli;

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
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of {@link Optimizers}: one for each setting that any of them has. */
final class OptimizerOptions implements IModelTransformer {
  /** The option that they stand behind in the help. */
  private static final String AFTER = "--optimizer";

  /** How a setting is asked for; one that is not here by its own name. */
  private static final Map<String, Setting> SETTINGS =
      Map.ofEntries(
          setting("learningRate", "--lr", "RATE", "Learning rate."),
          setting("learningRateDecay", "--lr-decay", "RATE", "How the rate falls with the steps."),
          setting("momentum", "--momentum", "SHARE", "Momentum, in [0, 1)."),
          setting("nesterov", "--nesterov", "", "Use Nesterov's momentum."),
          setting("centered", "--centered", "", "Divide by the gradients' deviation."),
          setting(
              "weightDecay", "--weight-decay", "RATE", "L2 weight decay, or adamw's and lion's."),
          setting("alpha", "--alpha", "SHARE", "What stays of the squares' mean, in [0, 1)."),
          setting("rho", "--rho", "SHARE", "What stays of both means, in [0, 1)."),
          setting("beta1", "--beta1", "SHARE", "What stays of the gradients' mean, in [0, 1)."),
          setting("beta2", "--beta2", "SHARE", "What stays of their squares', in [0, 1)."),
          setting("epsilon", "--eps", "NUMBER", "What is added to the squares' root."));

  private static Map.Entry<String, Setting> setting(
      String name, String option, String label, String description) {
    return Map.entry(name, new Setting(option, label, description));
  }

  private record Setting(String option, String label, String description) {
    static Setting of(String name) {
      String words = name.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
      Setting plain = new Setting("--" + words, "NUMBER", words.replace('-', ' ') + ".");
      return SETTINGS.getOrDefault(name, plain);
    }
  }

  @Override
  public CommandSpec transform(CommandSpec spec) {
    List<OptionSpec> all = new ArrayList<>(spec.options());
    int at = all.indexOf(spec.findOption(AFTER));
    List<OptionSpec> behind = all.subList(at + 1, all.size());
    behind.forEach(spec::remove);
    Set<String> settings = new LinkedHashSet<>();
    Optimizers.names()
        .forEach(name -> settings.addAll(Optimizers.settings(Optimizers.named(name)).keySet()));
    settings.forEach(setting -> spec.addOption(option(setting)));
    behind.forEach(spec::addOption);
    return spec;
  }

  private static OptionSpec option(String name) {
    Setting setting = Setting.of(name);
    Map<String, Object> usual = new LinkedHashMap<>();
    for (String optimizer : Optimizers.names()) {
      Object value = Optimizers.settings(Optimizers.named(optimizer)).get(name);
      if (value != null) {
        usual.put(optimizer, value);
      }
    }
    if (usual.containsValue(false)) {
      return OptionSpec.builder(setting.option)
          .type(boolean.class)
          .description(setting.description + " Of " + String.join(", ", usual.keySet()) + ".")
          .build();
    }
    Map<String, List<String>> byValue = new LinkedHashMap<>();
    usual.forEach((optimizer, value) ->
        byValue.computeIfAbsent(Optimizers.value(value), _ -> new ArrayList<>()).add(optimizer));
    String values =
        byValue.entrySet().stream()
            .map(entry -> "%s (%s)".formatted(entry.getKey(), String.join(", ", entry.getValue())))
            .collect(Collectors.joining(", "));
    return OptionSpec.builder(setting.option)
        .type(double.class)
        .paramLabel(setting.label)
        .description("%s Default: %s".formatted(setting.description, values))
        .build();
  }

  /**
   * The optimiser that was asked for.
   *
   * @throws UserException if there is none of that name, an option is not one of its own, or a
   *     value is out of its range
   */
  static Optimizer chosen(String name, ParseResult given) {
    Optimizer usual = Optimizers.named(name.toLowerCase(Locale.ROOT));
    Set<String> own = Optimizers.settings(usual).keySet();
    Map<String, Object> changed = new LinkedHashMap<>();
    for (String optimizer : Optimizers.names()) {
      for (String setting : Optimizers.settings(Optimizers.named(optimizer)).keySet()) {
        String option = Setting.of(setting).option;
        if (!given.hasMatchedOption(option)) {
          continue;
        }
        if (!own.contains(setting)) {
          throw new UserException(
              "%s is no option of --optimizer %s, which takes %s"
                  .formatted(
                      option,
                      name,
                      own.stream()
                          .map(each -> Setting.of(each).option)
                          .collect(Collectors.joining(", "))));
        }
        changed.put(setting, given.<Object>matchedOptionValue(option, null));
      }
    }
    return Optimizers.with(usual, changed);
  }
}
