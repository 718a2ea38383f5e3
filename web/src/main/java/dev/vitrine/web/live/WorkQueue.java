package dev.vitrine.web.live;

import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What the page was asked to do, trainings and studies alike: one at a time, since each takes all
 * processors, in an order that can be changed while it waits. Any thread may call.
 */
public final class WorkQueue implements AutoCloseable {
  /** More than a person waits for; a flood of starts is refused. */
  private static final int MOST = 20;

  private static final long END_SECONDS = 20;

  private final Consumer<List<Place>> told;
  private final List<Entry> waiting = new ArrayList<>();
  private Entry working;
  private int numbers;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("vitrine-page-work").daemon().factory());

  /**
   * A piece of work.
   *
   * @param kind {@code training} or {@code study}
   * @param number by which its room calls it
   * @param title for a person
   * @param over whether nothing is left to do, also because it was stopped while it waited
   * @param run does it, and throws nothing
   * @param stop ends it, whether it waits or works
   */
  public record Work(
      String kind, int number, String title, BooleanSupplier over, Runnable run, Runnable stop) {}

  /**
   * Where a piece of work is.
   *
   * @param entry by which the queue calls it
   * @param kind of the work
   * @param number by which its room calls it
   * @param title for a person
   * @param working whether it is the one that is done now
   */
  public record Place(int entry, String kind, int number, String title, boolean working) {}

  private record Entry(int number, Work work) {
    Place place(boolean working) {
      return new Place(number, work.kind(), work.number(), work.title(), working);
    }
  }

  /**
   * An empty queue.
   *
   * @param told hears the order whenever it has changed
   */
  public WorkQueue(Consumer<List<Place>> told) {
    this.told = told;
  }

  /**
   * Refuses more than a person waits for.
   *
   * @throws UserException if no more is taken
   */
  public synchronized void requireRoom() {
    int many = places().size();
    if (many >= MOST) {
      throw new UserException(
          "%s trainings and studies run or wait already: stop some, or wait".formatted(many));
    }
  }

  /**
   * Adds work behind all other.
   *
   * @param work what is done when its turn comes
   * @throws UserException if too much waits
   */
  public void add(Work work) {
    synchronized (this) {
      requireRoom();
      waiting.add(new Entry(++numbers, work));
    }
    changed();
    worker.execute(this::next);
  }

  /** One was added for each time that this is called; some were taken out since. */
  private void next() {
    Entry entry = taken();
    if (entry == null) {
      return;
    }
    changed();
    try {
      entry.work.run().run();
    } finally {
      synchronized (this) {
        working = null;
      }
      changed();
    }
  }

  private synchronized Entry taken() {
    waiting.removeIf(entry -> entry.work.over().getAsBoolean());
    working = waiting.isEmpty() ? null : waiting.removeFirst();
    return working;
  }

  /** {@return what works and what waits, in the order of their turns} */
  public synchronized List<Place> places() {
    List<Place> places = new ArrayList<>();
    if (working != null) {
      places.add(working.place(true));
    }
    waiting.stream()
        .filter(entry -> !entry.work.over().getAsBoolean())
        .map(entry -> entry.place(false))
        .forEach(places::add);
    return places;
  }

  /** Tells the order again, after something that waited was stopped. */
  public void changed() {
    told.accept(places());
  }

  /**
   * Moves what waits.
   *
   * @param entry by which the queue calls it
   * @param places so many towards the end; towards the front if negative
   * @throws UserException if it does not wait any more
   */
  public void move(int entry, int places) {
    synchronized (this) {
      waiting.removeIf(each -> each.work.over().getAsBoolean());
      Entry moved =
          waiting.stream()
              .filter(each -> each.number == entry)
              .findFirst()
              .orElseThrow(() ->
                  new UserException("It does not wait any more: it has begun, or was taken out"));
      int to = Math.clamp((long) waiting.indexOf(moved) + places, 0, waiting.size() - 1);
      waiting.remove(moved);
      waiting.add(to, moved);
    }
    changed();
  }

  /**
   * Takes out what waits, or stops what works.
   *
   * @param entry by which the queue calls it
   * @throws UserException if it is over
   */
  public void remove(int entry) {
    Runnable stop;
    synchronized (this) {
      List<Entry> all = new ArrayList<>(waiting);
      if (working != null) {
        all.add(working);
      }
      stop =
          all.stream()
              .filter(each -> each.number == entry)
              .findFirst()
              .orElseThrow(() -> new UserException("It is over, or was taken out already"))
              .work
              .stop();
      waiting.removeIf(each -> each.number == entry);
    }
    stop.run();
    changed();
  }

  /** Waits for what works to come to its end; whoever added it has stopped it. */
  @Override
  public void close() {
    synchronized (this) {
      waiting.clear();
    }
    worker.shutdown();
    try {
      if (!worker.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException stopped) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
