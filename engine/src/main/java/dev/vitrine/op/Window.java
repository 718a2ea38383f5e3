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
  /** A square window of the given size that moves by one element. */
  public static Window of(int kernelSize) {
    Span span = new Span(kernelSize, 1, 1, 0, 0, false);
    return new Window(span, span);
  }

  /** The same window, moving by {@code stride}. */
  public Window stride(int stride) {
    return new Window(
        new Span(h.kernel(), stride, h.dilation(), h.before(), h.after(), h.ceil()),
        new Span(w.kernel(), stride, w.dilation(), w.before(), w.after(), w.ceil()));
  }

  /** The same window over an input padded on all four sides. */
  public Window padding(int padding) {
    return new Window(
        new Span(h.kernel(), h.stride(), h.dilation(), padding, padding, h.ceil()),
        new Span(w.kernel(), w.stride(), w.dilation(), padding, padding, w.ceil()));
  }

  /** The same window over an input padded on each side by itself. */
  public Window padding(int top, int bottom, int left, int right) {
    return new Window(
        new Span(h.kernel(), h.stride(), h.dilation(), top, bottom, h.ceil()),
        new Span(w.kernel(), w.stride(), w.dilation(), left, right, w.ceil()));
  }

  /**
   * The same window with the padding that TensorFlow's {@code SAME} gives an input; see {@link
   * Span#same}.
   *
   * @param input its shape; if it is no image, the window is returned as it is
   */
  public Window same(Shape input) {
    return input.rank() == 3 ? new Window(h.same(input.size(1)), w.same(input.size(2))) : this;
  }

  /** The same window with its elements {@code dilation} apart. */
  public Window dilation(int dilation) {
    return new Window(
        new Span(h.kernel(), h.stride(), dilation, h.before(), h.after(), h.ceil()),
        new Span(w.kernel(), w.stride(), dilation, w.before(), w.after(), w.ceil()));
  }

  /** The same window, counting last windows that are only partly inside. */
  public Window ceil(boolean ceil) {
    return new Window(
        new Span(h.kernel(), h.stride(), h.dilation(), h.before(), h.after(), ceil),
        new Span(w.kernel(), w.stride(), w.dilation(), w.before(), w.after(), ceil));
  }

  /**
   * Refuses a window that rounds up where {@code SAME} padding leaves nothing to round.
   *
   * @param layer the layer to name
   * @throws UserException if both are asked for
   */
  public void checkSame(String layer, boolean same) {
    if (same && (h.ceil() || w.ceil())) {
      throw new UserException(layer + " expects ceil or SAME padding, but got both");
    }
  }

  /** How many elements the window covers. */
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
          "%s expects an input of at least %d×%d with its padding, but got %s"
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
