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
  /** How the window slides. */
  Window window();

  /** The same layer with another window; padding that is {@code SAME} stays so. */
  L window(Window other);

  /** The same layer with another window, whose padding is meant. */
  L padded(Window other);

  /** The same layer, its window moving by {@code stride}. */
  default L stride(int stride) {
    return stride(stride, stride);
  }

  /** The same layer, its window moving by its own stride down and to the right. */
  default L stride(int down, int right) {
    return window(window().stride(down, right));
  }

  /** The same layer, the elements of its window {@code dilation} apart. */
  default L dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** The same layer, the elements of its window apart by another number down and to the right. */
  default L dilation(int down, int right) {
    return window(window().dilation(down, right));
  }

  /** The same layer with that much padding on each side. */
  default L padding(int padding) {
    return padding(padding, padding);
  }

  /** The same layer with so much padding above and below, and on the left and on the right. */
  default L padding(int vertical, int horizontal) {
    return padding(vertical, vertical, horizontal, horizontal);
  }

  /** The same layer with padding on each side by itself. */
  default L padding(int top, int bottom, int left, int right) {
    return padded(window().padding(top, bottom, left, right));
  }
}
