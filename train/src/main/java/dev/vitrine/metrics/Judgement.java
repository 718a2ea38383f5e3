package dev.vitrine.metrics;

/** How a network does on a data set: a classifier's, or that of one that tells numbers. */
public sealed interface Judgement permits Evaluation, Regression {
  /** {@return how many examples were evaluated} */
  long examples();

  /** {@return the mean loss over the examples} */
  double meanLoss();
}
