package dev.vitrine.lab.journal;

import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import dev.vitrine.format.HeldFile;
import dev.vitrine.format.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The journal of a study, held by the one process that adds to it. A process that is killed costs
 * at most its last line. Any thread may add.
 */
public final class Journal implements AutoCloseable {
  /** The journal's name in a study's folder. */
  public static final String NAME = "journal.jsonl";

  /** The file that whoever writes holds. */
  public static final String LOCK = ".studying";

  private final Path file;
  private final HeldFile lock;
  private boolean begun;

  private Journal(Path file, HeldFile lock) {
    this.file = file;
    this.lock = lock;
    begun = Files.exists(file);
  }

  /**
   * {@return the journal of a study, to add to; a last line that was cut off is removed}
   *
   * @param folder the study's, which exists
   * @throws UserException if another process has it, or the folder cannot be written into
   */
  public static Journal open(Path folder) {
    HeldFile lock =
        HeldFile.hold(folder.resolve(LOCK))
            .orElseThrow(() ->
                new UserException(
                    "Another process works on the study %s: wait for its end, or choose another folder"
                        .formatted(folder)));
    Path file = folder.resolve(NAME);
    try {
      mend(file);
    } catch (IOException failure) {
      lock.close();
      throw FileErrors.writing(file, failure);
    }
    return new Journal(file, lock);
  }

  /** Cuts off what a killed process left of its last line. */
  private static void mend(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = channel.size();
      ByteBuffer last = ByteBuffer.allocate(1);
      while (end > 0) {
        last.clear();
        channel.read(last, end - 1);
        if (last.get(0) == '\n') {
          break;
        }
        end--;
      }
      channel.truncate(end);
    }
  }

  /**
   * Adds a line.
   *
   * @param event what happened
   * @throws UserException if the disk is full, or the journal gone; then nothing of the line is
   *     there
   */
  public synchronized void add(Event event) {
    requireThere();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Json.appendLine(file, new Entry(now, event).toJson());
    begun = true;
  }

  /** A journal that begins in the middle would be a damaged one. */
  private void requireThere() {
    if (begun && !Files.exists(file)) {
      throw new UserException(
          "The journal %s is gone: somebody removed or moved the study while it was worked on"
              .formatted(file),
          new NoSuchFileException(file.toString()));
    }
  }

  /**
   * {@return all lines of a study's journal; a last one that is being written is left out}
   *
   * @param folder the study's
   * @throws UserException if there is no journal, or it is damaged
   */
  public static List<Entry> read(Path folder) {
    return Json.readLines(folder.resolve(NAME)).stream().map(Entry::of).toList();
  }

  /**
   * {@return whether a process works on a study now}
   *
   * @param folder the study's
   */
  public static boolean isHeld(Path folder) {
    return HeldFile.isHeld(folder.resolve(LOCK));
  }

  @Override
  public void close() {
    lock.close();
  }
}
