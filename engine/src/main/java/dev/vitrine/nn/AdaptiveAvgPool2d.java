package dev.vitrine.nn;

import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Value;

/**
 * Means that make an image of any size one of {@code height × width}; see {@link
 * AdaptiveAveragePool}.
 *
 * @param height rows of the output
 * @param width columns of the output
 */
public record AdaptiveAvgPool2d(int height, int width) implements Layer {
  /** Checks the sizes. */
  public AdaptiveAvgPool2d {
    AdaptiveAveragePool.check(height, width);
  }

  /**
   * {@return a layer with a square output}
   *
   * @param size its height and width
   */
  public static AdaptiveAvgPool2d of(int size) {
    return of(size, size);
  }

  /** {@return a layer with an output of that height and width} */
  public static AdaptiveAvgPool2d of(int height, int width) {
    return new AdaptiveAvgPool2d(height, width);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    return network.apply(new AdaptiveAveragePool(height, width), x);
  }

  @Override
  public String label() {
    return "pool";
  }

  @Override
  public String toString() {
    return "AdaptiveAvgPool2d(%s×%s)".formatted(height, width);
  }
}
