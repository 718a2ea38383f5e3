package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine help}: what {@code --help} shows, of the whole or of one command. */
@Command(
    name = "help",
    description = "Show the help of vitrine, or of a command: the same as its --help.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  vitrine help runs compare"})
final class HelpCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The command, and one of its own if it has some.")
  private List<String> words = List.of();

  @Override
  public void run() {
    CommandLine command = spec.root().commandLine();
    for (String word : words) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        throw UserException.unknown("command", word, command.getSubcommands().keySet());
      }
      command = next;
    }
    command.usage(command.getOut());
  }
}
