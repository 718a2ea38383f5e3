package dev.vitrine.train;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a step came to.
 *
 * @param progress how far the training is with it
 * @param loss its batch's mean loss before its update
 * @param learningRate its learning rate, before factors of single parameters
 * @param course how long the training is
 */
public record StepSummary(Progress progress, double loss, double learningRate, Course course) {
  /** Refuses {@code null}. */
  public StepSummary {
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(course, "course");
  }

  /** {@return the step's number, from 1: steps done} */
  public long step() {
    return progress.step();
  }

  /** {@return whether it was the last of an epoch, or of the training} */
  public boolean atEpochEnd() {
    return course.atEpochEnd(step());
  }

  /** {@return the mean loss of the last {@value Progress#WINDOW} steps, after each as many} */
  public OptionalDouble windowLoss() {
    return progress.atWindowEnd()
        ? OptionalDouble.of(progress.windowLoss() / Progress.WINDOW)
        : OptionalDouble.empty();
  }
}
