package dev.vitrine.lab.spec;

import dev.vitrine.error.Range;

/**
 * How near its end a curve must stay for a training to count as done: the criterion for "fast".
 *
 * @param loss of the training loss, a distance from its last value
 * @param accuracy of the validation accuracy, a share
 */
public record Band(double loss, double accuracy) {
  /** Checks the ranges. */
  public Band {
    Range.FROM_ZERO.require("The band's loss", "0 or more", loss);
    Range.BELOW_ONE.require("The band's accuracy", "a share in [0, 1)", accuracy);
  }
}
