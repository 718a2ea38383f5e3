package dev.vitrine.nn;

import dev.vitrine.op.Window;

/**
 * A layer that slides a {@link Window} over an image. Every size is a number for both axes, or one
 * for each: the height's first, as in a shape (C, H, W).
 *
 * @param <L> the layer itself
 */
public sealed interface Windowed<L extends Layer> extends Layer
    permits Conv2d, ConvTranspose2d, MaxPool2d, AvgPool2d {
  /** {@return how the window slides} */
  Window window();

  /**
   * {@return the same layer with another window; padding that is {@code SAME} stays so}
   *
   * @param other the window it gets
   */
  L window(Window other);

  /**
   * {@return the same layer with another window, whose padding is meant}
   *
   * @param other the window it gets, with its padding
   */
  L padded(Window other);

  /**
   * {@return the same layer, its window moving by {@code stride}}
   *
   * @param stride the elements between neighbouring windows, down and to the right; at least 1
   */
  default L stride(int stride) {
    return stride(stride, stride);
  }

  /**
   * {@return the same layer, its window moving by its own stride down and to the right}
   *
   * @param down elements between windows along the height
   * @param right elements between windows along the width
   */
  default L stride(int down, int right) {
    return window(window().stride(down, right));
  }

  /**
   * {@return the same layer, the elements of its window {@code dilation} apart}
   *
   * @param dilation the distance of neighbouring elements of the window; 1 leaves no gaps
   */
  default L dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /**
   * {@return the same layer, the elements of its window apart by another number down and to the
   * right}
   *
   * @param down the distance along the height
   * @param right the distance along the width
   */
  default L dilation(int down, int right) {
    return window(window().dilation(down, right));
  }

  /**
   * {@return the same layer with that much padding on each side}
   *
   * @param padding rows above and below, and columns on the left and on the right; not negative
   */
  default L padding(int padding) {
    return padding(padding, padding);
  }

  /**
   * {@return the same layer with so much padding above and below, and on the left and on the right}
   *
   * @param vertical rows above, and as many below
   * @param horizontal columns on the left, and as many on the right
   */
  default L padding(int vertical, int horizontal) {
    return padding(vertical, vertical, horizontal, horizontal);
  }

  /**
   * {@return the same layer with padding on each side by itself}
   *
   * @param top rows above
   * @param bottom rows below
   * @param left columns on the left
   * @param right columns on the right
   */
  default L padding(int top, int bottom, int left, int right) {
    return padded(window().padding(top, bottom, left, right));
  }
}
