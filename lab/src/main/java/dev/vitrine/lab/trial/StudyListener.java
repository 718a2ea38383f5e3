package dev.vitrine.lab.trial;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.train.Progress;

/** Who wants to know how a study goes. Called on the trials' threads, by one at a time. */
public interface StudyListener {
  /** Hears nothing. */
  StudyListener SILENT = new StudyListener() {};

  /**
   * A line was added to the journal.
   *
   * @param event what happened
   */
  default void happened(Event event) {}

  /**
   * What is to be done until the next decision.
   *
   * @param trials how many trials are due
   */
  default void due(int trials) {}

  /**
   * A trial did a step.
   *
   * @param trial its name
   * @param progress how far it is
   * @param totalSteps how many steps it has
   */
  default void step(String trial, Progress progress, long totalSteps) {}
}
