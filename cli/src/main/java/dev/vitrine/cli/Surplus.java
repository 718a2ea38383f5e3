package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.zoo.Zoo;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is on a command line and would do nothing: refused, for whoever typed it wants something.
 */
final class Surplus {
  private Surplus() {}

  /**
   * Refuses an option if it was given.
   *
   * @param why it has no effect, such as {@code without --out}
   */
  static void refuse(CommandSpec spec, String option, String why) {
    if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
      throw new UserException("%s has no effect %s: leave it out".formatted(option, why));
    }
  }

  /** Refuses options that were given an empty value. */
  static void refuseEmpty(ParseResult command) {
    for (OptionSpec option : command.matchedOptions()) {
      if (option.originalStringValues().contains("")) {
        throw new UserException("%s expects a value, but got \"\"".formatted(option.longestName()));
      }
    }
  }

  /** The sentence about what belongs to no option or argument of the command. */
  static String unknown(UnmatchedArgumentException failure) {
    CommandSpec spec = failure.getCommandLine().getCommandSpec();
    String typed = failure.getUnmatched().getFirst();
    if (!failure.isUnknownOption()) {
      if (!isFileName(typed) && takesFiles(spec)) {
        return "Expected %s, but got %s".formatted(Failures.FILE_NAME, Quote.of(typed));
      }
      String kind = spec.subcommands().isEmpty() ? "argument" : "command";
      String hint = Nearest.hint(typed, spec.subcommands().keySet());
      return "Unknown %s %s%s"
          .formatted(kind, Quote.of(typed), hint.isEmpty() ? meant(spec, typed) : hint);
    }
    String name = typed.replaceFirst("=.*", "");
    List<String> known = new ArrayList<>();
    spec.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> known.addAll(List.of(option.names())));
    // What others call it is no misspelling of anything here.
    boolean rate = List.of("--rate", "--learning-rate", "--eta").contains(name);
    String hint =
        rate && known.contains("--lr")
            ? "; did you mean %s?".formatted(Quote.of("--lr"))
            : Nearest.hint(name, known);
    String elsewhere = hint.isEmpty() ? ofOthers(spec, name) : hint;
    return "Unknown option %s%s".formatted(Quote.of(typed), elsewhere);
  }

  private static boolean isFileName(String typed) {
    try {
      return !Path.of(typed).toString().isEmpty();
    } catch (InvalidPathException _) {
      return false;
    }
  }

  /** Whether its arguments are files: one whose name is none here belongs to nothing then. */
  private static boolean takesFiles(CommandSpec spec) {
    return spec.positionalParameters().stream()
        .anyMatch(each -> each.auxiliaryTypes()[0] == Path.class);
  }

  /** The option that a bare word was most likely the value of, or is without its dashes. */
  private static String meant(CommandSpec spec, String typed) {
    String option =
        Zoo.has(typed)
            ? "--model " + typed
            : typed.equals(Digits.NAME) || DataFolders.names().contains(typed)
                ? "--data " + typed
                : "--" + typed;
    boolean has = spec.findOption(option.split("[ =]", 2)[0]) != null;
    return has ? "; did you mean %s?".formatted(Quote.of(option)) : "";
  }

  /** The commands that have the option. */
  private static String ofOthers(CommandSpec spec, String name) {
    List<String> others =
        spec.root().subcommands().values().stream()
            .map(command -> command.getCommandSpec())
            .filter(command -> command.findOption(name) != null)
            .map(CommandSpec::name)
            .distinct()
            .toList();
    return Optional.of(others)
        .filter(all -> !all.isEmpty())
        .map(all -> "; %s has it".formatted(String.join(" or ", all)))
        .orElse("");
  }
}
