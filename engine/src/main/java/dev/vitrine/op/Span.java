package dev.vitrine.op;

import dev.vitrine.error.UserException;

/**
 * How a sliding window moves along one axis.
 *
 * @param kernel its extent, in elements
 * @param stride how far it moves
 * @param dilation the distance between its elements
 * @param before padding before the first element
 * @param after padding after the last element
 * @param ceil whether a last window that is only partly inside counts (Caffe's pooling)
 */
public record Span(int kernel, int stride, int dilation, int before, int after, boolean ceil) {
  /** Checks the signs, and that the window with its gaps and padding has a size. */
  public Span {
    positive("kernelSize", kernel);
    positive("stride", stride);
    positive("dilation", dilation);
    if (before < 0 || after < 0) {
      throw new UserException(
          "padding expects 0 or more, but got %s".formatted(Math.min(before, after)));
    }
    if (dilation * (kernel - 1L) + before + after >= Integer.MAX_VALUE) {
      throw new UserException(
          "A window of kernelSize %s, dilation %s and padding %s+%s is longer than 2^31 − 1 elements"
              .formatted(kernel, dilation, before, after));
    }
  }

  /**
   * {@return a window of that many elements that moves by one, without padding}
   *
   * @param kernel how many elements, at least 1
   */
  public static Span of(int kernel) {
    return new Span(kernel, 1, 1, 0, 0, false);
  }

  /**
   * {@return the same span, moving by {@code newStride}}
   *
   * @param newStride elements between windows, at least 1
   */
  public Span stride(int newStride) {
    return new Span(kernel, newStride, dilation, before, after, ceil);
  }

  /**
   * {@return the same span, its elements {@code newDilation} apart}
   *
   * @param newDilation the distance of neighbouring elements, at least 1
   */
  public Span dilation(int newDilation) {
    return new Span(kernel, stride, newDilation, before, after, ceil);
  }

  /**
   * {@return the same span over an input padded at each end}
   *
   * @param newBefore elements before the first
   * @param newAfter elements behind the last
   */
  public Span padding(int newBefore, int newAfter) {
    return new Span(kernel, stride, dilation, newBefore, newAfter, ceil);
  }

  /**
   * {@return the same span, counting a last window that is only partly inside or not}
   *
   * @param on whether it is counted
   */
  public Span ceil(boolean on) {
    return new Span(kernel, stride, dilation, before, after, on);
  }

  private static void positive(String name, int value) {
    if (value <= 0) {
      throw new UserException("%s expects 1 or more, but got %s".formatted(name, value));
    }
  }

  /** {@return the extent of the window with its gaps: {@code dilation · (kernel − 1) + 1}} */
  public int extent() {
    return dilation * (kernel - 1) + 1;
  }

  /**
   * {@return how many windows fit: {@code ⌊(in + before + after − extent) / stride⌋ + 1}; with
   * {@code ceil}, rounded up, but windows that would start in the padding after the input do not
   * count} 0 or less if none fits.
   *
   * <p>That is PyTorch's rule, and Caffe's wherever Caffe pads or its windows touch; without
   * padding and with a stride above the kernel, Caffe may count an empty window behind the input.
   *
   * @param in the input's elements along the axis
   * @throws UserException if the input with its padding, a window and a step are longer than 2³¹ −
   *     1
   */
  public int out(int in) {
    if ((long) in + before + after + extent() + stride > Integer.MAX_VALUE) {
      throw new UserException(
          "%s elements, padding %s+%s, a window over %s and a stride of %s are longer than 2^31 − 1 together"
              .formatted(in, before, after, extent(), stride));
    }
    int room = in + before + after - extent();
    if (!ceil) {
      return room < 0 ? 0 : room / stride + 1;
    }
    int startBeforeEnd = (in + before + stride - 1) / stride;
    return Math.min(Math.ceilDiv(room, stride) + 1, startBeforeEnd);
  }

  /**
   * {@return how many elements of the input and its padding all {@code windows} together have; a
   * last one may reach beyond both}
   *
   * @param in the input's elements along the axis
   * @param windows how many windows
   */
  public long members(int in, int windows) {
    long beyond = 0;
    for (int out = windows - 1; out >= 0 && source(out, kernel - 1) >= in + after; out--) {
      int inside = Math.ceilDiv(in + after - source(out, 0), dilation);
      beyond += kernel - inside;
    }
    return (long) kernel * windows - beyond;
  }

  /** The fewest elements, padding included, that a window fits. */
  int least() {
    return ceil ? Math.max(extent() - stride + 1, 1) : extent();
  }

  /**
   * {@return the same span padded as TensorFlow's {@code SAME} does it: {@code ⌈in / stride⌉}
   * windows, with as much padding as they need, {@code max((⌈in / stride⌉ − 1) · stride + extent −
   * in, 0)}, half of it on each side and the odd element after}
   *
   * @param in the input's elements along the axis
   */
  public Span same(int in) {
    int last = (in - 1) / stride * stride;
    int padding = Math.max(last - in + extent(), 0);
    return new Span(kernel, stride, dilation, padding / 2, padding - padding / 2, false);
  }

  /**
   * {@return the input element under the window's element {@code tap} at output {@code out}}
   *
   * @param out the window's number
   * @param tap the element's number within the window
   */
  public int source(int out, int tap) {
    return out * stride + tap * dilation - before;
  }
}
