package dev.vitrine.train;

/**
 * How far a training is: everything but the numbers of the network. A pure function of recipe and
 * data up to the step, so that an interrupted and resumed training reports what a whole one would.
 *
 * @param step steps done
 * @param epochLoss the sum of the losses of the current epoch's examples
 * @param epochCorrect how many of them were read right while training
 * @param epochImages how many there were
 * @param windowLoss the sum of the batches' mean losses since the current window began
 */
public record Progress(
    long step, double epochLoss, long epochCorrect, long epochImages, double windowLoss) {
  /** Steps to a point of the loss curve: a window begins after every multiple of this. */
  public static final int WINDOW = 20;

  /** Before the first step. */
  public static final Progress START = new Progress(0, 0, 0, 0, 0);

  /** Whether a window has just been filled, so that {@link #windowLoss} is the sum of it all. */
  boolean atWindowEnd() {
    return step > 0 && step % WINDOW == 0;
  }

  /** {@return the mean loss of the current epoch so far} */
  public double meanLoss() {
    return epochLoss / epochImages;
  }

  /**
   * {@return the share of the current epoch's examples so far that were read right while training}
   */
  public double accuracy() {
    return (double) epochCorrect / epochImages;
  }
}
