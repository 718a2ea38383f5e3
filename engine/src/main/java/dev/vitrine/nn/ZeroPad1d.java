package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Value;

/**
 * Zeros before and after a vector: {@code (C) → (before + C + after)}. Behind the last dense layer
 * they are logits fixed at 0: with {@code n − 1} learned ones beside it, a softmax has as many
 * degrees of freedom as it has classes to tell apart, for adding a number to all logits changes
 * nothing.
 *
 * @param before zeros in front of the first element
 * @param after zeros behind the last
 */
public record ZeroPad1d(int before, int after) implements Layer {
  /** Checks the sizes. */
  public ZeroPad1d {
    if (before < 0 || after < 0) {
      throw new UserException("padding expects 0 or more, but got " + Math.min(before, after));
    }
  }

  /**
   * {@return zeros before and after a vector}
   *
   * @param before zeros in front of the first element
   * @param after zeros behind the last
   */
  public static ZeroPad1d of(int before, int after) {
    return new ZeroPad1d(before, after);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    if (x.shape().rank() != 1) {
      throw new UserException(
          "%s expects a vector (C), but its input is %s".formatted(this, x.shape()));
    }
    return network.pad(x, 0, before, after);
  }

  @Override
  public String label() {
    return "pad";
  }

  @Override
  public String toString() {
    return "ZeroPad1d(%s+%s)".formatted(before, after);
  }
}
