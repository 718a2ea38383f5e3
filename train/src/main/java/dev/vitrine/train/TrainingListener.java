package dev.vitrine.train;

/** Who wants to know how a training goes. All methods are called on the training's thread. */
public interface TrainingListener {
  /** Hears nothing and never stops. */
  TrainingListener SILENT = new TrainingListener() {};

  /** After every step: it does not count from 0, and {@code loss} is its batch's mean loss. */
  default void step(TrainingSession session, double loss) {}

  /** After every epoch and its evaluation. */
  default void epoch(TrainingSession session, EpochSummary summary) {}

  /** Asked after every step: whether to end here, with everything as it is. */
  default boolean wantsToStop() {
    return false;
  }
}
