package dev.vitrine.cli;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Where a command shows how it goes: one line that is drawn over again on a terminal, or a line now
 * and then in a file or a pipe. Progress goes to the error stream, so that results can be piped.
 */
final class Terminal {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final long LINE_NANOS = 10_000_000_000L;
  private static final int BAR = 24;
  private static final String[] EIGHTHS = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean interactive;
  private long drawn;
  private boolean lineOpen;

  Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
    this.out = out;
    this.err = err;
    this.interactive = interactive;
  }

  /** Whether a person watches. */
  boolean interactive() {
    return interactive;
  }

  /** A line of results. */
  void print(String format, Object... args) {
    clear();
    out.println(args.length == 0 ? format : String.format(Locale.ROOT, format, args));
  }

  /** A line about what is being done. */
  void note(String format, Object... args) {
    clear();
    err.println(args.length == 0 ? format : String.format(Locale.ROOT, format, args));
  }

  /** Progress: a bar and what stands beside it; drawn only as often as is useful. */
  void progress(double share, String text) {
    long now = System.nanoTime();
    long pause = interactive ? REDRAW_NANOS : LINE_NANOS;
    if (drawn == 0 && !interactive) {
      drawn = now; // a short job needs no line
    }
    if (drawn != 0 && now - drawn < pause) {
      return;
    }
    drawn = now;
    if (interactive) {
      err.print("\r" + bar(share) + " " + text + "\u001B[K");
      err.flush();
      lineOpen = true;
    } else {
      err.println(String.format(Locale.ROOT, "%3.0f %% %s", 100 * share, text));
    }
  }

  private static String bar(double share) {
    int eighths = (int) Math.round(Math.clamp(share, 0, 1) * BAR * 8);
    String full = "█".repeat(eighths / 8) + EIGHTHS[eighths % 8];
    return "▕" + full + " ".repeat(BAR - (eighths + 7) / 8) + "▏";
  }

  /** Progress of a download. */
  void download(String file, long bytes, long total) {
    progress(
        total > 0 ? (double) bytes / total : 0,
        String.format(Locale.ROOT, "%s %.1f of %.1f MB", file, bytes / 1e6, total / 1e6));
  }

  /** Removes the progress line. */
  void clear() {
    if (lineOpen) {
      err.print("\r\u001B[K");
      err.flush();
      lineOpen = false;
    }
    drawn = 0;
  }
}
