package dev.vitrine.web;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Passes on the newest of many values, a few times a second, on a thread of its own. */
final class Throttle<T> implements AutoCloseable {
  private static final long EVERY_MILLIS = 150;

  private final Consumer<T> to;
  private final AtomicReference<T> newest = new AtomicReference<>();
  private final ExecutorService clock =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("vitrine-page-news").daemon().factory());

  Throttle(Consumer<T> to) {
    this.to = to;
  }

  /** Never waits. */
  void offer(T value) {
    if (newest.getAndSet(value) == null && !clock.isShutdown()) {
      clock.execute(this::pass);
    }
  }

  private void pass() {
    try {
      TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
      to.accept(newest.getAndSet(null));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
