package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;

/**
 * A dense layer, {@code y = W x + b}; see {@link Affine}.
 *
 * <p>Parameters: {@code weight} (outFeatures, inFeatures) and, unless {@code bias} is off, {@code
 * bias} (outFeatures). inFeatures is the input's size.
 *
 * @param outFeatures the number of outputs
 * @param bias whether a bias is added
 */
public record Linear(int outFeatures, boolean bias) implements Layer {
  /** Checks the size. */
  public Linear {
    if (outFeatures < 1) {
      throw new UserException(
          "Linear expects 1 or more outFeatures, but got %s".formatted(outFeatures));
    }
  }

  /**
   * {@return a dense layer with a bias}
   *
   * @param outFeatures the number of outputs
   */
  public static Linear of(int outFeatures) {
    return new Linear(outFeatures, true);
  }

  /**
   * {@return the same layer with or without a bias}
   *
   * @param on whether a bias is learned and added
   */
  public Linear bias(boolean on) {
    return new Linear(outFeatures, on);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    if (x.shape().rank() != 1) {
      throw new UserException(
          "%s expects a vector, but its input is %s: put Flatten before it"
              .formatted(this, x.shape()));
    }
    int in = x.shape().size(0);
    Value w =
        network.parameter(
            "weight", Shape.of(outFeatures, in), ParameterSpec.Role.WEIGHT, in, outFeatures);
    if (!bias) {
      return network.apply(new Affine(false), x, w);
    }
    Value b =
        network.parameter("bias", Shape.of(outFeatures), ParameterSpec.Role.BIAS, in, outFeatures);
    return network.apply(new Affine(true), x, w, b);
  }

  @Override
  public String toString() {
    return "Linear(%s%s)".formatted(outFeatures, bias ? "" : ", no bias");
  }
}
