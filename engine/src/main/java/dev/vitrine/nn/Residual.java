package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Value;

/**
 * {@code y = shortcut(x) + body(x)} (He et al., 2015): the shortcut is the identity where the body
 * keeps its input's shape, else a projection, such as a 1×1 convolution with the body's stride.
 *
 * <p>Parameters: the body's under {@code body}, the projection's under {@code shortcut}.
 *
 * @param body what is added to the shortcut
 * @param shortcut the identity or a projection to the body's output shape
 */
public record Residual(Layer body, Layer shortcut) implements Layer {
  /** Checks that neither is missing. */
  public Residual {
    Layers.required("Residual", body);
    Layers.required("Residual's shortcut", shortcut);
  }

  /**
   * {@return a body whose input is added to its output}
   *
   * @param body its output has its input's shape
   */
  public static Residual of(Layer body) {
    return new Residual(body, Identity.of());
  }

  /** {@return a body beside a projection of its input} */
  public static Residual of(Layer body, Layer shortcut) {
    return new Residual(body, shortcut);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    Value y = network.add("body", body, x);
    if (shortcut instanceof Identity) {
      check(x, y, "Residual expects a body that keeps the shape %s, but its output is %s");
      return network.add(x, y);
    }
    Value projected = network.add("shortcut", shortcut, x);
    check(projected, y, "Residual expects a body with the shortcut's output %s, but it has %s");
    return network.add(projected, y);
  }

  private static void check(Value expected, Value got, String sentence) {
    if (!got.shape().equals(expected.shape())) {
      throw new UserException(sentence.formatted(expected.shape(), got.shape()));
    }
  }

  @Override
  public String toString() {
    return shortcut instanceof Identity
        ? "Residual(%s)".formatted(body.text())
        : "Residual(%s, shortcut %s)".formatted(body.text(), shortcut.text());
  }
}
