package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.settings.Setting;
import dev.vitrine.settings.TrainSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * How the command line says what the libraries say, who know settings and no options: an option by
 * its name if the command at hand has it, and its value as it was typed.
 */
final class Words {
  /** What the options are called in the sentences of libraries. */
  private static final Map<String, String> OPTIONS = new HashMap<>();

  /** A setting of one rule of optimising, which its option does not name. */
  private static final Pattern OF_A_RULE =
      Pattern.compile("^\\w+'s (beta1|beta2|epsilon|alpha|rho)$");

  /** What some commands call an option of others. */
  private static final Map<String, String> OTHERWISE = Map.of("--network", "--to");

  /** What only a command line can say. */
  private static final Map<String, String> COMMANDS =
      Map.of(
          "a known network's name", "a name that 'vitrine summary --list' shows",
          "a training", "'vitrine train'",
          "a study", "'vitrine study'");

  /** Begins the advice to train what follows. */
  private static final String TRAIN = "train ";

  static {
    for (Setting setting : TrainSettings.all()) {
      OPTIONS.put(setting.term(), SettingOptions.name(setting.name()));
    }
    OPTIONS.remove("");
    OPTIONS.put("batch size", "--batch");
    OPTIONS.put("number of shards", "--shards");
    OPTIONS.put("The number of members", "--members");
    OPTIONS.put("The cluster's master", "--cluster");
    OPTIONS.put("validation share", "--validation");
    OPTIONS.put("The number of kept checkpoints", "--keep-checkpoints");
    OPTIONS.put("The range of learning rates", "--lr-range");
    OPTIONS.put("the validation share", "--validation");
    OPTIONS.put("the network", "--network");
    OPTIONS.put("the type of numbers", "--dtype");
    OPTIONS.put("the layout", "--layout");
    OPTIONS.put("the preprocessing", "--preprocess");
    OPTIONS.put("The number of threads", "--threads");
  }

  private final CommandSpec command;

  Words(CommandSpec command) {
    this.command = command;
  }

  /** The same complaint in the words of the command. */
  UserException of(UserException said) {
    UserException ours = said.inWords(this::word);
    return said.setting()
        .map(Words::option)
        .filter(option -> command.findOption(option) != null)
        .flatMap(option -> inOption(ours, option))
        .orElse(ours);
  }

  /** A value that was not typed is the option's default, unless a run brought its own. */
  private Optional<UserException> inOption(UserException said, String option) {
    ParseResult parsed = command.commandLine().getParseResult();
    boolean fixed = parsed != null && parsed.hasMatchedOption("--resume");
    return typed(option)
        .map(text -> said.typed(option, text))
        .or(() -> fixed ? Optional.empty() : Optional.of(said.named(option)));
  }

  private String word(String term) {
    if (term.startsWith(TRAIN)) {
      return "train it with 'vitrine train --model %s'".formatted(term.substring(TRAIN.length()));
    }
    String option = option(term);
    String here =
        command.findOption(option) == null ? OTHERWISE.getOrDefault(option, option) : option;
    return command.findOption(here) == null ? COMMANDS.getOrDefault(term, term) : here;
  }

  private static String option(String setting) {
    return OPTIONS
        .getOrDefault(setting, OF_A_RULE.matcher(setting).replaceFirst("--$1"))
        .replaceFirst("^--epsilon$", "--eps");
  }

  private Optional<String> typed(String option) {
    ParseResult parsed = command.commandLine().getParseResult();
    OptionSpec given = parsed == null ? null : parsed.matchedOption(option);
    List<String> values = given == null ? List.of() : given.originalStringValues();
    return values.isEmpty() ? Optional.empty() : Optional.of(shown(values));
  }

  /** A number as it is, anything else in quotes. */
  private static String shown(List<String> values) {
    String last = values.getLast();
    return last.matches("[-+.0-9eE]{1,40}") ? last : Quote.of(last);
  }
}
