package dev.vitrine.optim;

import java.util.List;
import java.util.Optional;

/** A rule that moves parameters against their gradients, element by element. */
public interface Optimizer {
  /** {@return the learning rate before any schedule} */
  double learningRate();

  /**
   * {@return the names of the arrays it remembers from step to step; each as long as the
   * parameters}
   */
  List<String> state();

  /**
   * {@return what to know of settings by which steps may grow without end, a sentence; empty if
   * they are everyday}
   */
  default Optional<String> caution() {
    return Optional.empty();
  }

  /**
   * Updates a stretch of parameters in place.
   *
   * @param w the parameters
   * @param g their gradients
   * @param state the remembered arrays, in {@link #state}'s order; zeros before the first step
   * @param from the stretch's first index
   * @param to the index after its last
   * @param rate the learning rate, with schedule and multiplier applied
   * @param decay whether weight decay applies to this stretch
   * @param step the step's number, from 0
   */
  void update(
      float[] w,
      float[] g,
      float[][] state,
      int from,
      int to,
      float rate,
      boolean decay,
      long step);
}
