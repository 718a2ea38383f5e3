package dev.vitrine.cli;

import dev.vitrine.error.Decimal;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/**
 * The commands, of which one is built if it alone is asked for: all of them together take longer to
 * build than most take to run. What one cannot parse all are asked about, since another may have
 * the option.
 */
final class CommandTree {
  private static final List<Class<?>> ALL =
      List.of(
          TrainCommand.class,
          RunsCommand.class,
          EvaluateCommand.class,
          ClassifyCommand.class,
          ReadCommand.class,
          ReadoutCommand.class,
          LookCommand.class,
          SummaryCommand.class,
          WeightsCommand.class,
          ConvertCommand.class,
          StudyCommand.class,
          GradCommand.class,
          CollapseCommand.class,
          NeuronCommand.class,
          ServeCommand.class,
          BenchCommand.class,
          DigitsCommand.class,
          HelpCommand.class);

  /** A sum or an expression may begin with a minus sign. */
  private static final List<String> WITH_MINUS = List.of(NeuronCommand.NAME, GradCommand.NAME);

  private final Main main;
  private final Streams streams;

  private CommandTree(Main main, Streams streams) {
    this.main = main;
    this.streams = streams;
  }

  /** What can run a command line: the command that it begins with, or all. */
  static CommandLine of(Main main, Streams streams, String... args) {
    CommandTree tree = new CommandTree(main, streams);
    List<Class<?>> named = Stream.of(args).limit(1).flatMap(CommandTree::named).toList();
    return named.isEmpty() ? tree.whole() : tree.alone(named);
  }

  /** The command of a name, unless it is about the others. */
  private static Stream<Class<?>> named(String name) {
    return ALL.stream()
        .filter(command -> command != HelpCommand.class)
        .filter(command -> command.getAnnotation(Command.class).name().equals(name));
  }

  private CommandLine whole() {
    return build(ALL)
        .setExecutionStrategy(main::execute)
        .setParameterExceptionHandler(Failures::badArguments);
  }

  private CommandLine alone(List<Class<?>> command) {
    boolean[] parsed = {false};
    return build(command)
        .setExecutionStrategy((ParseResult result) -> {
          parsed[0] = true;
          return main.execute(result);
        })
        .setParameterExceptionHandler((failure, args) ->
            parsed[0] ? Failures.badArguments(failure, args) : whole().execute(args));
  }

  private CommandLine build(List<Class<?>> commands) {
    CommandLine root = new CommandLine(main);
    // Each is built before it is added: commands that are added as classes are not transformed.
    commands.forEach(command -> root.addSubcommand(new CommandLine(command)));
    root.setOut(streams.out())
        .setErr(streams.err())
        .registerConverter(int.class, Decimal::parseInt)
        .registerConverter(Integer.class, Decimal::parseInt)
        .registerConverter(long.class, Decimal::parseLong)
        .registerConverter(Long.class, Decimal::parseLong)
        .registerConverter(double.class, Decimal::parse)
        .registerConverter(Double.class, Decimal::parse)
        .registerConverter(Output.class, typed -> new Output(typed, streams))
        .registerConverter(OutputFolder.class, OutputFolder::of)
        .setExecutionExceptionHandler(
            (failure, failed, _) -> Failures.inCommand(failure, failed, main.stacktrace()));
    WITH_MINUS.stream()
        .map(root.getSubcommands()::get)
        .filter(command -> command != null)
        .forEach(command -> command.setUnmatchedOptionsArePositionalParams(true));
    return root;
  }
}
