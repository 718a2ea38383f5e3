package dev.vitrine.train;

/**
 * Who wants to know how a training goes. What it hears are values: a listener cannot change the
 * training, except that it may hold a {@link TrainingControl}. All methods are called on the
 * training's thread.
 */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener SILENT = new TrainingListener() {};

  /**
   * After every step.
   *
   * @param summary what the step came to
   */
  default void step(StepSummary summary) {}

  /**
   * After every epoch and its evaluation; its last step was told before.
   *
   * @param summary what the epoch came to
   */
  default void epoch(EpochSummary summary) {}
}
