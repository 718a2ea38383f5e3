package dev.vitrine.nn;

import dev.vitrine.tensor.Shape;

/**
 * A parameter that a layer asked for: what an initialiser must know of it.
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
    SLOPE
  }
}
