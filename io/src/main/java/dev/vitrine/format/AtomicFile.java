package dev.vitrine.format;

import dev.vitrine.error.UserException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one way to write a file: under a temporary name in the same folder, flushed to the disk, then
 * renamed. Whoever opens the final name, whenever the process dies, finds the old content or the
 * new one and never a part.
 */
public final class AtomicFile {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final AtomicLong COUNTER = new AtomicLong();

  private AtomicFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is buffered and need not be closed. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes or replaces a file. If {@code content} throws, its exception goes on to the caller and
   * {@code target} is as it was.
   *
   * @throws UserException if the folder is missing or cannot be written, or the disk is full
   */
  public static void write(Path target, Content content) {
    Path temporary = temporaryBeside(target);
    try {
      requirePlace(target);
      try {
        fill(temporary, content);
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException | RuntimeException | Error failure) {
        discard(temporary, failure);
        throw failure;
      }
    } catch (IOException failure) {
      throw FileErrors.writing(target, failure);
    }
  }

  /** {@link #write} of a text in UTF-8. */
  public static void writeText(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Checks before long work that a {@link #write} could begin: makes a file beside it that is gone
   * at once.
   *
   * @throws UserException as {@link #write}
   */
  public static void probe(Path target) {
    try {
      requirePlace(target);
      openNameless(temporaryBeside(target)).close();
    } catch (IOException failure) {
      throw FileErrors.writing(target, failure);
    }
  }

  /**
   * {@link #probe} for a folder that is to be written into, and made first if it does not exist.
   *
   * @throws UserException if it cannot be made or written into
   */
  public static void probeFolder(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw new UserException(
          "Cannot write %s: %s is a file, not a folder".formatted(folder, there));
    }
    try {
      openNameless(temporaryBeside(there.resolve("probe"))).close();
    } catch (IOException failure) {
      throw new UserException(
          "Cannot write %s: no file can be made in the folder %s".formatted(folder, there),
          failure);
    }
  }

  private static void requirePlace(Path target) {
    Path folder = folderOf(target);
    if (!Files.isDirectory(folder)) {
      throw new UserException(
          Files.exists(folder)
              ? "Cannot write %s: %s is a file, not a folder".formatted(target, folder)
              : "Cannot write %s: its folder does not exist".formatted(target));
    }
    if (Files.isDirectory(target)) {
      throw new UserException("Cannot write %s: it is a folder, not a file".formatted(target));
    }
  }

  /** A new file that has lost its name again, so that it cannot stay when the process dies. */
  static FileChannel openNameless(Path temporary) throws IOException {
    return FileChannel.open(
        temporary,
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  private static void fill(Path temporary, Content content) throws IOException {
    discardAtExit(temporary);
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /**
   * For a Ctrl-C while it is filled. The JVM does this after its hooks, so a hook that waits for a
   * file that is worth waiting for gets it.
   */
  private static void discardAtExit(Path temporary) {
    if (temporary.getFileSystem().equals(FileSystems.getDefault())) {
      temporary.toFile().deleteOnExit();
    }
  }

  private static void discard(Path temporary, Throwable failure) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }

  /** Not {@code Files.createTempFile}: that makes files only their owner may read, for ever. */
  private static Path temporaryBeside(Path target) {
    String unique = "%d-%d".formatted(ProcessHandle.current().pid(), COUNTER.incrementAndGet());
    return folderOf(target).resolve(".%s.%s.tmp".formatted(target.getFileName(), unique));
  }

  private static Path folderOf(Path target) {
    return target.toAbsolutePath().getParent();
  }
}
