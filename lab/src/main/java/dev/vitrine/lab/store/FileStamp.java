package dev.vitrine.lab.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * By what is seen that a run's files are as they were: size and time of each.
 *
 * @param numbers of each file its size and its time in nanoseconds; −1 of one that is not there
 */
record FileStamp(List<Long> numbers) {
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

  FileStamp {
    numbers = List.copyOf(numbers);
  }

  /** Of a run's folder as it is now. */
  static FileStamp of(Path folder) {
    Long[] numbers = new Long[NUMBERS];
    for (int i = 0; i < FILES.size(); i++) {
      BasicFileAttributes file = attributes(folder.resolve(FILES.get(i)));
      numbers[2 * i] = file == null ? -1 : file.size();
      numbers[2 * i + 1] = file == null ? -1 : nanos(file);
    }
    return new FileStamp(List.of(numbers));
  }

  private static BasicFileAttributes attributes(Path file) {
    if (!Files.exists(file)) { // asked first, because an exception takes ten times as long
      return null;
    }
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException unreadable) { // which shows when it is read
      return null;
    }
  }

  private static long nanos(BasicFileAttributes file) {
    return file.lastModifiedTime().to(TimeUnit.NANOSECONDS);
  }

  /** Whether all of it is so old that a change would show. */
  boolean isSettled(long nowNanos) {
    for (int i = 1; i < numbers.size(); i += 2) {
      if (numbers.get(i) > nowNanos - YOUNG) {
        return false;
      }
    }
    return true;
  }
}
