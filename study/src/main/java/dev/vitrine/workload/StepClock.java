package dev.vitrine.workload;

import java.util.function.DoubleSupplier;

/** Times training steps, whoever does them. */
public final class StepClock {
  private static final double WARM_UP_SECONDS = 3;

  private final DoubleSupplier step;
  private final ProcessorTime processors;
  private double lastLoss = Double.NaN;

  /**
   * A clock of steps.
   *
   * @param step does one training step and returns the batch's loss
   * @param processors tells how busy other processes are
   */
  public StepClock(DoubleSupplier step, ProcessorTime processors) {
    this.step = step;
    this.processors = processors;
  }

  /**
   * Trains for at least the given time, and at least one step.
   *
   * @param seconds for how long
   * @return how many steps it was, and in which time
   */
  public Window run(double seconds) {
    ProcessorTime.Mark mark = processors.mark();
    long start = System.nanoTime();
    long limit = (long) (seconds * 1e9);
    long steps = 0;
    long elapsed;
    do {
      lastLoss = step.getAsDouble();
      steps++;
      elapsed = System.nanoTime() - start;
    } while (elapsed < limit);
    return new Window(steps, elapsed * 1e-9, processors.othersSince(mark));
  }

  /** {@return the loss of the last step} */
  public double lastLoss() {
    return lastLoss;
  }

  /**
   * Runs for three seconds, in which the kernels are compiled, or for two windows if that is more.
   *
   * @param windowSeconds how long a window is
   */
  public void warmUp(double windowSeconds) {
    run(Math.max(WARM_UP_SECONDS, 2 * windowSeconds));
  }
}
