package dev.vitrine.kernel.simd;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Has C2 compile a routine before it is needed. Until then its vector operations are calls that
 * make objects, a thousand times slower; and done in bulk they would have C2 compile the Vector
 * API's own methods for seconds, which compiled routines do not even call.
 *
 * <p>HotSpot counts calls, whatever they do. So a rehearsal is thousands of <em>idle</em> calls,
 * which return at once, with a few among them that work on <em>little</em> data, for C2 to see that
 * the loops are entered. How long a call on little data takes shows whether C2 is done.
 */
final class Rehearsal {
  /** Calls of {@link #idle} to a round. */
  private static final int ROUND = 500;

  /** One call in so many is followed by one on little data, until C2 has surely been asked. */
  private static final int MIX = 8;

  private static final int MIXED_CALLS = 300;

  /**
   * In the interpreter a call on little data may take milliseconds; C1's code comes before more.
   */
  private static final long BEARABLE_NANOS = 200_000;

  /** C2's code takes 50 to 500 nanoseconds for a call on little data, C1's 5,000 and more. */
  private static final long FAST_NANOS = 1_000;

  /** On a machine that is so busy there is no point in waiting any longer. */
  private static final long PATIENCE_NANOS = 2_000_000_000;

  private static final long FIRST_PAUSE_NANOS = 3_000_000;
  private static final long LONGEST_PAUSE_NANOS = 10_000_000;

  /** Rehearsals begun and not yet taken up by the thread that does them. */
  private static final Queue<Rehearsal> BEGUN = new ConcurrentLinkedQueue<>();

  private static final AtomicBoolean RUNNING = new AtomicBoolean();

  private final Runnable idle;
  private final Runnable little;
  private final LongSupplier clock;
  private volatile boolean over;
  private boolean begun;
  private long start;
  private int mixedCalls;
  private long last = Long.MAX_VALUE;

  /**
   * The rehearsal of a routine.
   *
   * @param idle calls it so that it returns at once; if it is so small that C2 would rather compile
   *     it as a part of {@code idle}, several times, so that it reaches C2 first
   * @param little calls it with some 20 to 200 vector operations' work
   */
  Rehearsal(Runnable idle, Runnable little) {
    this(idle, little, System::nanoTime);
  }

  /** With another clock than the system's, in nanoseconds. */
  Rehearsal(Runnable idle, Runnable little, LongSupplier clock) {
    this.idle = idle;
    this.little = little;
    this.clock = clock;
  }

  /**
   * Has the routine compiled meanwhile, by a thread that ends when there is nothing to rehearse.
   */
  void begin() {
    BEGUN.add(this);
    if (!RUNNING.getAndSet(true)) {
      Thread.ofPlatform().daemon().name("vitrine-rehearsal").start(Rehearsal::runBegun);
    }
  }

  private static void runBegun() {
    List<Rehearsal> open = new ArrayList<>();
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      for (Rehearsal next = BEGUN.poll(); next != null; next = BEGUN.poll()) {
        open.add(next);
        pause = FIRST_PAUSE_NANOS;
      }
      open.removeIf(rehearsal -> rehearsal.over || rehearsal.round());
      if (open.isEmpty() && BEGUN.isEmpty()) {
        RUNNING.set(false);
        if (BEGUN.isEmpty() || RUNNING.getAndSet(true)) {
          return;
        }
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(LONGEST_PAUSE_NANOS, pause * 5 / 4);
    }
  }

  /** Whether the routine is compiled. */
  boolean isOver() {
    return over;
  }

  /** Returns when the routine is compiled, which this thread helps to bring about. */
  void await() {
    long pause = FIRST_PAUSE_NANOS;
    while (!over && !round()) {
      LockSupport.parkNanos(pause);
      pause = Math.min(LONGEST_PAUSE_NANOS, pause * 5 / 4);
    }
  }

  /** Calls the routine for a while; true if it was, or is now, compiled. */
  private synchronized boolean round() {
    if (!begun) {
      begun = true;
      start = clock.getAsLong();
    }
    for (int i = 0; i < ROUND && !over; i++) {
      idle.run();
      if (last < BEARABLE_NANOS && mixedCalls < MIXED_CALLS && i % MIX == 0) {
        little.run();
        mixedCalls++;
      }
    }
    last = fastest();
    over |= last < FAST_NANOS || clock.getAsLong() - start > PATIENCE_NANOS;
    return over;
  }

  /** The nanoseconds of a call on little data when its code has come into the caches. */
  private long fastest() {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i == 0 || (i < 3 && fastest < BEARABLE_NANOS); i++) {
      long before = clock.getAsLong();
      little.run();
      fastest = Math.min(fastest, clock.getAsLong() - before);
    }
    return fastest;
  }
}
