package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Span;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;

/**
 * The mean of each channel's plane, {@code (C, H, W) → (C, 1, 1)} (Lin et al., 2013): an {@link
 * AveragePool} whose window is the whole plane.
 */
public record GlobalAvgPool2d() implements Layer {
  /** {@return the layer, which has no settings} */
  public static GlobalAvgPool2d of() {
    return new GlobalAvgPool2d();
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    if (x.shape().rank() != 3) {
      throw new UserException(
          "GlobalAvgPool2d expects an image (C, H, W), but its input is " + x.shape());
    }
    return network.apply(new AveragePool(new Window(all(x, 1), all(x, 2)), false), x);
  }

  private static Span all(Value x, int axis) {
    return new Span(x.shape().size(axis), 1, 1, 0, 0, false);
  }

  @Override
  public String label() {
    return "pool";
  }

  @Override
  public String toString() {
    return "GlobalAvgPool2d";
  }
}
