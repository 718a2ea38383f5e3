package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.UserException;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return Main.run(Cli.streams(out, err), args);
  }

  /** Runs a command whose outcome the test chooses, with the handlers that every command has. */
  private int runProbe(boolean stacktrace, String... args) {
    return new CommandLine(new Probe())
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(Failures::badArguments)
        .setExecutionExceptionHandler((e, command, _) -> Failures.inCommand(e, command, stacktrace))
        .execute(args);
  }

  @Test
  void helpGoesToTheOutputStream() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("Usage: vitrine")
        .contains("./vitrine test");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"help, --help", "help train, train --help", "help runs compare, runs compare --help"})
  void helpIsACommandToo(String words, String option) {
    assertThat(run(words.split(" "))).isZero();
    String said = out.toString(StandardCharsets.UTF_8);
    out.reset();
    run(option.split(" "));
    assertThat(said).isEqualTo(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: vitrine");
  }

  @Test
  void helpOfWhatIsNoCommandIsRefused() {
    assertThat(run("help", "trian")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("vitrine: Unknown command \"trian\"; did you mean \"train\"?\n");
  }

  @Test
  void versionNamesVitrineAndTheJvm() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("vitrine "),
            line -> assertThat(line).contains(Runtime.version().toString()));
  }

  @Test
  void withoutACommandItShowsTheHelpAsAnError() {
    assertThat(run()).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("Usage: vitrine")
        .endsWith("vitrine: Say which command to run, such as 'vitrine train'%n".formatted());
  }

  /** A command is built alone; what it cannot parse is said as if all had been there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "classify --lr 3|vitrine classify: Unknown option \"--lr\"; train has it (see 'vitrine classify --help')",
        "train --bach 3|vitrine train: Unknown option \"--bach\"; did you mean \"--batch\"? (see 'vitrine train --help')",
        // Refused by the command itself, once it was parsed.
        "classify nowhere|vitrine classify: Missing what to look at: a picture's file, or a test image such as --example 0 (see 'vitrine classify --help')",
      })
  void aCommandAloneKnowsTheOthers(String typed, String line) {
    assertThat(run(typed.split(" "))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(line + System.lineSeparator());
  }

  @Test
  void anExpressionMayBeginWithAMinusSign() {
    assertThat(run("grad", "-x^2", "--at", "x=3")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("∂f/∂x = −6");
  }

  @ParameterizedTest
  @CsvSource({
    "--hlep, vitrine: Unknown option \"--hlep\"; did you mean \"--help\"? (see 'vitrine --help')",
    "--zzzzzz, vitrine: Unknown option \"--zzzzzz\" (see 'vitrine --help')"
  })
  void unknownOptionIsOneLine(String typed, String line) {
    assertThat(run(typed)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(line + System.lineSeparator());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trian|probe: Unknown command \"trian\"; did you mean \"train\"? (see 'probe --help')",
        "sing|probe: Unknown command \"sing\" (see 'probe --help')",
        "train --epcohs=3|probe train: Unknown option \"--epcohs=3\"; did you mean \"--epochs\"? (see"
            + " 'probe train --help')",
        "train --epochs|probe train: Missing required parameter for option '--epochs' (<epochs>)"
            + " (see 'probe train --help')",
        "train --epochs few|probe train: --epochs expects a whole number below 2^31, but got \"few\""
            + " (see 'probe train --help')",
        "train now|probe train: Unknown argument \"now\" (see 'probe train --help')",
        "train --epochs 0|vitrine: epochs must be 1 or more, but is 0",
      })
  void whatAUserCanMendIsOneLineAndExitsWith2(String typed, String line) {
    assertThat(runProbe(false, typed.split(" "))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(line + System.lineSeparator());
  }

  @Test
  void aFaultOfOursAsksForAReportAndExitsWith1() {
    assertThat(runProbe(false, "train", "--epochs", "-1")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "vitrine: Unexpected java.lang.IllegalStateException: negative",
            "vitrine: A fault of ours: please report it, with the output of --stacktrace");
  }

  @Test
  void stacktraceShowsWhereItCameFrom() {
    assertThat(runProbe(true, "train", "--epochs", "-1")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("at dev.vitrine.cli.MainTest$Train.run");
  }

  @Command(name = "probe", subcommands = Train.class)
  static final class Probe {}

  @Command(name = "train")
  static final class Train implements Runnable {
    @Option(names = "--epochs")
    private int epochs = 1;

    @Override
    public void run() {
      if (epochs == 0) {
        throw new UserException("epochs must be 1 or more, but is 0");
      }
      if (epochs < 0) {
        throw new IllegalStateException("negative");
      }
    }
  }
}
