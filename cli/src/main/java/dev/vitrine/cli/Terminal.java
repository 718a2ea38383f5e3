package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Where a command shows how it goes: one line that is drawn over again on a terminal, or a line now
 * and then in a file or a pipe. Progress goes to the error stream, so that results can be piped.
 */
final class Terminal {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final long LINE_NANOS = 10_000_000_000L;
  private static final int WIDEST_BAR = 24;
  private static final int NARROWEST_BAR = 4;

  /** Columns left free at the right: where a terminal echoes Ctrl-C, and its last one. */
  private static final int FREE = 3;

  private static final String[] EIGHTHS = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

  /** Without wrapping, a terminal made narrower than the line shows its beginning alone. */
  private static final String WRAP_OFF = "\u001B[?7l";

  private static final String WRAP_ON = "\u001B[?7h";
  private static final String ERASE_REST = "\u001B[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Screen screen;
  private long drawn;
  private boolean lineOpen;

  Terminal(PrintWriter out, PrintWriter err, Screen screen) {
    this.out = out;
    this.err = err;
    this.screen = screen;
  }

  /** Whether results may be emphasised. */
  boolean colours() {
    return screen.colours();
  }

  /** How many characters fit next to each other. */
  int columns() {
    return screen.columns();
  }

  /** How many characters of results fit next to each other; no limit in a file or a pipe. */
  int width() {
    return screen.results() ? screen.columns() : Integer.MAX_VALUE;
  }

  /** One line of results, whatever names are in it. */
  void line(String format, Object... args) {
    print("%s", Quote.line(String.format(Locale.ROOT, format, args)));
  }

  /** A sentence of results, in as many lines as it takes, broken between words. */
  void sentence(String format, Object... args) {
    String sentence = Quote.line(String.format(Locale.ROOT, format, args));
    print("%s", SummaryFormat.wrapped(sentence, width()));
  }

  /** A line of results, cut where the screen ends. */
  void cut(String format, Object... args) {
    String line = Quote.line(String.format(Locale.ROOT, format, args));
    boolean fits = line.length() <= width();
    print("%s", fits ? line : line.substring(0, width() - 1) + "…");
  }

  /** A line of results. */
  void print(String format, Object... args) {
    clear();
    out.println(args.length == 0 ? format : String.format(Locale.ROOT, format, args));
    out.flush();
  }

  /** One line about what is being done, whatever names are in it. */
  void note(String format, Object... args) {
    clear();
    err.println(Quote.line(args.length == 0 ? format : String.format(Locale.ROOT, format, args)));
  }

  /** On a terminal, and until something else is shown: what takes a while now. */
  void busy(String text) {
    if (screen.progress()) {
      draw(text + " …");
    }
  }

  /**
   * Progress: a bar and what stands beside it; drawn only as often as is useful.
   *
   * @param text asked for only then
   */
  void progress(double share, Supplier<String> text) {
    long now = System.nanoTime();
    if (drawn == 0 && !screen.progress()) {
      drawn = now;
      return;
    }
    if (drawn != 0 && now - drawn < (screen.progress() ? REDRAW_NANOS : LINE_NANOS)) {
      return;
    }
    drawn = now;
    if (screen.progress()) {
      draw(line(share, text.get(), screen.columns()));
    } else {
      err.println(String.format(Locale.ROOT, "%3.0f %%  %s", 100 * share, text.get()));
    }
  }

  private void draw(String line) {
    err.print("\r" + WRAP_OFF + line + ERASE_REST + WRAP_ON);
    err.flush();
    lineOpen = true;
  }

  /** A bar as wide as the text leaves room for, and the text, in less than {@code columns}. */
  static String line(double share, String text, int columns) {
    int room = columns - FREE - text.length() - 3; // the bar's two ends and a space
    int bar = Math.clamp(room, NARROWEST_BAR, WIDEST_BAR);
    String whole = bar(Math.clamp(share, 0, 1), bar) + " " + text;
    return whole.substring(0, Math.min(whole.length(), columns - FREE));
  }

  private static String bar(double share, int width) {
    String full = blocks(share, width);
    return "▕" + full + " ".repeat(width - full.length()) + "▏";
  }

  /** A plain bar for a share in [0, 1], to stand at the end of a line of so many characters. */
  String barBeside(double share, int used) {
    return blocks(share, Math.clamp(width() - used - 1, 0, WIDEST_BAR));
  }

  private static String blocks(double share, int width) {
    int eighths = (int) Math.floor(share * width * 8);
    return "█".repeat(eighths / 8) + EIGHTHS[eighths % 8];
  }

  /** Progress of a download. */
  void download(String file, long bytes, long total) {
    progress(
        total > 0 ? (double) bytes / total : 0,
        () -> String.format(Locale.ROOT, "%s %.1f of %.1f MB", file, bytes / 1e6, total / 1e6));
  }

  /** Whether nobody reads the results: their stream has failed. */
  boolean unheard() {
    return out.checkError();
  }

  /** Removes the progress line. */
  void clear() {
    if (lineOpen) {
      err.print("\r" + ERASE_REST);
      err.flush();
      lineOpen = false;
    }
    drawn = 0;
  }
}
