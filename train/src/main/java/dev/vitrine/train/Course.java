package dev.vitrine.train;

/**
 * How long a training is, and where in it a step lies.
 *
 * @param stepsPerEpoch steps to an epoch, a pass over the training examples
 * @param totalSteps steps of the whole training, whose last epoch may end early
 */
public record Course(long stepsPerEpoch, long totalSteps) {
  static Course of(Recipe recipe, BatchSource batches) {
    long all = (long) batches.stepsPerEpoch() * recipe.epochs();
    long total = recipe.maxSteps().map(most -> Math.min(most, all)).orElse(all);
    return new Course(batches.stepsPerEpoch(), total);
  }

  /**
   * {@return whether an epoch, or the training, has just ended}
   *
   * @param step steps done
   */
  public boolean atEpochEnd(long step) {
    return step > 0 && (step % stepsPerEpoch == 0 || step == totalSteps);
  }

  /**
   * {@return how many epochs have ended, the last one perhaps early}
   *
   * @param step steps done
   */
  public long epochsDone(long step) {
    return step / stepsPerEpoch + (atEpochEnd(step) && step % stepsPerEpoch != 0 ? 1 : 0);
  }

  /**
   * {@return the epoch, from 1, that the newest step belongs to}
   *
   * @param step steps done, 1 or more
   */
  public int epoch(long step) {
    return (int) ((step - 1) / stepsPerEpoch) + 1;
  }
}
