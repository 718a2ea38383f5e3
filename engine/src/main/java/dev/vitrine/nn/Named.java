package dev.vitrine.nn;

import dev.vitrine.op.Value;

/** A layer under a name of its own, which its parameters' names begin with. */
public record Named(String name, Layer layer) implements Layer {
  /** The layer under that name. */
  public static Named of(String name, Layer layer) {
    return new Named(name, layer);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    return layer.apply(network, x);
  }

  @Override
  public String toString() {
    return name + ": " + layer;
  }
}
