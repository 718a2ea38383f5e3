package dev.vitrine.cli;

import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.Setting;
import dev.vitrine.settings.TrainSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of a training: one for each of {@link TrainSettings}, before the command's own. */
final class SettingOptions implements IModelTransformer {
  @Override
  public CommandSpec transform(CommandSpec spec) {
    List<OptionSpec> own = new ArrayList<>(spec.options());
    own.forEach(spec::remove);
    TrainSettings.all().forEach(setting -> spec.addOption(option(setting)));
    own.forEach(spec::addOption);
    return spec;
  }

  private static OptionSpec option(Setting setting) {
    OptionSpec.Builder option =
        OptionSpec.builder(name(setting.name())).type(type(setting)).description(setting.help());
    return setting.kind() == Setting.Kind.FLAG
        ? option.build()
        : option.paramLabel(setting.label()).build();
  }

  /** Types of which the parser refuses wrong values by itself; the values are read as text. */
  private static Class<?> type(Setting setting) {
    return switch (setting.kind()) {
      case COUNT -> int.class;
      case WHOLE -> long.class;
      case NUMBER -> double.class;
      case FLAG -> boolean.class;
      case PATH -> Path.class;
      case TEXT, NUMBERS -> String.class;
    };
  }

  /** What the command line calls a setting. */
  static String name(String setting) {
    return "--" + setting;
  }

  /** The settings that are on a command line. */
  static GivenSettings given(ParseResult parsed) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Setting setting : TrainSettings.all()) {
      OptionSpec option = parsed.matchedOption(name(setting.name()));
      if (option != null) {
        values.put(setting.name(), value(option));
      }
    }
    return new GivenSettings(values, SettingOptions::name);
  }

  /** A flag that stands alone is set. */
  private static String value(OptionSpec option) {
    List<String> typed = option.originalStringValues();
    return typed.isEmpty() ? "true" : typed.getLast();
  }
}
