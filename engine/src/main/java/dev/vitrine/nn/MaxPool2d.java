package dev.vitrine.nn;

import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import java.util.Objects;

/**
 * The maximum of each window; see {@link MaxPool}.
 *
 * @param window how the window slides over the image, and its padding
 * @param same whether each input gets the padding of {@link Window#same}, not the window's own
 */
public record MaxPool2d(Window window, boolean same) implements Windowed<MaxPool2d> {
  /** Checks that ceil and SAME do not meet. */
  public MaxPool2d {
    Objects.requireNonNull(window, "window");
    window.checkSame("MaxPool2d", same);
  }

  /**
   * {@return pooling by square windows side by side}
   *
   * @param kernelSize the height and width of the window, in elements
   */
  public static MaxPool2d of(int kernelSize) {
    return of(kernelSize, kernelSize);
  }

  /**
   * {@return pooling by windows of that height and width side by side}
   *
   * @param kernelHeight the window's height, in elements
   * @param kernelWidth the window's width, in elements
   */
  public static MaxPool2d of(int kernelHeight, int kernelWidth) {
    Window window = Window.of(kernelHeight, kernelWidth).stride(kernelHeight, kernelWidth);
    return new MaxPool2d(window, false);
  }

  @Override
  public MaxPool2d window(Window other) {
    return new MaxPool2d(other, same);
  }

  @Override
  public MaxPool2d padded(Window other) {
    return new MaxPool2d(other, false);
  }

  /**
   * {@return the same layer, its padding TensorFlow's {@code SAME}: ⌈H / stride⌉ × ⌈W / stride⌉
   * outputs}
   *
   * @param on whether each input gets that padding
   */
  public MaxPool2d same(boolean on) {
    return new MaxPool2d(window.padding(0), on);
  }

  /**
   * {@return the same layer, counting windows that are only partly inside, as Caffe does}
   *
   * @param ceil whether they are counted
   */
  public MaxPool2d ceil(boolean ceil) {
    return new MaxPool2d(window.ceil(ceil), same);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    return network.apply(new MaxPool(same ? window.same(x.shape()) : window), x);
  }

  @Override
  public String label() {
    return "pool";
  }

  @Override
  public String toString() {
    return "MaxPool2d(%s%s)".formatted(window, same ? ", same" : "");
  }
}
