package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;

/**
 * A rectifier whose slope below 0 is learned; see {@link dev.vitrine.op.PRelu}.
 *
 * <p>Parameter: {@code weight} (C), a slope for each channel of an image (C, H, W) or for each
 * element of a vector (C), which starts at 0.25 and is not decayed (He et al., 2015).
 */
public record PRelu() implements Layer {
  /** {@return the layer with a slope for each channel} */
  public static PRelu of() {
    return new PRelu();
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    if (x.shape().rank() == 0) {
      throw new UserException("PRelu expects channels, but its input is a single number");
    }
    Shape channels = Shape.of(x.shape().size(0));
    Value slope = network.parameter("weight", channels, ParameterSpec.Role.SLOPE, 1, 1);
    return network.apply(new dev.vitrine.op.PRelu(), x, slope);
  }

  @Override
  public String label() {
    return "prelu";
  }

  @Override
  public String toString() {
    return "PRelu";
  }
}
