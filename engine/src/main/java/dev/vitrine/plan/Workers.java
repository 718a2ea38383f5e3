package dev.vitrine.plan;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed team of threads that run the same job side by side, the caller being worker 0. Between
 * the steps of a job they meet at a barrier that spins, because a step lasts microseconds; between
 * jobs they sleep. One job at a time; the caller's thread must always be the same.
 */
public final class Workers implements AutoCloseable {
  /** What a team runs: called once on every worker, with its number from 0. */
  public interface Job {
    /** Does worker {@code worker}'s part; it may meet the others at {@link Workers#barrier}. */
    void work(int worker);
  }

  /** Polls before a waiting worker gives its time slice away. */
  private static final int SPINS = 4_000;

  /** How long an idle worker watches for the next job before it sleeps. */
  private static final long WATCH_NANOS = 200_000;

  private final int size;
  private final Thread[] threads;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int phase;
  private volatile int job;
  private volatile Job current;
  private volatile Throwable failure;
  private volatile boolean closed;

  /**
   * A team of the given size.
   *
   * @param size how many workers, the caller included; at least 1
   */
  public Workers(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("A team expects 1 worker or more, but got " + size);
    }
    this.size = size;
    threads = new Thread[size];
    for (int worker = 1; worker < size; worker++) {
      int number = worker;
      threads[worker] =
          Thread.ofPlatform().daemon().name("vitrine-" + worker).unstarted(() -> serve(number));
      threads[worker].start();
    }
  }

  /** How many workers, the caller included. */
  public int size() {
    return size;
  }

  /**
   * Runs a job on all workers and returns when all are done.
   *
   * @throws RuntimeException what the job threw, on whichever worker; an error comes wrapped
   * @throws IllegalStateException if the team was closed
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // of job, by this thread alone
  public void run(Job next) {
    if (closed) {
      throw new IllegalStateException("The team of workers was closed: make a new one");
    }
    current = next;
    failure = null;
    job = job + 1; // being volatile, it publishes the fields above
    for (int worker = 1; worker < size; worker++) {
      LockSupport.unpark(threads[worker]);
    }
    perform(next, 0);
    barrier();
    if (failure != null) {
      throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
    }
  }

  /** Whether a worker failed in the current job: the others then skip their work. */
  boolean failed() {
    return failure != null;
  }

  private void perform(Job next, int worker) {
    try {
      next.work(worker);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  void fail(Throwable e) {
    failure = e;
  }

  /** Waits until every worker has come here. */
  @SuppressWarnings("ThreadPriorityCheck") // yields only when the others are late by far
  public void barrier() {
    if (size == 1) {
      return;
    }
    int own = phase;
    if (arrived.incrementAndGet() == size) {
      arrived.set(0);
      phase = own + 1;
      return;
    }
    for (int spins = 0; phase == own; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  private void serve(int worker) {
    int done = 0;
    while (awaitJob(done)) {
      done++;
      perform(current, worker);
      barrier();
    }
  }

  /** Waits for the job after number {@code done}; false if the team was closed instead. */
  private boolean awaitJob(int done) {
    long start = System.nanoTime();
    while (job == done) {
      if (closed) {
        return false;
      }
      if (System.nanoTime() - start < WATCH_NANOS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
    return true;
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    for (int worker = 1; worker < size; worker++) {
      LockSupport.unpark(threads[worker]);
    }
  }
}
