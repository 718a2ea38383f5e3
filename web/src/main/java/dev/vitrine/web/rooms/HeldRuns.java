package dev.vitrine.web.rooms;

import dev.vitrine.error.UserException;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** What was made of the runs asked for lately, made anew when a training has gone on. */
final class HeldRuns<T> implements AutoCloseable {
  private record Held<T>(Path folder, FileTime written, Lent<T> made) {}

  private final List<Path> folders;
  private final int most;
  private final Function<TrainedNetwork, T> make;
  private final Consumer<T> drop;
  private final ReentrantLock making = new ReentrantLock();
  private final Map<String, Held<T>> held = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Holds nothing yet.
   *
   * @param folders where runs are
   * @param most how many are held
   * @param make makes one of a run's newest numbers
   * @param drop is given those that are held no longer, once nobody uses them
   */
  HeldRuns(List<Path> folders, int most, Function<TrainedNetwork, T> make, Consumer<T> drop) {
    this.folders = List.copyOf(folders);
    this.most = most;
    this.make = make;
    this.drop = drop;
  }

  /**
   * What is held of a run, if it is of its newest numbers; made by nobody. It may be dropped at any
   * time: for whom that does harm, there is {@link #with}.
   */
  Optional<T> known(String run) {
    return found(run).map(Lent::thing);
  }

  private synchronized Optional<Lent<T>> found(String run) {
    return Optional.ofNullable(held.get(run))
        .filter(each -> each.written.equals(written(each.folder)))
        .map(Held::made);
  }

  private synchronized Optional<Lent<T>> taken(String run) {
    return found(run).map(Lent::taken);
  }

  /**
   * What somebody makes of what is held of a run, or is made of it now: one at a time, in nobody
   * else's way. It is not dropped meanwhile.
   */
  <R> R with(String run, Function<T, R> use) {
    return taken(run).orElseGet(() -> made(run)).use(use);
  }

  private Lent<T> made(String run) {
    making.lock();
    try {
      Optional<Lent<T>> known = taken(run); // another made it meanwhile
      if (known.isPresent()) {
        return known.get();
      }
      Path folder = folder(run);
      FileTime written = written(folder);
      Lent<T> made =
          new Lent<>(make.apply(TrainedNetwork.open(folder, Optional.empty())), drop).taken();
      hold(run, new Held<>(folder, written, made));
      return made;
    } finally {
      making.unlock();
    }
  }

  private synchronized Path folder(String run) {
    Held<T> known = held.get(run);
    return known == null ? RunsRoom.folder(folders, run) : known.folder;
  }

  private synchronized void hold(String run, Held<T> newest) {
    Held<T> before = held.put(run, newest);
    if (before != null) {
      before.made.retire();
    }
    Iterator<Held<T>> oldest = held.values().iterator();
    while (held.size() > most) {
      Held<T> forgotten = oldest.next();
      oldest.remove();
      forgotten.made.retire();
    }
  }

  private static FileTime written(Path folder) {
    try {
      return Files.getLastModifiedTime(RunFolder.open(folder).checkpoint());
    } catch (IOException none) {
      throw new UserException(
          "%s has no checkpoint yet: wait until its training has written one".formatted(folder),
          none);
    }
  }

  @Override
  public synchronized void close() {
    held.values().forEach(each -> each.made.retire());
    held.clear();
  }
}
