package dev.vitrine.plan;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed team of threads that share a job's tasks, the caller being worker 0. A job is a row of
 * steps, each of independent tasks; a step begins when all tasks of the one before are done.
 *
 * <p>Workers take tasks, they are not given them: even workers from the front, odd ones from the
 * back. On a quiet machine a worker so gets about the same tasks at every step and finds their data
 * in its own cache; on a busy one, a worker that the system has put aside holds up nobody but with
 * the task in its hands. Which worker does a task can never be seen in its result.
 *
 * <p>Between tasks workers spin, because a step lasts microseconds; without work for longer they
 * sleep. One job at a time: whoever brings another meanwhile is refused.
 */
public final class Workers implements AutoCloseable {
  /** Work in steps of tasks. Its methods may be called on any worker's thread. */
  public interface Job {
    /** {@return how many steps} */
    int steps();

    /**
     * {@return how many tasks a step has; called once when the step before is done}
     *
     * @param step its number, from 0
     */
    int tasks(int step);

    /**
     * Does one task; {@code worker} tells whose scratch memory may be used.
     *
     * @param step its number, from 0
     * @param task its number within the step, from 0
     * @param worker the worker's number, from 0
     */
    void run(int step, int task, int worker);
  }

  /** Polls before a waiting worker gives its time slice away. */
  private static final int SPINS = 2_000;

  /** How long a worker without work watches for it before it sleeps. */
  private static final long WATCH_NANOS = 200_000;

  /** The state's fields: step, first task not taken, end of those not taken. */
  private static final int BITS = 21;

  private static final int MASK = (1 << BITS) - 1;

  private final int size;
  private final Thread[] threads;

  /** What is left to take; workers take by changing it, so nobody takes a task twice. */
  private final AtomicLong state = new AtomicLong();

  /** Tasks of the current step that are not done. */
  private final AtomicInteger open = new AtomicInteger();

  private final AtomicInteger sleepers = new AtomicInteger();

  /** Whose job is being done; {@code null} between jobs. */
  private final AtomicReference<Thread> caller = new AtomicReference<>();

  private volatile Job current;
  private volatile Throwable failure;
  private volatile boolean finished = true;
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

  /** {@return how many workers, the caller included} */
  public int size() {
    return size;
  }

  /**
   * Runs a job and returns when all its tasks are done. After a task that throws, the rest is
   * skipped.
   *
   * @param job the steps and their tasks
   * @throws RuntimeException what a task threw; an error comes wrapped
   * @throws IllegalStateException if the team was closed, or is doing a job, be it the one whose
   *     task calls
   */
  public void run(Job job) {
    Objects.requireNonNull(job, "job");
    if (closed) {
      throw new IllegalStateException("The team of workers was closed: make a new one");
    }
    Thread me = Thread.currentThread();
    Thread busyFor = caller.compareAndExchange(null, me);
    if (busyFor != null) {
      throw new IllegalStateException(
          busyFor == me || Arrays.asList(threads).contains(me)
              ? "A task cannot bring a job to the team of workers that does it: give that job a team of its own"
              : "The team of workers is doing another thread's job: give each thread a team of its own");
    }
    try {
      work(job);
    } finally {
      caller.set(null);
    }
  }

  private void work(Job job) {
    current = job;
    failure = null;
    finished = false;
    begin(0);
    for (int spins = 0; !finished; ) {
      spins = takeOne(0) ? 0 : spins + 1;
      pause(spins);
    }
    Throwable thrown = failure;
    if (thrown != null) {
      throw thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint to a busy machine; nothing relies on it
  private static void pause(int spins) {
    if (spins > SPINS) {
      Thread.yield();
    } else if (spins > 0) {
      Thread.onSpinWait();
    }
  }

  /** Opens the first step from {@code step} on that has tasks, or ends the job. */
  private void begin(int step) {
    Job job = current;
    int next = step;
    int tasks = 0;
    while (next < job.steps() && (tasks = failure == null ? job.tasks(next) : 0) == 0) {
      next++;
    }
    if (next == job.steps()) {
      finished = true;
      return;
    }
    if (tasks > MASK || next > MASK) {
      throw new IllegalArgumentException(
          "A job expects at most %s steps and tasks, but step %s has %s"
              .formatted(MASK, next, tasks));
    }
    open.set(tasks);
    state.set((((long) next << BITS) << BITS) | tasks);
    if (sleepers.get() > 0) {
      wake();
    }
  }

  /** Takes a task and does it; false if none was left. */
  private boolean takeOne(int worker) {
    boolean front = (worker & 1) == 0;
    while (true) {
      long seen = state.get();
      int from = (int) (seen >>> BITS) & MASK;
      int to = (int) seen & MASK;
      if (from >= to) {
        return false;
      }
      if (state.compareAndSet(seen, front ? seen + (1L << BITS) : seen - 1)) {
        perform((int) (seen >>> (2 * BITS)), front ? from : to - 1, worker);
        return true;
      }
    }
  }

  /** Does a task that was taken; the job is read after the taking, so that it is the task's own. */
  private void perform(int step, int task, int worker) {
    if (failure == null) {
      try {
        current.run(step, task, worker);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }
    if (open.decrementAndGet() == 0) {
      try {
        begin(step + 1);
      } catch (RuntimeException | Error e) {
        failure = e;
        finished = true;
      }
    }
  }

  private void serve(int worker) {
    long idleSince = System.nanoTime();
    for (int spins = 0; !closed; ) {
      if (takeOne(worker)) {
        spins = 0;
      } else if (spins == 0) {
        idleSince = System.nanoTime();
        spins = 1;
      } else if (System.nanoTime() - idleSince < WATCH_NANOS) {
        pause(++spins);
      } else {
        sleep();
        spins = 0;
      }
    }
  }

  /** Sleeps unless there is work: whoever opens a step after this looks for sleepers. */
  private void sleep() {
    sleepers.incrementAndGet();
    long seen = state.get();
    boolean nothing = ((int) (seen >>> BITS) & MASK) >= ((int) seen & MASK);
    if (nothing && !closed) {
      LockSupport.park(this);
    }
    sleepers.decrementAndGet();
  }

  private void wake() {
    for (int worker = 1; worker < size; worker++) {
      LockSupport.unpark(threads[worker]);
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    wake();
  }
}
