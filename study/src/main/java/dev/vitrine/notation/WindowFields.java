package dev.vitrine.notation;

import dev.vitrine.nn.Windowed;
import dev.vitrine.op.Span;
import dev.vitrine.op.Window;
import java.util.List;

/** Windows as fields of a layer: one number for both axes, or {@code [height, width]}. */
final class WindowFields {
  private WindowFields() {}

  static Object kernel(Window window) {
    return pair(window.h().kernel(), window.w().kernel());
  }

  static Object stride(Window window) {
    return pair(window.h().stride(), window.w().stride());
  }

  static Object dilation(Window window) {
    return pair(window.h().dilation(), window.w().dilation());
  }

  static Object padding(Window window, boolean same) {
    Span h = window.h();
    Span w = window.w();
    return same ? LayerFields.SAME : sides(h.before(), h.after(), w.before(), w.after());
  }

  static Object pair(int height, int width) {
    return height == width ? height : List.of(height, width);
  }

  /** As few numbers as say what each side has. */
  static Object sides(int top, int bottom, int left, int right) {
    return top == bottom && left == right ? pair(top, left) : List.of(top, bottom, left, right);
  }

  /** The layer with the stride and the dilation of the fields. */
  static <L extends Windowed<L>> L slide(LayerFields f, L layer) {
    int[] stride = f.pair("stride");
    int[] dilation = f.pair("dilation");
    return layer.window(
        layer.window().stride(stride[0], stride[1]).dilation(dilation[0], dilation[1]));
  }

  /**
   * The layer with their padding.
   *
   * @param other what else the padding may be, as errors say it; empty for nothing
   */
  static <L extends Windowed<L>> L pad(LayerFields f, L layer, String other) {
    int[] p = f.sides("padding", other);
    return layer.padding(p[0], p[1], p[2], p[3]);
  }
}
