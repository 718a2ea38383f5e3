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
  private final MemoFile known;

  /**
   * A run as it was when its files were so.
   *
   * @param stamp of its files
   * @param run as it was read
   */
  record Entry(FileStamp stamp, StoredRun run) {}

  private Memo(Path file, MemoFile known) {
    this.file = file;
    this.known = known;
  }

  /** What is remembered of a folder's runs. */
  static Memo of(Path root) {
    Path file = root.resolve(FILE);
    if (Files.isRegularFile(file)) {
      try {
        return new Memo(file, MemoFile.of(Files.readAllBytes(file)));
      } catch (IOException damaged) {
        return new Memo(file, MemoFile.empty()); // then it is made anew
      }
    }
    return new Memo(file, MemoFile.empty());
  }

  /** The runs in these places, all below the folder, as they are now. */
  List<StoredRun> read(List<Places> places) {
    long now = TimeUnit.MILLISECONDS.toNanos(Instant.now().toEpochMilli());
    // Most of the time goes into asking the file system, which answers several at once.
    List<Look> looks = places.parallelStream().map(this::look).toList();
    Map<String, Entry> keep = new HashMap<>();
    List<StoredRun> runs = new ArrayList<>();
    boolean changed = false;
    for (Look look : looks) {
      boolean settled = look.entry.stamp().isSettled(now);
      changed |= !look.remembered && settled;
      if (look.entry.run().values().containsKey(Field.STATE)) {
        runs.add(look.asOfNow);
        if (settled && look.entry.run().state() != RunState.RUNNING) {
          keep.put(look.key, look.entry);
        }
      } // else it was deleted meanwhile
    }
    if (changed || keep.size() != known.size()) {
      write(keep);
    }
    return runs;
  }

  private record Look(String key, Entry entry, boolean remembered, StoredRun asOfNow) {}

  private Look look(Places place) {
    FileStamp stamp = FileStamp.of(place.folder());
    boolean remembered = known.has(place.key(), stamp);
    StoredRun run = remembered ? known.run(place) : RunReader.read(place);
    return new Look(place.key(), new Entry(stamp, run), remembered, RunStore.asOfNow(run));
  }

  private void write(Map<String, Entry> entries) {
    try {
      AtomicFile.write(file, out -> MemoFile.write(entries, out));
    } catch (UserException unwritable) {
      // A folder that cannot be written into, or a full disk: what was read is right without it.
    }
  }
}
