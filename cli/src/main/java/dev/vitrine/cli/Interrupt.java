package dev.vitrine.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or a polite kill, as a flag: the JVM's end waits until the command has seen it and saved
 * its work, for at most half a minute.
 */
final class Interrupt implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onShutdown, "vitrine-interrupt");
  private volatile boolean requested;

  private Interrupt() {}

  static Interrupt install() {
    Interrupt interrupt = new Interrupt();
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  /** Whether the process is to end. */
  boolean requested() {
    return requested;
  }

  private void onShutdown() {
    requested = true;
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
