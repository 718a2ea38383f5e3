package dev.vitrine.run;

import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Says that a run is being trained: a file in its folder that the process holds. The system lets go
 * of it when the process ends, however it does.
 */
final class RunLock implements AutoCloseable {
  static final String NAME = ".training";

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Holds a run.
   *
   * @throws UserException if another training does, or the folder cannot be written into
   */
  static RunLock hold(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw refusal(folder);
      }
      return new RunLock(file, channel);
    } catch (IOException failure) {
      throw FileErrors.writing(file, failure);
    }
  }

  /** The sentence for a run that is held. */
  static UserException refusal(Path folder) {
    return new UserException(
        "The run %s is being trained by another process: wait for its end".formatted(folder));
  }

  /** Whether a training holds the run now. */
  static boolean isHeld(Path folder) {
    Path file = folder.resolve(NAME);
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
      return true; // a network's file system may have none: no reason not to train on it
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
