package dev.vitrine.nn;

import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;

/** The maximum of each window; see {@link MaxPool}. */
public record MaxPool2d(Window window) implements Layer {
  /** Square windows side by side. */
  public static MaxPool2d of(int kernelSize) {
    return new MaxPool2d(Window.of(kernelSize).stride(kernelSize));
  }

  /** The same layer, its window moving by {@code stride}. */
  public MaxPool2d stride(int stride) {
    return new MaxPool2d(window.stride(stride));
  }

  /** The same layer over a padded input; padding never wins. */
  public MaxPool2d padding(int padding) {
    return new MaxPool2d(window.padding(padding));
  }

  /** The same layer, counting windows that are only partly inside. */
  public MaxPool2d ceil(boolean ceil) {
    return new MaxPool2d(window.ceil(ceil));
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    return network.apply(new MaxPool(window), x);
  }

  @Override
  public String label() {
    return "pool";
  }

  @Override
  public String toString() {
    return "MaxPool2d(%s)".formatted(window);
  }
}
