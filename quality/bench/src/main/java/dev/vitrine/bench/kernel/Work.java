package dev.vitrine.bench.kernel;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Counts what a benchmark did, so that JMH shows the rate of it. */
@AuxCounters
@State(Scope.Thread)
public class Work {
  private long done;

  /** Forgets what the last iteration did. */
  @Setup(Level.Iteration)
  public void reset() {
    done = 0;
  }

  /** Adds operations. */
  void add(long operations) {
    done += operations;
  }

  /** The operations so far; JMH divides by the time. */
  public long work() {
    return done;
  }
}
