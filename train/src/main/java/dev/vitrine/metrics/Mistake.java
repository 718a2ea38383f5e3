package dev.vitrine.metrics;

import dev.vitrine.predict.Guess;

/**
 * An example that was read as a class it is not of.
 *
 * @param example its index in the data set
 * @param actual the class it is of
 * @param best the class it was read as
 * @param second the runner-up
 * @param loss its cross-entropy, in nats: {@code −ln} of the actual class's probability
 */
public record Mistake(int example, int actual, Guess best, Guess second, double loss) {
  /** {@return the probability that the network gave the actual class} */
  public double actualProbability() {
    return StrictMath.exp(-loss);
  }
}
