package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;

/**
 * A window that slides over the two last axes of a {@code (C, H, W)} value.
 *
 * @param h how it moves down
 * @param w how it moves to the right
 */
public record Window(Span h, Span w) {
  /** Checks that its elements can be counted. */
  public Window {
    if ((long) h.kernel() * w.kernel() > Integer.MAX_VALUE) {
      throw new UserException(
          "A window of %s×%s has more than 2^31 − 1 elements".formatted(h.kernel(), w.kernel()));
    }
  }

  /**
   * {@return a square window of the given size that moves by one element}
   *
   * @param kernelSize its height and width, in elements
   */
  public static Window of(int kernelSize) {
    return of(kernelSize, kernelSize);
  }

  /**
   * {@return a window of that height and width that moves by one element}
   *
   * @param height rows of the window
   * @param width columns of the window
   */
  public static Window of(int height, int width) {
    return new Window(Span.of(height), Span.of(width));
  }

  /**
   * {@return the same window, moving by {@code stride}}
   *
   * @param stride the elements between neighbouring windows, down and to the right; at least 1
   */
  public Window stride(int stride) {
    return stride(stride, stride);
  }

  /**
   * {@return the same window, moving by its own stride along each axis}
   *
   * @param down elements between windows along the height
   * @param right elements between windows along the width
   */
  public Window stride(int down, int right) {
    return new Window(h.stride(down), w.stride(right));
  }

  /**
   * {@return the same window over an input padded on all four sides}
   *
   * @param padding rows above and below, and columns on the left and on the right; not negative
   */
  public Window padding(int padding) {
    return padding(padding, padding);
  }

  /**
   * {@return the same window over an input padded above and below, and on the left and on the
   * right}
   *
   * @param vertical rows above, and as many below
   * @param horizontal columns on the left, and as many on the right
   */
  public Window padding(int vertical, int horizontal) {
    return padding(vertical, vertical, horizontal, horizontal);
  }

  /**
   * {@return the same window over an input padded on each side by itself}
   *
   * @param top rows above
   * @param bottom rows below
   * @param left columns on the left
   * @param right columns on the right
   */
  public Window padding(int top, int bottom, int left, int right) {
    return new Window(h.padding(top, bottom), w.padding(left, right));
  }

  /**
   * {@return the same window with the padding that TensorFlow's {@code SAME} gives an input; see
   * {@link Span#same}}
   *
   * @param input its shape; if it is no image, the window is returned as it is
   */
  public Window same(Shape input) {
    return input.rank() == 3 ? new Window(h.same(input.size(1)), w.same(input.size(2))) : this;
  }

  /**
   * {@return the same window with its elements {@code dilation} apart}
   *
   * @param dilation the distance of neighbouring elements of the window; 1 leaves no gaps
   */
  public Window dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /**
   * {@return the same window with its elements apart by another number along each axis}
   *
   * @param down the distance along the height
   * @param right the distance along the width
   */
  public Window dilation(int down, int right) {
    return new Window(h.dilation(down), w.dilation(right));
  }

  /**
   * {@return the same window, counting last windows that are only partly inside}
   *
   * @param ceil whether they are counted
   */
  public Window ceil(boolean ceil) {
    return new Window(h.ceil(ceil), w.ceil(ceil));
  }

  /**
   * Refuses a window that rounds up where {@code SAME} padding leaves nothing to round.
   *
   * @param layer the layer to name
   * @param same whether the padding is {@code SAME}
   * @throws UserException if both are asked for
   */
  public void checkSame(String layer, boolean same) {
    if (same && (h.ceil() || w.ceil())) {
      throw new UserException(layer + " expects ceil or SAME padding, but got both");
    }
  }

  /** {@return how many elements the window covers} */
  public int elements() {
    return h.kernel() * w.kernel();
  }

  private void image(Op op, Shape input) {
    if (input.rank() != 3) {
      throw new UserException(
          "%s expects an input of shape (C, H, W), but got %s".formatted(text(op), input));
    }
  }

  private String text(Op op) {
    return "%s(%s)".formatted(op.getClass().getSimpleName(), this);
  }

  /** The output's shape where each channel is treated by itself. */
  Shape slide(Op op, Shape input) {
    image(op, input);
    return slide(op, input.size(0), input);
  }

  /**
   * The output's shape: {@code (channels, h.out(H), w.out(W))}.
   *
   * @param op the op to name in an error
   */
  Shape slide(Op op, int channels, Shape input) {
    image(op, input);
    int outH = h.out(input.size(1));
    int outW = w.out(input.size(2));
    if (outH <= 0 || outW <= 0) {
      throw UserException.advising(
          "%s expects an input of at least %s×%s with its padding, but got %s"
              .formatted(text(op), h.least(), w.least(), input),
          "use a smaller kernel or more padding");
    }
    return Shape.of(channels, outH, outW);
  }

  /** As in the documents: {@code 5×5, stride 2, padding 1}; defaults are not mentioned. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(h.kernel()).append('×').append(w.kernel());
    pair(text, "stride", h.stride(), w.stride(), 1);
    pair(text, "dilation", h.dilation(), w.dilation(), 1);
    if (h.before() == h.after() && w.before() == w.after()) {
      pair(text, "padding", h.before(), w.before(), 0);
    } else {
      text.append(", padding ").append(h.before()).append('+').append(h.after());
      text.append('×').append(w.before()).append('+').append(w.after());
    }
    return text.append(h.ceil() || w.ceil() ? ", ceil" : "").toString();
  }

  private static void pair(StringBuilder text, String name, int h, int w, int ordinary) {
    if (h != ordinary || w != ordinary) {
      text.append(", ").append(name).append(' ').append(h);
      if (h != w) {
        text.append('×').append(w);
      }
    }
  }
}
