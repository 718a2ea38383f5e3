package dev.vitrine.weights.stored;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file as its reader sees it: its bytes, mapped into memory, and how much may be made of them.
 * The mapping lasts as long as anything refers to it.
 */
public final class WeightSource {
  /** So many bytes may be unpacked for each byte of the file, and a few more. */
  private static final long TIMES = 64;

  private static final long AT_LEAST = 1 << 24;

  /** How deeply things may lie in each other. */
  private static final int DEEPEST = 200;

  private final Path file;

  private final MemorySegment bytes;

  /** Bytes of memory that the file may make use of, and those that are left of them. */
  private final long most;

  private long left;

  private WeightSource(Path file, MemorySegment bytes) {
    this.file = file;
    this.bytes = bytes;
    this.most = Math.max(AT_LEAST, bytes.byteSize() * TIMES);
    this.left = most;
  }

  /**
   * {@return a file, mapped}
   *
   * @param file the file
   * @throws UserException if it cannot be read, or is no file
   */
  public static WeightSource of(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      throw new UserException(
          "%s is no regular file, but a pipe or a device: save what it gives in a file first"
              .formatted(Quote.place(file.toString())));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new WeightSource(
          file, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
    } catch (IOException failure) {
      throw FileErrors.reading(file, failure);
    }
  }

  /**
   * Refuses what people take for weights, such as a Git LFS pointer or a web page, and says what to
   * do with it.
   *
   * @throws UserException if it is one of those
   */
  public void refuseStrangers() {
    Strangers.named(this)
        .ifPresent(fault -> {
          throw fault;
        });
  }

  /** {@return the file, as it was given} */
  public Path file() {
    return file;
  }

  /** {@return its bytes; they may be kept} */
  public MemorySegment bytes() {
    return bytes;
  }

  /**
   * Takes memory from what the file may make use of, before it is allocated. What is mapped needs
   * none.
   *
   * @param size bytes
   * @param what it is for, at the beginning of a sentence
   * @throws UserException if the file wants more than a small multiple of its own size
   */
  public void take(long size, String what) {
    if (!affords(size)) {
      boolean alone = size < 0 || size > most;
      throw refused(
          "%s would take %s bytes, too many for a file of %s"
              .formatted(
                  what,
                  alone ? Long.toUnsignedString(size) : "more than " + most,
                  bytes.byteSize()));
    }
    left -= size;
  }

  /**
   * {@return whether that much could be {@linkplain #take taken}}
   *
   * @param size bytes
   */
  public boolean affords(long size) {
    return size >= 0 && size <= left;
  }

  /**
   * Checks how deeply something lies.
   *
   * @param depth how many things lie around it
   * @throws UserException if they are more than anybody's file needs
   */
  public void enter(int depth) {
    if (depth > DEEPEST) {
      throw refused("more than %s things lie in each other".formatted(DEEPEST));
    }
  }

  /**
   * {@return the error for a file that cannot be read}
   *
   * @param fault what is wrong, in mid-sentence, without the file
   */
  public UserException refused(String fault) {
    return new UserException("%s: %s".formatted(Quote.place(file.toString()), fault));
  }
}
