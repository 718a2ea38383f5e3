package dev.vitrine.onnx;

import dev.vitrine.op.Span;
import dev.vitrine.op.Window;
import java.util.List;

/**
 * How a node's window slides: {@code kernel_shape}, {@code strides}, {@code pads}, {@code
 * auto_pad}.
 */
final class Windows {
  private Windows() {}

  /** Two numbers, down and to the right; of a row the first is as if it were not there. */
  static int[] pair(Site site, String name, int otherwise, boolean row) {
    List<Long> given = site.integers(name);
    int[] pair = {otherwise, otherwise};
    if (given.isEmpty()) {
      return pair;
    }
    if (given.size() != (row ? 1 : 2)) {
      throw new Refusal("its %s has %s numbers".formatted(name, given.size()));
    }
    for (int i = 0; i < given.size(); i++) {
      pair[row ? 1 : i] = number(name, given.get(i));
    }
    return pair;
  }

  private static int number(String name, long given) {
    if (given < 0 || given > Integer.MAX_VALUE / 4) {
      throw new Refusal("its %s has %s".formatted(name, given));
    }
    return (int) given;
  }

  /** The window's size, which a weight says if the node does not. */
  static int[] kernel(Site site, long[] weight, boolean row) {
    int[] kernel = pair(site, "kernel_shape", 1, row);
    if (weight == null) {
      if (!site.says("kernel_shape")) {
        throw new Refusal("its kernel_shape is missing");
      }
      return kernel;
    }
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
    boolean row = image.isRow();
    int[] stride = pair(site, "strides", 1, row);
    int[] dilation = pair(site, "dilations", 1, row);
    boolean ceil = site.integer("ceil_mode", 0) != 0;
    Span[] spans = new Span[2];
    for (int i = 0; i < 2; i++) {
      Span bare = new Span(kernel[i], stride[i], dilation[i], 0, 0, ceil);
      spans[i] = padded(site, bare, i, image.value().shape().size(i + 1), row);
    }
    return new Window(spans[0], spans[1]);
  }

  private static Span padded(Site site, Span bare, int axis, int in, boolean row) {
    if (row && axis == 0) {
      return bare;
    }
    return switch (site.text("auto_pad", "NOTSET")) {
      case "NOTSET", "" -> explicit(site, bare, axis, row);
      case "VALID" -> bare.ceil(false);
      case "SAME_UPPER" -> bare.same(in);
      case "SAME_LOWER" -> {
        Span upper = bare.same(in);
        yield upper.padding(upper.after(), upper.before());
      }
      default -> throw new Refusal("its auto_pad is unknown");
    };
  }

  private static Span explicit(Site site, Span bare, int axis, boolean row) {
    List<Long> pads = site.integers("pads");
    if (pads.isEmpty()) {
      return bare;
    }
    if (pads.size() != (row ? 2 : 4)) {
      throw new Refusal("its pads have %s numbers".formatted(pads.size()));
    }
    int first = row ? 0 : axis;
    int half = pads.size() / 2;
    return bare.padding(number("pads", pads.get(first)), number("pads", pads.get(first + half)));
  }

  /** The window of the convolution that a node transposes. */
  static Window transposed(Site site, ImageOperators.Image image, int[] kernel, int[] more) {
    boolean row = image.isRow();
    int[] stride = pair(site, "strides", 1, row);
    int[] dilation = pair(site, "dilations", 1, row);
    int[] wanted = pair(site, "output_shape", 0, row);
    String auto = site.text("auto_pad", "NOTSET");
    Span[] spans = new Span[2];
    for (int i = 0; i < 2; i++) {
      Span bare = new Span(kernel[i], stride[i], dilation[i], 0, 0, false);
      int in = image.value().shape().size(i + 1);
      boolean same = auto.startsWith("SAME");
      boolean absent = row && i == 0;
      if (absent || (wanted[i] == 0 && !same)) {
        spans[i] = auto.equals("VALID") || absent ? bare : explicit(site, bare, i, row);
        continue;
      }
      int out = wanted[i] == 0 ? in * stride[i] : wanted[i];
      int total = stride[i] * (in - 1) + more[i] + bare.extent() - out;
      if (total < 0) {
        more[i] -= total;
        total = 0;
      }
      int small = total / 2;
      boolean upper = auto.equals("SAME_UPPER");
      spans[i] = upper ? bare.padding(small, total - small) : bare.padding(total - small, small);
    }
    return new Window(spans[0], spans[1]);
  }
}
