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
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one way to write a file: under a temporary name in the same folder, flushed to the disk, then
 * renamed. Whoever opens the final name, whenever the process dies, finds the old content or the
 * new one and never a part. A file that is replaced passes on its owner and permissions.
 *
 * <p>Links are followed: the link stays, and what it leads to is replaced. What is no regular file,
 * a device, a FIFO or an open descriptor, is written into.
 */
public final class AtomicFile {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final AtomicLong COUNTER = new AtomicLong();

  /** A name of so many characters leaves room for what a temporary one has more, in any script. */
  private static final int LONG_NAME = 64;

  /** Processes of containers that share a folder may have one number. */
  private static final long STARTED = System.nanoTime() & 0xFFFF_FFFFL;

  private AtomicFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of it; the stream is buffered and need not be closed.
     *
     * @param out where the bytes go
     * @throws IOException if they cannot be written there
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes or replaces a file. If {@code content} throws, its exception goes on to the caller and
   * {@code target} is as it was.
   *
   * @param target the file
   * @param content writes the bytes
   * @throws UserException if the folder is missing or cannot be written, what is there is read-only
   *     or a folder, or the disk is full
   */
  public static void write(Path target, Content content) {
    try {
      Destination place = Destination.of(target);
      place.requirePlace();
      if (place.special()) {
        writeInto(place, content);
      } else {
        replace(place, content);
      }
    } catch (IOException failure) {
      throw FileErrors.writing(target, failure);
    }
  }

  private static void replace(Destination place, Content content) throws IOException {
    Path temporary = temporaryBeside(place.file());
    try {
      fill(temporary, content);
      place.lendTo(temporary);
      settle(temporary, place.file());
    } catch (IOException | RuntimeException | Error failure) {
      discard(temporary, failure);
      throw failure;
    }
  }

  private static void settle(Path temporary, Path file) throws IOException {
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      if (!Files.isRegularFile(file)) {
        throw failure;
      }
      // A mount point, or another's file in a sticky folder, cannot be replaced: its content can.
      try (OutputStream out =
          Files.newOutputStream(
              file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
        Files.copy(temporary, out);
      }
      Files.delete(temporary);
    }
  }

  private static void writeInto(Destination place, Content content) throws IOException {
    StandardOpenOption[] how =
        place.descriptor()
            ? new StandardOpenOption[] {StandardOpenOption.WRITE, StandardOpenOption.APPEND}
            : new StandardOpenOption[] {StandardOpenOption.WRITE};
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(place.file(), how), BUFFER_BYTES)) {
      content.writeTo(out);
    }
  }

  /**
   * {@link #write} of a text in UTF-8.
   *
   * @param target the file
   * @param text its content
   */
  public static void writeText(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Checks before long work that a {@link #write} could begin: makes a file beside it that is gone
   * at once. What is no regular file is not opened, since a FIFO's reader would take it for the
   * end.
   *
   * @param target the file
   * @throws UserException as {@link #write}
   */
  public static void probe(Path target) {
    try {
      Destination place = Destination.of(target);
      place.requirePlace();
      if (!place.special()) {
        openNameless(temporaryBeside(place.file())).close();
      }
    } catch (IOException failure) {
      throw FileErrors.writing(target, failure);
    }
  }

  /**
   * {@return the open descriptor of this process that a path leads to, as {@code /dev/stdout} does
   * to 1}
   *
   * @param path any path
   * @throws UserException if the path's links cannot be followed
   */
  public static OptionalInt descriptor(Path path) {
    return destination(path).descriptorHere();
  }

  /**
   * {@return the file that a {@link #write} would make or replace: at the end of all links, by its
   * whole path without any}
   *
   * @param target a file, which need not exist
   * @throws UserException as {@link #descriptor}
   */
  public static Path place(Path target) {
    Destination place = destination(target);
    Path folder = place.folder();
    try {
      return folder != null && Files.isDirectory(folder)
          ? folder.toRealPath().resolve(place.file().getFileName())
          : place.file().toAbsolutePath().normalize();
    } catch (IOException failure) {
      throw FileErrors.writing(target, failure);
    }
  }

  private static Destination destination(Path target) {
    try {
      return Destination.of(target);
    } catch (IOException failure) {
      throw FileErrors.writing(target, failure);
    }
  }

  /**
   * {@link #probe} for a folder that is to be written into, and made first if it does not exist.
   *
   * @param folder a folder, which need not exist
   * @throws UserException if it cannot be made or written into
   */
  public static void probeFolder(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    String called = FileErrors.called(there, folder);
    if (!Files.isDirectory(there)) {
      throw new UserException(
          "Cannot write %s: %s is a file, not a folder".formatted(folder, called));
    }
    try {
      openNameless(temporaryBeside(there.resolve("probe"))).close();
    } catch (IOException failure) {
      String where = there.equals(folder.toAbsolutePath()) ? called : "the folder " + called;
      throw new UserException(
          "Cannot write %s: no file can be made in %s".formatted(folder, where), failure);
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

  /**
   * Not {@code Files.createTempFile}: that makes files only their owner may read, for ever. A long
   * name is cut to its own length, so it is too long for the disk when the file's own is.
   */
  private static Path temporaryBeside(Path target) {
    String name = target.getFileName().toString();
    String unique =
        String.format(
            Locale.ROOT,
            "%d-%x-%d",
            ProcessHandle.current().pid(),
            STARTED,
            COUNTER.incrementAndGet());
    int more = unique.length() + "...tmp".length();
    String kept = name.length() > LONG_NAME ? name.substring(0, name.length() - more) : name;
    return target.toAbsolutePath().resolveSibling(".%s.%s.tmp".formatted(kept, unique));
  }
}
