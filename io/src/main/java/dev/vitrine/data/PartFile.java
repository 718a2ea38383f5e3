package dev.vitrine.data;

import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;

/**
 * A download that is not finished: {@code NAME.part} beside the final name. It outlives the
 * process, so that the next start goes on with it, and is locked against a second process. What the
 * disk refuses is a {@link UserException}, never an {@link IOException}: no other mirror would
 * help.
 */
final class PartFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path target;
  private final Path path;
  private final FileChannel channel;

  private PartFile(Path target, Path path, FileChannel channel) {
    this.target = target;
    this.path = path;
    this.channel = channel;
  }

  /** Opens or creates the file that is to become {@code target}. */
  static PartFile open(Path target) {
    Path path = target.resolveSibling(target.getFileName() + ".part");
    try {
      FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new UserException("Another process is downloading %s: wait for it".formatted(target));
      }
      return new PartFile(target, path, channel);
    } catch (IOException failure) {
      throw FileErrors.writing(path, failure);
    }
  }

  long size() {
    return onDisk(channel::size);
  }

  /** Throws away what is there. */
  void restart() {
    onDisk(() -> channel.truncate(0));
  }

  void append(List<ByteBuffer> chunks) {
    onDisk(() -> {
      channel.position(channel.size());
      for (ByteBuffer chunk : chunks) {
        while (chunk.hasRemaining()) {
          channel.write(chunk);
        }
      }
      return null;
    });
  }

  String md5() {
    return onDisk(() -> {
      MessageDigest digest = Md5.digest();
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      channel.position(0);
      while (channel.read(buffer.clear()) >= 0) {
        digest.update(buffer.flip());
      }
      return Md5.hex(digest);
    });
  }

  /** Flushes it to the disk and gives it its final name. */
  void publish() {
    onDisk(() -> {
      channel.force(true);
      channel.close();
      return Files.move(
          path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    });
  }

  /** Keeps what is there for the next start, but no empty file. */
  @Override
  public void close() {
    onDisk(() -> {
      if (channel.isOpen()) {
        boolean empty = channel.size() == 0;
        channel.close();
        return empty && Files.deleteIfExists(path);
      }
      return false;
    });
  }

  private interface DiskAction<T> {
    T run() throws IOException;
  }

  private <T> T onDisk(DiskAction<T> action) {
    try {
      return action.run();
    } catch (IOException failure) {
      throw FileErrors.writing(path, failure);
    }
  }
}
