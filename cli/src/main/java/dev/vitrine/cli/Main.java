package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.plan.Compute;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
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
      ClassifyCommand.class,
      ReadoutCommand.class,
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
    CommandLine command =
        new CommandLine(main)
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler(Failures::badArguments)
            .setExecutionExceptionHandler(
                (failure, failed, _) -> Failures.inCommand(failure, failed, main.stacktrace));
    try {
      return command.execute(args);
    } catch (OutOfMemoryError e) {
      return Failures.outOfMemory(command);
    }
  }

  /**
   * A writer in the stream's charset. US-ASCII is what Java makes of a system without a language,
   * such as a container's; its terminal shows UTF-8 all the same.
   */
  private static PrintWriter writer(PrintStream stream) {
    Charset charset = stream.charset();
    Charset used = charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    return new PrintWriter(stream, true, used);
  }

  /** Where a command writes. */
  static Terminal terminal(CommandSpec spec) {
    CommandLine command = spec.commandLine();
    Screen screen = Screen.ofSystem();
    Terminal terminal = new Terminal(command.getOut(), command.getErr(), screen);
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
    KernelChoice choice = KernelChoice.best();
    if (!choice.reason().isEmpty()) {
      terminal.note("%s.", choice.reason());
    }
    return choice.kernels();
  }

  /** The command line as one can type it again. */
  static String commandLine(CommandSpec spec) {
    return spec.root().commandLine().getParseResult().originalArgs().stream()
        .map(Main::quoted)
        .collect(Collectors.joining(" ", "vitrine ", ""));
  }

  /** An argument as a shell reads it. */
  static String quoted(Object value) {
    String argument = value.toString();
    boolean plain = argument.matches("[A-Za-z0-9_@%+=:,./-]+");
    return plain ? argument : "'" + argument.replace("'", "'\\''") + "'";
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
