package dev.vitrine.lab.store;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** By what is seen that a run's files are as they were: size and time of each. */
final class FileStamp {
  /** Clocks of file systems may stand still for so long: what is newer may change unseen. */
  private static final long YOUNG = 2_000_000_000L;

  private static final List<String> FILES =
      List.of(
          "config.json",
          "metrics.jsonl",
          "result.json",
          "checkpoints/last.safetensors",
          Marks.FILE);

  /** How many numbers there are. */
  static final int NUMBERS = 2 * FILES.size();

  /** Of each file its size and its time in nanoseconds; −1 of one that is not there. */
  private final long[] numbers = new long[NUMBERS];

  private FileStamp() {}

  /** Of a run's folder as it is now. */
  static FileStamp of(Path folder) {
    FileStamp stamp = new FileStamp();
    for (int i = 0; i < FILES.size(); i++) {
      BasicFileAttributes file = attributes(folder.resolve(FILES.get(i)));
      stamp.numbers[2 * i] = file == null ? -1 : file.size();
      stamp.numbers[2 * i + 1] =
          file == null ? -1 : file.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }
    return stamp;
  }

  private static BasicFileAttributes attributes(Path file) {
    try {
      return file.getFileSystem()
          .provider()
          .readAttributesIfExists(file, BasicFileAttributes.class);
    } catch (IOException unreadable) { // which shows when it is read
      return null;
    }
  }

  void write(DataOutputStream out) throws IOException {
    for (long number : numbers) {
      out.writeLong(number);
    }
  }

  /** Whether it is the one that stands there. */
  boolean equalsAt(ByteBuffer data, int position) {
    for (int i = 0; i < NUMBERS; i++) {
      if (data.getLong(position + i * Long.BYTES) != numbers[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether all of it is so old that a change would show. */
  boolean isSettled(long nowNanos) {
    for (int i = 1; i < NUMBERS; i += 2) {
      if (numbers[i] > nowNanos - YOUNG) {
        return false;
      }
    }
    return true;
  }
}
