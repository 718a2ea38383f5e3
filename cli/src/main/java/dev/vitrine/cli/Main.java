package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.settings.Commands;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code vitrine} command: composes the subcommands and turns their outcome into an exit code.
 *
 * <p>0 done, 1 a fault of ours, 2 something the user can mend; a command may return others.
 */
@Command(
    name = "vitrine",
    description = "A deep-learning engine and laboratory in pure Java.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {"", "./vitrine test runs the whole test suite."})
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where an error came from.")
  private boolean stacktrace;

  private final Streams streams;
  private Outputs outputs = Outputs.none();

  private Main(Streams streams) {
    this.streams = streams;
  }

  /**
   * Runs one command and exits with its code.
   *
   * @param args the command line
   */
  public static void main(String... args) {
    LauncherStderr.adopt();
    System.exit(run(Streams.ofSystem(), args));
  }

  /**
   * Runs one command.
   *
   * @param streams where results and complaints go
   * @param args the command line
   * @return the exit code
   */
  static int run(Streams streams, String... args) {
    // Numbers are written alike for everybody, in what libraries print of their own too.
    Locale.setDefault(Locale.ROOT);
    Main main = new Main(streams);
    CommandLine command = CommandTree.of(main, streams, args);
    int code;
    try {
      code = command.execute(args);
    } catch (OutOfMemoryError e) {
      code = Failures.outOfMemory(command);
    }
    return Failures.atEnd(streams, code);
  }

  /** Whether whoever typed the command wants to see where an error came from. */
  boolean stacktrace() {
    return stacktrace;
  }

  /** Checks what a command is to write, and runs it. */
  int execute(ParseResult parsed) {
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    boolean asked = command.isUsageHelpRequested() || command.isVersionHelpRequested();
    try {
      Surplus.refuseEmpty(command);
      outputs = asked ? Outputs.none() : Outputs.of(command);
    } catch (UserException e) {
      throw new ExecutionException(command.commandSpec().commandLine(), e.getMessage(), e);
    }
    return new RunLast().execute(parsed);
  }

  /** What a command is to write. */
  static Outputs outputs(CommandSpec spec) {
    return main(spec).outputs;
  }

  private static Main main(CommandSpec spec) {
    return (Main) spec.root().userObject();
  }

  /** Where a command shows what it does: nothing for people on an output that is a result's. */
  static Terminal terminal(CommandSpec spec) {
    Streams streams = main(spec).streams;
    boolean taken = outputs(spec).takeStandard();
    Screen screen = taken ? Screen.ofSystem().onError() : Screen.ofSystem();
    Terminal terminal = new Terminal(taken ? streams.err() : streams.out(), streams.err(), screen);
    if (screen.progress()) {
      // Ctrl-C while it loads: the shell's prompt must not stand behind a line of ours.
      Runtime.getRuntime().addShutdownHook(new Thread(terminal::clear, "vitrine-terminal"));
    }
    return terminal;
  }

  /** What to compute on; says why the fast kernels do not run, if they do not. */
  static Compute compute(Optional<Integer> threads, Terminal terminal) {
    Compute compute = Compute.of(threads.orElse(Runtime.getRuntime().availableProcessors()));
    kernels(terminal);
    return compute;
  }

  /** The best kernels here; says why if they are not the fast ones. */
  static Kernels kernels(Terminal terminal) {
    return tell(KernelChoice.best(), terminal);
  }

  /** The kernels on which a network has soonest answered for some examples, once. */
  static Kernels kernels(Terminal terminal, Model model, int examples) {
    return kernels(terminal, model.macs() * examples);
  }

  /** The kernels on which so many multiply–accumulates are soonest done, once. */
  static Kernels kernels(Terminal terminal, long macs) {
    return tell(KernelChoice.once(macs), terminal);
  }

  private static Kernels tell(KernelChoice choice, Terminal terminal) {
    if (!choice.reason().isEmpty()) {
      terminal.note("%s.", choice.reason());
    }
    return choice.kernels();
  }

  /** The command line as one can type it again. */
  static String commandLine(CommandSpec spec) {
    return spec.root().commandLine().getParseResult().originalArgs().stream()
        .map(Commands::quoted)
        .collect(Collectors.joining(" ", "vitrine ", ""));
  }

  /** Without a command: shows the help, as an error, so that a script that forgot it stops. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new UserException("Say which command to run, such as 'vitrine train'");
  }

  /** Reads the version that the build stored in the module. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var descriptor = Main.class.getModule().getDescriptor();
      String version =
          descriptor == null ? "(unpackaged)" : descriptor.rawVersion().orElse("(unversioned)");
      return new String[] {
        "vitrine " + version,
        "Java " + Runtime.version() + ", " + System.getProperty("java.vm.vendor")
      };
    }
  }
}
