package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The standard output, which remembers why it failed: Java's own streams swallow that. After a
 * failure it takes nothing more.
 */
final class StandardOutput extends OutputStream {
  private static final Path ITSELF = Path.of("/dev/stdout");
  private static final int KIND = 0170000;
  private static final int FIFO = 0010000;
  private static final int SOCKET = 0140000;

  /** Set by the launcher, which opens the empty device in place of a closed output. */
  private static final String CLOSED = "vitrine.closed";

  private final OutputStream stream;
  private final BooleanSupplier pipe;
  private IOException failure;

  private StandardOutput(OutputStream stream, BooleanSupplier pipe) {
    this.stream = stream;
    this.pipe = pipe;
  }

  /** The output of this process. */
  static StandardOutput ofSystem() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out), StandardOutput::isPipe);
  }

  /** Whether whoever started this process closed its output. */
  static boolean isClosed() {
    return !System.getProperty(CLOSED, "").isEmpty();
  }

  /** Another stream in its place. */
  static StandardOutput into(OutputStream stream) {
    return new StandardOutput(stream, () -> false);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      stream.write(bytes, from, count);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** What to say of it at the end; nothing when all was written, or whoever read it had enough. */
  Optional<UserException> complaint() {
    return Optional.ofNullable(failure)
        .filter(reason -> !closedByReader(reason))
        .map(reason -> FileErrors.writing("the standard output", reason));
  }

  /** {@code vitrine … | head -1}. The system's words for it may be in another language. */
  private boolean closedByReader(IOException failure) {
    String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return words.contains("broken pipe")
        || words.contains("pipe is being closed")
        || pipe.getAsBoolean();
  }

  private static boolean isPipe() {
    try {
      int kind = (Integer) Files.getAttribute(ITSELF, "unix:mode") & KIND;
      return kind == FIFO || kind == SOCKET;
    } catch (IOException | UnsupportedOperationException notKnown) {
      return false;
    }
  }
}
