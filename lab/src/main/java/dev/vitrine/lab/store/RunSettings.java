package dev.vitrine.lab.store;

import dev.vitrine.error.Decimal;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.notation.Optimizers;
import dev.vitrine.run.RunConfig;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.TrainConfig;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A configuration as settings: what {@code config.json} has, under the names by which a training is
 * told it. A field that has no other name here goes by its own, so that none is lost.
 */
final class RunSettings {
  /** Fields whose settings have other names, by their places in the file. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("network.model", "model"),
          Map.entry("network.file", "network"),
          Map.entry("network.init_from.file", "init-from"),
          Map.entry("data.name", "data"),
          Map.entry("recipe.optimizer.name", "optimizer"),
          Map.entry("recipe.optimizer.learning_rate", "lr"),
          Map.entry("recipe.optimizer.epsilon", "eps"),
          Map.entry("recipe.optimizer.learning_rate_decay", "lr-decay"),
          Map.entry("recipe.loss.name", "loss"),
          Map.entry("recipe.batch_size", "batch"),
          Map.entry("recipe.max_steps", "steps"),
          Map.entry("recipe.bias_rate", "bias-lr"));

  /** What says where a training was, and not what it computes. */
  private static final Set<String> LEFT_OUT =
      Set.of("format", "command", "data.folder", "data.found", "network.built_for");

  /** What a training has that is told its optimiser alone. */
  private static final Map<String, Map<String, String>> USUAL = new ConcurrentHashMap<>();

  private RunSettings() {}

  /** All settings of a configuration, as a command line has them. */
  static Map<String, String> of(RunConfig config) {
    Map<String, String> settings = new LinkedHashMap<>();
    add("", Json.parse(Json.line(config.toJson()), "a configuration"), settings);
    return settings;
  }

  /** The names of those that are not as usual with that optimiser. */
  static Set<String> changed(RunConfig config, Map<String, String> settings) {
    String optimizer = Optimizers.name(config.recipe().optimizer());
    Map<String, String> usual = USUAL.computeIfAbsent(optimizer, RunSettings::usual);
    Set<String> changed = new LinkedHashSet<>();
    settings.forEach((name, value) -> {
      if (!value.equals(usual.get(name))) {
        changed.add(name);
      }
    });
    return changed;
  }

  private static Map<String, String> usual(String optimizer) {
    Map<String, String> usual =
        of(TrainConfig.of("", GivenSettings.of(Map.of("optimizer", optimizer))));
    usual.put("optimizer", of(TrainConfig.of("", GivenSettings.of(Map.of()))).get("optimizer"));
    return usual;
  }

  private static void add(String place, JsonObject object, Map<String, String> settings) {
    object
        .fields()
        .forEach((key, value) -> {
          String here = place.isEmpty() ? key : place + "." + key;
          if (value == null || LEFT_OUT.contains(here)) {
            return;
          }
          switch (value) {
            case JsonObject within when !here.equals("network.file") -> add(here, within, settings);
            case Boolean decay when here.equals("recipe.decay_biases") ->
                settings.put("no-bias-decay", text(!decay));
            default -> settings.put(name(here, key, settings), text(value));
          }
        });
  }

  /** Its setting's name, or its own; the whole place where that is taken. */
  private static String name(String place, String key, Map<String, String> taken) {
    String name = NAMES.getOrDefault(place, key.replace('_', '-'));
    return taken.containsKey(name) ? place : name;
  }

  private static String text(Object value) {
    return switch (value) {
      case Double number -> Decimal.text(number);
      case List<?> list -> list.stream().map(RunSettings::text).collect(Collectors.joining(","));
      default -> value.toString();
    };
  }
}
