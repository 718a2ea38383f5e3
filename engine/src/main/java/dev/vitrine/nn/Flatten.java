package dev.vitrine.nn;

import dev.vitrine.op.Value;

/** All elements as one vector, in row order. */
public record Flatten() implements Layer {
  /** {@return the layer, which has no settings} */
  public static Flatten of() {
    return new Flatten();
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    return network.flatten(x);
  }

  @Override
  public String label() {
    return "flatten";
  }

  @Override
  public String toString() {
    return "Flatten";
  }
}
