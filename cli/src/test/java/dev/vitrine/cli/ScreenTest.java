package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest {
  private static final Map<String, String> XTERM = Map.of("TERM", "xterm");
  private static final String TEXT =
      "epoch 1  step 850/938  9,500 images/s  loss 0.1234  12 s left";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Terminal terminal(Screen screen) {
    return new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), screen);
  }

  @ParameterizedTest
  @CsvSource({
    "12, true, true",
    "1, true, false",
    "2, false, true",
    "'', false, false",
  })
  void eachStreamIsLookedAtAlone(String terminals, boolean results, boolean progress) {
    Screen screen = Screen.of(terminals, 100, XTERM);
    assertThat(screen.results()).isEqualTo(results);
    assertThat(screen.colours()).isEqualTo(results);
    assertThat(screen.progress()).isEqualTo(progress);
    assertThat(screen.columns()).isEqualTo(100);
  }

  @Test
  void coloursAreLeftOutOnRequest() {
    assertThat(Screen.of("12", 80, Map.of("TERM", "xterm", "NO_COLOR", "1")).colours()).isFalse();
    assertThat(Screen.of("12", 80, Map.of("TERM", "xterm", "NO_COLOR", "1")).progress()).isTrue();
    assertThat(Screen.of("12", 80, Map.of("TERM", "xterm", "NO_COLOR", "")).colours()).isTrue();
  }

  @Test
  void whatKnowsNoEscapesGetsNone() {
    assertThat(Screen.of("12", 80, Map.of("TERM", "dumb"))).isEqualTo(Screen.NONE);
    assertThat(Screen.of("12", 80, Map.of())).isEqualTo(Screen.NONE);
    assertThat(Screen.of("12", 80, Map.of("WT_SESSION", "x")).progress()).isTrue();
  }

  @Test
  void anUnknownWidthIsTakenForTheUsualOne() {
    assertThat(Screen.of("2", 0, XTERM).columns()).isEqualTo(80);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 70, 79, 80, 81, 100, 120, 250})
  void theLineIsNarrowerThanTheTerminal(int columns) {
    for (double share : new double[] {0, 0.5, 0.999, 1}) {
      assertThat(Terminal.line(share, TEXT, columns)).hasSizeLessThan(columns);
    }
  }

  @Test
  void theBarTakesTheRoomThatTheTextLeaves() {
    assertThat(Terminal.line(0.5, TEXT, 120))
        .isEqualTo("▕" + "█".repeat(12) + " ".repeat(12) + "▏ " + TEXT);
    assertThat(Terminal.line(0.5, TEXT, 80))
        .isEqualTo("▕" + "█".repeat(6) + "▌" + " ".repeat(6) + "▏ " + TEXT);
    assertThat(Terminal.line(0, "x", 80)).isEqualTo("▕" + " ".repeat(24) + "▏ x");
    assertThat(Terminal.line(1, "x", 80)).isEqualTo("▕" + "█".repeat(24) + "▏ x");
  }

  @Test
  void aTerminalGetsOneLineDrawnOverAndCleanedAway() {
    Terminal terminal = terminal(new Screen(true, true, true, 60));
    terminal.progress(0.5, () -> "half");
    terminal.print("result %d", 1);
    assertThat(err.toString())
        .isEqualTo("\r\u001B[?7l%s\u001B[K\u001B[?7h\r\u001B[K", Terminal.line(0.5, "half", 60));
    assertThat(out.toString().lines()).containsExactly("result 1");
  }

  @Test
  void progressStaysOnATerminalWhenResultsAreRedirected() {
    Terminal terminal = terminal(Screen.of("2", 80, XTERM));
    terminal.busy("Loading");
    terminal.print("result");
    assertThat(err.toString()).contains("Loading …").endsWith("\r\u001B[K");
    assertThat(out.toString().lines()).containsExactly("result");
    assertThat(terminal.colours()).isFalse();
  }

  @Test
  void aFileGetsPlainLinesAndFewOfThem() {
    Terminal terminal = terminal(Screen.NONE);
    terminal.busy("Loading");
    for (int i = 0; i < 1000; i++) {
      terminal.progress(i / 1000.0, () -> "never asked for within ten seconds");
    }
    terminal.note("a note");
    assertThat(err.toString().lines()).containsExactly("a note");
  }

  @Test
  void everyCommandHelpsWithAnExample() {
    for (String command : List.of("train", "evaluate", "summary", "digits")) {
      Cli cli = Cli.run(command, "--help");
      assertThat(cli.code()).isZero();
      assertThat(cli.err()).isEmpty();
      assertThat(cli.out().lines()).first().asString().startsWith("Usage: vitrine " + command);
      assertThat(cli.out()).containsPattern("Examples?:\\R  vitrine " + command);
      assertThat(cli.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    }
  }
}
