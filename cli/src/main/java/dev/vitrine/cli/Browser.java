package dev.vitrine.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The browser that this machine opens addresses with, by the program that each system has for it:
 * no class of a window toolkit is needed, which not every JDK brings along.
 */
final class Browser {
  /** What fails has said so by then; what works on may be the browser itself. */
  private static final long SECONDS = 3;

  private Browser() {}

  /**
   * The program and what it is told, if this system has one that shows a window.
   *
   * @param system as {@code os.name} has it
   * @param environment the variables of the process
   * @param address what is to be opened
   */
  static Optional<List<String>> command(
      String system, Map<String, String> environment, String address) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler", address));
    }
    if (name.startsWith("mac")) {
      return Optional.of(List.of("open", address));
    }
    Optional<String> windows = found("wslview", environment); // Linux within Windows
    boolean screen =
        environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
    // Without a screen a browser of the terminal would take the place of the server's words.
    return windows
        .or(() -> screen ? found("xdg-open", environment) : Optional.empty())
        .map(program -> List.of(program, address));
  }

  private static Optional<String> found(String program, Map<String, String> environment) {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> file(folder, program).stream())
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static Optional<Path> file(String folder, String program) {
    try {
      return Optional.of(Path.of(folder, program));
    } catch (InvalidPathException none) {
      return Optional.empty();
    }
  }

  /** {@return why nothing was opened; empty if something was} */
  static Optional<String> show(String address) throws InterruptedException {
    Optional<List<String>> command =
        command(System.getProperty("os.name"), System.getenv(), address);
    if (command.isEmpty()) {
      return Optional.of("No browser is known here");
    }
    String program = command.get().getFirst();
    try {
      Process process =
          new ProcessBuilder(command.get())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() != 0
          ? Optional.of("%s opened no browser".formatted(program))
          : Optional.empty();
    } catch (IOException failure) {
      return Optional.of("%s did not start (%s)".formatted(program, failure.getMessage()));
    }
  }
}
