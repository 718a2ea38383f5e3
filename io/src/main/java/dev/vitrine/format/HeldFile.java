package dev.vitrine.format;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that a process holds, as a sign to others that it writes into the folder. The system lets
 * go of it when the process ends, however it does.
 */
public final class HeldFile implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private HeldFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * {@return the file, held until it is closed, which deletes it; empty if somebody holds it}
   *
   * @param file which is made if need be
   * @throws dev.vitrine.error.UserException if the folder cannot be written into
   */
  public static Optional<HeldFile> hold(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new HeldFile(file, channel));
    } catch (IOException failure) {
      throw FileErrors.writing(file, failure);
    }
  }

  /**
   * {@return whether somebody holds a file now}
   *
   * @param file which need not exist
   * @throws dev.vitrine.error.UserException if it cannot be opened
   */
  public static boolean isHeld(Path file) {
    if (!Files.isWritable(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return !locked(channel);
    } catch (IOException failure) {
      throw FileErrors.reading(file, failure);
    }
  }

  /** Whether nobody else holds it; it is let go when the channel is closed. */
  private static boolean locked(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    } catch (IOException noLocks) {
      return true; // a network's file system may have none: no reason not to write there
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException failure) {
      throw FileErrors.writing(file, failure);
    }
  }
}
