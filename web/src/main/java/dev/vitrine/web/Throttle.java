package dev.vitrine.web;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Passes on the newest of many values, a few times a second, on a thread of its own. */
final class Throttle<T> implements AutoCloseable {
  private static final long EVERY_MILLIS = 150;

  private final Consumer<T> to;
  private final AtomicReference<T> newest = new AtomicReference<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("vitrine-page-news").daemon().factory());

  Throttle(Consumer<T> to) {
    this.to = to;
  }

  /** Never waits. */
  void offer(T value) {
    if (newest.getAndSet(value) == null && !clock.isShutdown()) {
      clock.schedule(() -> to.accept(newest.getAndSet(null)), EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
