package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What an option names to write a result to: a file, or with {@code -} the standard output, whose
 * lines for people then go to the standard error. {@link Outputs} checks it before a command
 * begins.
 */
final class Output {
  /** What stands for the standard output. */
  static final String STANDARD = "-";

  private static final int OUT = 1;
  private static final int ERR = 2;

  private final String typed;
  private final Path path;
  private final Streams streams;

  Output(String typed, Streams streams) {
    this.typed = typed;
    this.path = Path.of(typed);
    this.streams = streams;
  }

  /** Whether it is the standard output, by whatever name. */
  boolean isStandard() {
    return typed.equals(STANDARD) || descriptor() == OUT;
  }

  /** Whether it is one of the process's own streams, which needs no place. */
  boolean isStream() {
    return isStandard() || descriptor() == ERR;
  }

  private int descriptor() {
    return AtomicFile.descriptor(path).orElse(-1);
  }

  /**
   * Checks that no bytes go to a screen.
   *
   * @param what they are
   * @throws UserException if it is the standard output, and that is a terminal
   */
  void refuseScreen(String what) {
    if (isStandard() && Screen.ofSystem().results()) {
      throw new UserException(
          "--out %s would write %s to the terminal: redirect it, as in 'vitrine … --out - > FILE'"
              .formatted(typed, what));
    }
  }

  /** The file. */
  Path path() {
    return path;
  }

  /** Whether its name has an ending at all. */
  boolean hasEnding() {
    return !isStream() && path.getFileName().toString().lastIndexOf('.') > 0;
  }

  /** Whether its name ends with this, such as {@code .png}. */
  boolean endsWith(String ending) {
    return typed.toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /**
   * Writes the result.
   *
   * @throws UserException if it cannot be written; of the standard output it is said at the end
   */
  void write(AtomicFile.Content content) {
    if (!isStream()) {
      AtomicFile.write(path, content);
      return;
    }
    streams.flush();
    try {
      content.writeTo(isStandard() ? streams.bytes() : streams.errorBytes());
    } catch (IOException remembered) {
      // The standard output keeps what went wrong, for Main to say; the standard error has nobody.
    }
  }

  /** {@link #write} of a text in UTF-8. */
  void text(String text) {
    write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** {@link #text} of a value as JSON. */
  void json(Object value) {
    text(Json.pretty(value));
  }

  /** As it was typed. */
  @Override
  public String toString() {
    return typed;
  }
}
