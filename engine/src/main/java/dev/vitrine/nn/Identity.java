package dev.vitrine.nn;

import dev.vitrine.op.Value;

/** Nothing happens: the shortcut of a {@link Residual} whose body keeps the shape. */
public record Identity() implements Layer {
  /** {@return the layer, which has no settings} */
  public static Identity of() {
    return new Identity();
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    return x;
  }

  @Override
  public String label() {
    return "identity";
  }

  @Override
  public String toString() {
    return "Identity";
  }
}
