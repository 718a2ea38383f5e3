package dev.vitrine.onnx;

import dev.vitrine.op.Span;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * How a node's window slides: {@code kernel_shape}, {@code strides}, {@code pads}, {@code
 * auto_pad}.
 */
final class Windows {
  private Windows() {}

  /** A number for each axis of a window. */
  static int[] numbers(Site site, String name, int otherwise, int axes) {
    List<Long> given = site.integers(name);
    int[] numbers = new int[axes];
    Arrays.fill(numbers, otherwise);
    if (!given.isEmpty() && given.size() != axes) {
      throw new Refusal("its %s has %s numbers".formatted(name, given.size()));
    }
    for (int i = 0; i < given.size(); i++) {
      numbers[i] = number(name, given.get(i));
    }
    return numbers;
  }

  /** Two numbers, down and to the right; of a row the first is as if it were not there. */
  static int[] pair(Site site, String name, int otherwise, boolean row) {
    int[] numbers = numbers(site, name, otherwise, row ? 1 : 2);
    return row ? new int[] {otherwise, numbers[0]} : numbers;
  }

  private static int number(String name, long given) {
    if (given < 0 || given > Integer.MAX_VALUE / 4) {
      throw new Refusal("its %s has %s".formatted(name, given));
    }
    return (int) given;
  }

  /** Numbers that a node must say. */
  static int[] sizes(Site site, String name, int axes) {
    if (!site.says(name)) {
      throw new Refusal("its %s is missing".formatted(name));
    }
    return numbers(site, name, 1, axes);
  }

  /** The window's size, which a weight says if the node does not. */
  static int[] kernel(Site site, long[] weight, boolean row) {
    if (weight == null) {
      sizes(site, "kernel_shape", row ? 1 : 2);
      return pair(site, "kernel_shape", 1, row);
    }
    int[] kernel = pair(site, "kernel_shape", 1, row);
    int[] sizes =
        row
            ? new int[] {1, number("weight", weight[2])}
            : new int[] {number("weight", weight[2]), number("weight", weight[3])};
    if (site.says("kernel_shape") && (kernel[0] != sizes[0] || kernel[1] != sizes[1])) {
      throw new Refusal("its kernel_shape is not its weight's");
    }
    return sizes;
  }

  static Window of(Site site, ImageOperators.Image image, int[] kernel) {
    Shape shape = image.value().shape();
    if (image.isRow()) {
      int[] own = {kernel[1]};
      Span[] spans = spans(site, own, Shape.of(shape.size(0), shape.size(2)));
      return new Window(Span.of(kernel[0]), spans[0]);
    }
    Span[] spans = spans(site, kernel, shape);
    return new Window(spans[0], spans[1]);
  }

  /** How a window moves along each axis but the first, the channels'. */
  static Span[] spans(Site site, int[] kernel, Shape shape) {
    int axes = kernel.length;
    int[] stride = numbers(site, "strides", 1, axes);
    int[] dilation = numbers(site, "dilations", 1, axes);
    boolean ceil = site.integer("ceil_mode", 0) != 0;
    Span[] spans = new Span[axes];
    for (int a = 0; a < axes; a++) {
      Span bare = new Span(kernel[a], stride[a], dilation[a], 0, 0, ceil);
      spans[a] = padded(site, bare, a, axes, shape.size(a + 1));
    }
    return spans;
  }

  private static Span padded(Site site, Span bare, int axis, int axes, int in) {
    return switch (site.text("auto_pad", "NOTSET")) {
      case "NOTSET", "" -> explicit(site, bare, axis, axes);
      case "VALID" -> bare.ceil(false);
      case "SAME_UPPER" -> bare.same(in);
      case "SAME_LOWER" -> {
        Span upper = bare.same(in);
        yield upper.padding(upper.after(), upper.before());
      }
      default -> throw new Refusal("its auto_pad is unknown");
    };
  }

  private static Span explicit(Site site, Span bare, int axis, int axes) {
    int[] pads = numbers(site, "pads", 0, 2 * axes);
    return bare.padding(pads[axis], pads[axis + axes]);
  }

  /** The window of the convolution that a node transposes. */
  static Window transposed(Site site, ImageOperators.Image image, int[] kernel, int[] more) {
    Shape shape = image.value().shape();
    if (image.isRow()) {
      int[] own = {kernel[1]};
      int[] ownMore = {more[1]};
      Span[] spans = transposed(site, own, Shape.of(shape.size(0), shape.size(2)), ownMore);
      more[1] = ownMore[0];
      return new Window(Span.of(kernel[0]), spans[0]);
    }
    Span[] spans = transposed(site, kernel, shape, more);
    return new Window(spans[0], spans[1]);
  }

  /** As {@link #spans}; what is beyond the windows is added to {@code more}. */
  static Span[] transposed(Site site, int[] kernel, Shape shape, int[] more) {
    int axes = kernel.length;
    int[] stride = numbers(site, "strides", 1, axes);
    int[] dilation = numbers(site, "dilations", 1, axes);
    int[] wanted = numbers(site, "output_shape", 0, axes);
    String auto = site.text("auto_pad", "NOTSET");
    Span[] spans = new Span[axes];
    for (int a = 0; a < axes; a++) {
      Span bare = new Span(kernel[a], stride[a], dilation[a], 0, 0, false);
      int in = shape.size(a + 1);
      if (wanted[a] == 0 && !auto.startsWith("SAME")) {
        spans[a] = auto.equals("VALID") ? bare : explicit(site, bare, a, axes);
        continue;
      }
      int out = wanted[a] == 0 ? in * stride[a] : wanted[a];
      int total = stride[a] * (in - 1) + more[a] + bare.extent() - out;
      if (total < 0) {
        more[a] -= total;
        total = 0;
      }
      int small = total / 2;
      boolean upper = auto.equals("SAME_UPPER");
      spans[a] = upper ? bare.padding(small, total - small) : bare.padding(total - small, small);
    }
    return spans;
  }
}
