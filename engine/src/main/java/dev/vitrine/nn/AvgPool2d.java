package dev.vitrine.nn;

import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import java.util.Objects;

/**
 * The mean of each window; see {@link AveragePool}.
 *
 * @param window how the window slides over the image, and its padding
 * @param same whether each input gets the padding of {@link Window#same}, not the window's own
 * @param countPadding whether padding is in the mean
 */
public record AvgPool2d(Window window, boolean same, boolean countPadding)
    implements Windowed<AvgPool2d> {
  /** Checks that ceil and SAME do not meet. */
  public AvgPool2d {
    Objects.requireNonNull(window, "window");
    window.checkSame("AvgPool2d", same);
  }

  /**
   * {@return pooling by square windows side by side; padding counts, as in PyTorch}
   *
   * @param kernelSize the height and width of the window, in elements
   */
  public static AvgPool2d of(int kernelSize) {
    return of(kernelSize, kernelSize);
  }

  /**
   * {@return pooling by windows of that height and width side by side}
   *
   * @param kernelHeight the window's height, in elements
   * @param kernelWidth the window's width, in elements
   */
  public static AvgPool2d of(int kernelHeight, int kernelWidth) {
    Window window = Window.of(kernelHeight, kernelWidth).stride(kernelHeight, kernelWidth);
    return new AvgPool2d(window, false, true);
  }

  @Override
  public AvgPool2d window(Window other) {
    return new AvgPool2d(other, same, countPadding);
  }

  @Override
  public AvgPool2d padded(Window other) {
    return new AvgPool2d(other, false, countPadding);
  }

  /**
   * {@return the same layer with TensorFlow's {@code SAME} padding: ⌈H / stride⌉ × ⌈W / stride⌉
   * outputs} TensorFlow leaves that padding out of the mean: add {@code countPadding(false)}.
   *
   * @param on whether each input gets that padding
   */
  public AvgPool2d same(boolean on) {
    return new AvgPool2d(window.padding(0), on, countPadding);
  }

  /**
   * {@return the same layer, counting windows that are only partly inside, as Caffe does}
   *
   * @param ceil whether they are counted
   */
  public AvgPool2d ceil(boolean ceil) {
    return new AvgPool2d(window.ceil(ceil), same, countPadding);
  }

  /**
   * {@return the same layer, with padding in the mean or left out of it}
   *
   * @param count whether the padding's zeros count
   */
  public AvgPool2d countPadding(boolean count) {
    return new AvgPool2d(window, same, count);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    Window padded = same ? window.same(x.shape()) : window;
    return network.apply(new AveragePool(padded, countPadding), x);
  }

  @Override
  public String label() {
    return "pool";
  }

  @Override
  public String toString() {
    return "AvgPool2d(%s%s%s)"
        .formatted(window, same ? ", same" : "", countPadding ? "" : ", padding not counted");
  }
}
