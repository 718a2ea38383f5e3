package dev.vitrine.train;

import dev.vitrine.plan.Plan;

/** The examples of one step, in their order. A view: the source's next batch takes its place. */
public interface Batch {
  /** {@return how many examples} */
  int size();

  /**
   * Gives a plan of a training graph a stretch of the examples, from its first place on: their
   * inputs, and the targets that the loss wants.
   *
   * @param plan of a training graph
   * @param from the first example of the stretch
   * @param count how many
   */
  void feed(Plan plan, int from, int count);

  /**
   * {@return the class that is right for an example, if the source is {@link BatchSource#labelled}}
   *
   * @param example its place in the batch, from 0
   */
  int label(int example);
}
