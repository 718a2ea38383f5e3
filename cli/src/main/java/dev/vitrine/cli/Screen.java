package dev.vitrine.cli;

import java.util.Map;

/**
 * What the two streams of the process are. Java can only tell whether input and output are both a
 * terminal, so the launcher says it of each: {@code -Dvitrine.terminal=12} names the descriptors
 * that are, and {@code -Dvitrine.columns} how wide.
 *
 * @param results whether the output stream is a terminal
 * @param progress whether the error stream is one, on which a line can be drawn over
 * @param colours whether emphasis is wanted; see <a href="https://no-color.org">NO_COLOR</a>
 * @param columns how wide the terminal was when the process started
 */
record Screen(boolean results, boolean progress, boolean colours, int columns) {
  /** Both streams go to a file or a pipe. */
  static final Screen NONE = new Screen(false, false, false, 80);

  /** The same when results go to the error stream. */
  Screen onError() {
    return new Screen(progress, progress, progress && colours, columns);
  }

  /** The screen of this process. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 gives null again where there is no terminal
  static Screen ofSystem() {
    return of(
        System.getProperty("vitrine.terminal", System.console() == null ? "" : "12"),
        Integer.getInteger("vitrine.columns", 80),
        System.getenv());
  }

  static Screen of(String terminals, int columns, Map<String, String> environment) {
    boolean capable = capable(environment);
    boolean results = capable && terminals.contains("1");
    boolean progress = capable && terminals.contains("2");
    boolean colours = results && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Screen(results, progress, colours, columns > 0 ? columns : 80);
  }

  /** Whether it knows ANSI escapes: all terminals do but dumb ones and Windows' old console. */
  private static boolean capable(Map<String, String> environment) {
    String term = environment.get("TERM");
    return term == null ? environment.containsKey("WT_SESSION") : !term.equals("dumb");
  }
}
