package dev.vitrine.train;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Pauses, resumes and stops a training from outside. The training obeys between two of its steps,
 * with everything as the last one left it. All methods may be called on any thread, before the
 * training has begun and after it has ended too.
 */
public final class TrainingControl {
  private enum Wish {
    GO_ON,
    PAUSE,
    STOP
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile Wish wish = Wish.GO_ON;
  private boolean waiting;

  /** A control that lets a training go on. */
  public TrainingControl() {}

  /**
   * Lets the training wait after the step that it is in, until {@link #resume} or {@link #stop}.
   */
  public void pause() {
    become(Wish.PAUSE);
  }

  /** Ends a pause. */
  public void resume() {
    become(Wish.GO_ON);
  }

  /** Ends the training after the step that it is in, for good: it cannot be resumed. */
  public void stop() {
    become(Wish.STOP);
  }

  private void become(Wish next) {
    lock.lock();
    try {
      if (wish != Wish.STOP) {
        wish = next;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * {@return whether {@link #pause} was asked for last; the step that the training is in may still
   * run}
   */
  public boolean paused() {
    return wish == Wish.PAUSE;
  }

  /**
   * {@return whether {@link #stop} was asked for; the step that the training is in may still run}
   */
  public boolean stopped() {
    return wish == Wish.STOP;
  }

  /**
   * Waits until the training stands still in a pause, so that its numbers can be looked at.
   *
   * @param atMost how long to wait
   * @return whether it stands: false if the time is over, or no pause was asked for
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  public boolean awaitPause(Duration atMost) throws InterruptedException {
    Objects.requireNonNull(atMost, "atMost");
    long nanos = atMost.toNanos();
    lock.lock();
    try {
      while (wish == Wish.PAUSE && !waiting && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return wish == Wish.PAUSE && waiting;
    } finally {
      lock.unlock();
    }
  }

  /**
   * For the training's own loop, between two steps: waits as long as it is paused. An interrupt of
   * the waiting thread stops the training, and stays set.
   *
   * @return whether to do another step
   */
  public boolean mayGoOn() {
    if (wish == Wish.GO_ON) {
      return true;
    }
    lock.lock();
    try {
      waiting = true;
      changed.signalAll();
      while (wish == Wish.PAUSE) {
        changed.await();
      }
    } catch (InterruptedException e) {
      wish = Wish.STOP;
      Thread.currentThread().interrupt();
    } finally {
      waiting = false;
      lock.unlock();
    }
    return wish != Wish.STOP;
  }
}
