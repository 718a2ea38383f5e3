package dev.vitrine.format;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that a process holds, as a sign to others that it writes into the folder. The system lets
 * go of it when the process ends, however it does.
 *
 * <p>Who asks whether it is held takes it for a moment, shared with others who ask. So whoever
 * wants to hold it tries for a while; and a process never asks the system about its own, because
 * some systems let go of a file when any channel to it is closed.
 */
public final class HeldFile implements AutoCloseable {
  /** How often, and with how many milliseconds between, a file is tried that readers may hold. */
  private static final int TRIES = 20;

  private static final long PAUSE = 10;

  /** Those of this process, by their whole paths. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final Path whole;
  private final FileChannel channel;

  private HeldFile(Path file, Path whole, FileChannel channel) {
    this.file = file;
    this.whole = whole;
    this.channel = channel;
  }

  /**
   * {@return the file, held until it is closed, which deletes it; empty if somebody holds it}
   *
   * @param file which is made if need be
   * @throws dev.vitrine.error.UserException if the folder cannot be written into
   */
  public static synchronized Optional<HeldFile> hold(Path file) {
    try {
      Path whole = whole(file);
      if (OWN.contains(whole)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!takenPatiently(channel)) {
        channel.close();
        return Optional.empty();
      }
      OWN.add(whole);
      return Optional.of(new HeldFile(file, whole, channel));
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
  public static synchronized boolean isHeld(Path file) {
    if (!Files.isReadable(file)) {
      return false;
    }
    try {
      if (OWN.contains(whole(file))) {
        return true;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return !taken(channel, true);
      }
    } catch (NoSuchFileException ended) {
      return false;
    } catch (IOException failure) {
      throw FileErrors.reading(file, failure);
    }
  }

  /** One file has several paths where folders are links. */
  private static Path whole(Path file) throws IOException {
    return file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
  }

  /** A reader holds it for less than a millisecond, a writer for much longer than this. */
  private static boolean takenPatiently(FileChannel channel) throws IOException {
    for (int tried = 1; tried < TRIES; tried++) {
      if (taken(channel, false)) {
        return true;
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return taken(channel, false);
  }

  /** Whether nobody else holds it; it is let go when the channel is closed. */
  private static boolean taken(FileChannel channel, boolean shared) {
    try {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
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
      OWN.remove(whole);
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException failure) {
      throw FileErrors.writing(file, failure);
    }
  }
}
