package dev.vitrine.nn;

import dev.vitrine.tensor.Shape;

/**
 * A parameter or buffer that a layer asked for: what an initialiser must know of it.
 *
 * @param name its full name, such as {@code conv1.weight}
 * @param role what it is to its layer
 * @param fanIn how many inputs each output sums over
 * @param fanOut how many outputs each input reaches
 */
public record ParameterSpec(String name, Shape shape, Role role, int fanIn, int fanOut) {
  /** What a parameter is to its layer. */
  public enum Role {
    /** Multiplies; is decayed. */
    WEIGHT,
    /** Is added. */
    BIAS,
    /** A rectifier's slope below 0; starts at 0.25 and is not decayed. */
    SLOPE,
    /** Multiplies what was normalised; starts at 1, and is decayed where biases are. */
    SCALE,
    /** Is added to what was normalised: a bias that starts at 0. */
    SHIFT,
    /** Not learned: a running mean, which starts at 0. */
    RUNNING_MEAN,
    /** Not learned: a running variance, which starts at 1. */
    RUNNING_VARIANCE;

    /** Whether an optimiser moves it; if not it is a buffer: carried, not learned. */
    public boolean learned() {
      return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }
  }
}
