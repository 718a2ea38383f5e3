package dev.vitrine.workload;

import java.util.OptionalDouble;

/**
 * A stretch of training that was timed.
 *
 * @param steps training steps done
 * @param seconds how long they took
 * @param others processors that other processes used meanwhile; empty where it cannot be told
 */
public record Window(long steps, double seconds, OptionalDouble others) {
  /**
   * {@return whether others were known to use more than {@link ProcessorTime#QUIET} of a processor}
   */
  public boolean disturbed() {
    return others.isPresent() && others.getAsDouble() > ProcessorTime.QUIET;
  }

  /** {@return the training steps a second} */
  public double stepsPerSecond() {
    return steps / seconds;
  }
}
