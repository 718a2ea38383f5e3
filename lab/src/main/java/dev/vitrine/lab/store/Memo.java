package dev.vitrine.lab.store;

import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What was read of a folder of runs, kept in a file beside them so that it need not be read again.
 * It can be thrown away at any time; one that is damaged, or of another version, is made anew.
 */
final class Memo {
  static final String FILE = ".listing";

  private final Path file;
  private final Map<String, Entry> known;

  /**
   * A run as it was when its files were so.
   *
   * @param stamp of its files
   * @param run as it was read
   */
  record Entry(FileStamp stamp, StoredRun run) {}

  private Memo(Path file, Map<String, Entry> known) {
    this.file = file;
    this.known = known;
  }

  /** What is remembered of a folder's runs. */
  static Memo of(Path root) {
    Path file = root.resolve(FILE);
    Map<String, Entry> known = new HashMap<>();
    if (Files.isRegularFile(file)) {
      try {
        MemoFile.read(Files.readAllBytes(file), known);
      } catch (IOException damaged) { // then it is made anew
        known.clear();
      }
    }
    return new Memo(file, known);
  }

  /** The runs in these places, all below the folder, as they are now. */
  List<StoredRun> read(List<Places> places) {
    long now = TimeUnit.MILLISECONDS.toNanos(Instant.now().toEpochMilli());
    Map<String, Entry> keep = new HashMap<>();
    List<StoredRun> runs = new ArrayList<>();
    boolean changed = false;
    for (Places place : places) {
      FileStamp stamp = FileStamp.of(place.folder());
      String key = place.key();
      Entry entry = known.get(key);
      if (entry == null || !entry.stamp().equals(stamp)) {
        entry = new Entry(stamp, RunReader.read(place));
        changed |= entry.stamp().isSettled(now);
      }
      if (entry.run().values().containsKey(Field.STATE)) {
        runs.add(RunStore.asOfNow(entry.run().at(place)));
        if (stamp.isSettled(now) && entry.run().state() != RunState.RUNNING) {
          keep.put(key, entry);
        }
      } // else it was deleted meanwhile
    }
    if (changed || keep.size() != known.size()) {
      write(keep);
    }
    return runs;
  }

  private void write(Map<String, Entry> entries) {
    try {
      AtomicFile.write(file, out -> MemoFile.write(entries, out));
    } catch (UserException unwritable) {
      // A folder that cannot be written into, or a full disk: what was read is right without it.
    }
  }
}
