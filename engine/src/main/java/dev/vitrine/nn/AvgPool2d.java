package dev.vitrine.nn;

import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;

/** The mean of each window; see {@link AveragePool}. */
public record AvgPool2d(Window window, boolean countPadding) implements Layer {
  /** Square windows side by side; padding counts, as in PyTorch. */
  public static AvgPool2d of(int kernelSize) {
    return new AvgPool2d(Window.of(kernelSize).stride(kernelSize), true);
  }

  /** The same layer, its window moving by {@code stride}. */
  public AvgPool2d stride(int stride) {
    return new AvgPool2d(window.stride(stride), countPadding);
  }

  /** The same layer over a padded input. */
  public AvgPool2d padding(int padding) {
    return new AvgPool2d(window.padding(padding), countPadding);
  }

  /** The same layer, counting windows that are only partly inside. */
  public AvgPool2d ceil(boolean ceil) {
    return new AvgPool2d(window.ceil(ceil), countPadding);
  }

  /** The same layer, with padding in the mean or left out of it. */
  public AvgPool2d countPadding(boolean count) {
    return new AvgPool2d(window, count);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    return network.apply(new AveragePool(window, countPadding), x);
  }

  @Override
  public String label() {
    return "pool";
  }

  @Override
  public String toString() {
    return "AvgPool2d(%s%s)".formatted(window, countPadding ? "" : ", padding not counted");
  }
}
