package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.kernel.KernelChoice;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    footer = {"", "./vitrine test runs the whole test suite."},
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      SummaryCommand.class,
      BenchCommand.class,
      DigitsCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where an error came from.")
  private boolean stacktrace;

  private Main() {}

  /**
   * Runs one command and exits with its code.
   *
   * @param args the command line
   */
  public static void main(String... args) {
    LauncherStderr.adopt();
    System.exit(run(writer(System.out), writer(System.err), args));
  }

  /**
   * Runs one command.
   *
   * @param out where results go
   * @param err where complaints go
   * @param args the command line
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    return new CommandLine(main)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Failures::badArguments)
        .setExecutionExceptionHandler(
            (failure, command, _) -> Failures.inCommand(failure, command, main.stacktrace))
        .execute(args);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  /** Where a command writes; a person watches if both streams are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 gives null again where there is no terminal
  static Terminal terminal(CommandSpec spec) {
    CommandLine command = spec.commandLine();
    boolean interactive = System.console() != null;
    return new Terminal(command.getOut(), command.getErr(), interactive);
  }

  /** Says once why the fast kernels do not run, if they do not. */
  static void noteKernels(Terminal terminal) {
    String reason = KernelChoice.best().reason();
    if (!reason.isEmpty()) {
      terminal.note("%s.", reason);
    }
  }

  /** The command line as typed. */
  static String commandLine(CommandSpec spec) {
    return "vitrine " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
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
