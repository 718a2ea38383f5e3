package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Value;

/** {@code y = x + body(x)} (He et al., 2015); the body must keep its input's shape. */
public record Residual(Layer body) implements Layer {
  /** A shortcut around a body. */
  public static Residual of(Layer body) {
    return new Residual(body);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Value y = network.add("body", body, x);
    if (!y.shape().equals(x.shape())) {
      throw new UserException(
          "Residual expects a body that keeps the shape %s, but its output is %s"
              .formatted(x.shape(), y.shape()));
    }
    return network.add(x, y);
  }

  @Override
  public String toString() {
    return "Residual(%s)".formatted(body);
  }
}
