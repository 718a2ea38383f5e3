package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.train.DivergedException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on the error stream and an exit code. */
final class Failures {
  private static final int DIVERGED = 3;

  /** What names of files are. */
  static final String FILE_NAME = "a file name that this system can write (is LANG set?)";

  /** What options of these types expect. */
  private static final Map<Class<?>, String> EXPECTED =
      Map.of(
          int.class, "a whole number below 2^31",
          Integer.class, "a whole number below 2^31",
          long.class, "a whole number below 2^63",
          Long.class, "a whole number below 2^63",
          double.class, "a number",
          Double.class, "a number",
          boolean.class, "true or false, or nothing",
          Path.class, FILE_NAME,
          Output.class, FILE_NAME,
          OutputFolder.class, FILE_NAME);

  private Failures() {}

  /** Arguments that do not parse: one line, with the nearest option or command; exit code 2. */
  static int badArguments(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String sentence =
        switch (failure) {
          case ParameterException ours when ours.getCause() instanceof UserException said ->
              said.getMessage();
          case UnmatchedArgumentException unmatched -> Surplus.unknown(unmatched);
          case OverwrittenOptionException twice ->
              "%s is given twice: leave one out"
                  .formatted(((OptionSpec) twice.getOverwritten()).longestName());
          default -> expected(failure).orElse(failure.getMessage());
        };
    say(command, "%s: %s (see '%s --help')".formatted(name, sentence, name));
    return CommandLine.ExitCode.USAGE;
  }

  /**
   * A command that failed: the sentence of a {@link UserException} and 2, anything else is our own
   * fault, which asks for a report, and 1.
   */
  static int inCommand(Exception failure, CommandLine command, boolean stacktrace) {
    if (stacktrace) {
      failure.printStackTrace(command.getErr());
    }
    if (failure instanceof InvalidPathException path) {
      say(
          command,
          "vitrine: This is no file name here: %s (%s)"
              .formatted(Quote.of(path.getInput()), path.getReason()));
      return CommandLine.ExitCode.USAGE;
    }
    if (failure instanceof UserException said) {
      say(command, "vitrine: " + new Words(command.getCommandSpec()).of(said).getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    if (failure instanceof DivergedException) {
      say(command, "vitrine: " + failure.getMessage());
      return DIVERGED;
    }
    say(command, "vitrine: Unexpected " + failure);
    say(command, "vitrine: A fault of ours: please report it, with the output of --stacktrace");
    return CommandLine.ExitCode.SOFTWARE;
  }

  /**
   * The end of a command: what was to be read on the standard output and could not be written there
   * is said, and is no success.
   */
  static int atEnd(Streams streams, int code) {
    streams.flush();
    Optional<UserException> complaint = streams.bytes().complaint();
    complaint.ifPresent(e -> streams.err().println("vitrine: " + e.getMessage()));
    boolean failed = complaint.isPresent() && code == CommandLine.ExitCode.OK;
    return failed ? CommandLine.ExitCode.USAGE : code;
  }

  /** The heap is too small: the one error that a user can mend. */
  static int outOfMemory(CommandLine command) {
    CommandLine failed = command;
    while (failed.getParseResult() != null && failed.getParseResult().hasSubcommand()) {
      failed = failed.getParseResult().subcommand().commandSpec().commandLine();
    }
    say(command, "vitrine: " + Memory.exhausted(failed.getCommandSpec()));
    return CommandLine.ExitCode.USAGE;
  }

  /** Whatever the sentence quotes, it is one line. */
  private static void say(CommandLine command, String sentence) {
    command.getErr().println(Quote.line(sentence));
  }

  /** The sentence for a value that is not of its option's type. */
  private static Optional<String> expected(ParameterException failure) {
    ArgSpec arg = failure.getArgSpec();
    if (arg == null || failure.getValue() == null) {
      return Optional.empty();
    }
    String name = arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    Optional<String> of =
        failure.getCause() instanceof NumberFormatException fault && isReal(arg)
            ? Optional.of(fault.getMessage())
            : Optional.ofNullable(EXPECTED.get(arg.auxiliaryTypes()[0]));
    return of.map(
        kind -> "%s expects %s, but got %s".formatted(name, kind, Quote.of(failure.getValue())));
  }

  private static boolean isReal(ArgSpec arg) {
    return List.of(double.class, Double.class).contains(arg.auxiliaryTypes()[0]);
  }
}
