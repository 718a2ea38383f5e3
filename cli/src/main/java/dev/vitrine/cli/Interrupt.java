package dev.vitrine.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or a polite kill, as a wish: the JVM's end waits until the command has heard it and saved
 * its work, for at most half a minute.
 */
final class Interrupt implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onShutdown, "vitrine-interrupt");
  private final Runnable stop;
  private volatile boolean requested;

  private Interrupt(Runnable stop) {
    this.stop = stop;
  }

  /**
   * Watches for the end.
   *
   * @param stop lets the command come to its end; called on another thread
   */
  static Interrupt install(Runnable stop) {
    Interrupt interrupt = new Interrupt(stop);
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  private void onShutdown() {
    requested = true;
    stop.run();
    try {
      saved.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work is saved; the JVM may end. */
  @Override
  public void close() {
    saved.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        requested = true; // the end began in this very moment
      }
    }
  }
}
