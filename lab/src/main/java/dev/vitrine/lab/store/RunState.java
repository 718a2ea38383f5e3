package dev.vitrine.lab.store;

import dev.vitrine.run.TrainingStatus;

/** How a run stands. */
public enum RunState {
  /** A process trains it now. */
  RUNNING("running"),
  /** It has come to its end. */
  FINISHED("finished"),
  /** It was stopped or killed, and can be gone on with. */
  STOPPED("stopped"),
  /** Its numbers became infinite or NaN. */
  DIVERGED("diverged"),
  /** Something in its folder is missing or cannot be read. */
  DAMAGED("damaged");

  private final String word;

  RunState(String word) {
    this.word = word;
  }

  /** {@return its name in tables and for scripts} */
  public String word() {
    return word;
  }

  /** What a checkpoint says; one that says nothing of its training can be gone on with. */
  static RunState of(TrainingStatus.State state) {
    return switch (state) {
      case FINISHED -> FINISHED;
      case DIVERGED -> DIVERGED;
      case TRAINING -> RUNNING;
      case STOPPED, UNKNOWN -> STOPPED;
    };
  }
}
