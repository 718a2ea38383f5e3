package dev.vitrine.nn;

import dev.vitrine.op.Value;

/** All elements as one vector, in row order. */
public enum Flatten implements Layer {
  /** The only one. */
  INSTANCE;

  @Override
  public Value apply(NetworkBuilder network, Value x) {
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
