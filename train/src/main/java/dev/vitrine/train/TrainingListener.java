package dev.vitrine.train;

/**
 * Who wants to know how a training goes. What it hears are values: a listener cannot change the
 * training, except that it may hold a {@link TrainingControl}. All methods are called on the
 * training's thread.
 */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener SILENT = new TrainingListener() {};

  /** After every step. */
  default void step(StepSummary summary) {}

  /** After every epoch and its evaluation; its last step was told before. */
  default void epoch(EpochSummary summary) {}
}
