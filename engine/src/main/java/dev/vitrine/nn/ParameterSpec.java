package dev.vitrine.nn;

import dev.vitrine.tensor.Shape;
import java.util.Objects;
import java.util.Optional;

/**
 * A parameter or buffer that a layer asked for: what an initialiser must know of it.
 *
 * @param name its full name, such as {@code conv1.weight}
 * @param shape the shape of the value
 * @param role what it is to its layer
 * @param fanIn how many inputs each output sums over
 * @param fanOut how many outputs each input reaches
 * @param start how it starts, if the layer says so itself
 */
public record ParameterSpec(
    String name, Shape shape, Role role, int fanIn, int fanOut, Optional<Initializer> start) {
  /** Refuses {@code null}. */
  public ParameterSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(start, "start");
  }

  /**
   * One that starts as its role does.
   *
   * @param name its full name, such as {@code conv1.weight}
   * @param shape the shape of the value
   * @param role what it is to its layer
   * @param fanIn how many inputs each output sums over
   * @param fanOut how many outputs each input reaches
   */
  public ParameterSpec(String name, Shape shape, Role role, int fanIn, int fanOut) {
    this(name, shape, role, fanIn, fanOut, Optional.empty());
  }

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
    /** Given, not learned: no gradient, no update, no decay; saved and loaded as the others. */
    FIXED,
    /** Not learned: a running mean, which starts at 0. */
    RUNNING_MEAN,
    /** Not learned: a running variance, which starts at 1. */
    RUNNING_VARIANCE;

    /** {@return whether an optimiser moves it; if not it is a buffer: carried, not learned} */
    public boolean learned() {
      return switch (this) {
        case WEIGHT, BIAS, SLOPE, SCALE, SHIFT -> true;
        case FIXED, RUNNING_MEAN, RUNNING_VARIANCE -> false;
      };
    }
  }
}
