package dev.vitrine.lab.trial;

import dev.vitrine.train.Progress;

/** Who wants to know how a trial goes. */
@FunctionalInterface
public interface TrialSteps {
  /**
   * It did a step.
   *
   * @param progress how far it is
   * @param totalSteps how many steps it has
   */
  void step(Progress progress, long totalSteps);
}
