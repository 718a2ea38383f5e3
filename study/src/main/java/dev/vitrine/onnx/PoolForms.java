package dev.vitrine.onnx;

import static dev.vitrine.onnx.OnnxPlace.with;

import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Span;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pooling: where ONNX's rules differ from those here, by operators that have none. */
final class PoolForms {
  private PoolForms() {}

  static void max(OnnxPlace at, Window window) {
    Shape x = at.shape(0);
    Shape y = at.value().shape();
    if (isEmpty(window.h(), x.size(1), y.size(1)) || isEmpty(window.w(), x.size(2), y.size(2))) {
      throw new Refusal("a window of its maxima lies wholly in the padding");
    }
    List<Long> pads = WindowForms.pads(window, x, y);
    if (isNarrow(window, pads)) {
      at.end("MaxPool", WindowForms.window(window, pads), at.in(0));
      return;
    }
    List<Long> all = new ArrayList<>(List.of(0L, 0L, pads.get(0), pads.get(1)));
    all.addAll(List.of(0L, 0L, pads.get(2), pads.get(3)));
    Shape wide =
        Shape.of(
            x.size(0),
            Math.toIntExact(x.size(1) + pads.get(0) + pads.get(2)),
            Math.toIntExact(x.size(2) + pads.get(1) + pads.get(3)));
    String padded =
        at.node(
            "Pad",
            wide,
            with(OnnxAttribute.of("mode", "constant")),
            at.in(0),
            at.list("pads", all),
            at.number("filling", -Float.MAX_VALUE));
    at.end("MaxPool", WindowForms.window(window, WindowForms.longs(0, 0, 0, 0)), padded);
  }

  /** Whether the padding is what programs take, less than the window. */
  private static boolean isNarrow(Window window, List<Long> pads) {
    int height = window.h().kernel();
    int width = window.w().kernel();
    return pads.get(0) < height
        && pads.get(1) < width
        && pads.get(2) < height
        && pads.get(3) < width;
  }

  /** Whether a window has no element of the input. */
  private static boolean isEmpty(Span span, int in, int out) {
    for (int i = 0; i < out; i++) {
      boolean some = false;
      for (int tap = 0; tap < span.kernel(); tap++) {
        some |= span.source(i, tap) >= 0 && span.source(i, tap) < in;
      }
      if (!some) {
        return true;
      }
    }
    return false;
  }

  static void average(OnnxPlace at, AveragePool op) {
    Window window = op.window();
    Shape x = at.shape(0);
    Shape y = at.value().shape();
    List<Long> pads = WindowForms.pads(window, x, y);
    if (y.elements() == y.size(0)
        && window.elements() == x.size(1) * x.size(2)
        && pads.stream().allMatch(pad -> pad == 0)) {
      at.end("GlobalAveragePool", with(), at.in(0));
      return;
    }
    boolean beyond = pads.get(2) > window.h().after() || pads.get(3) > window.w().after();
    boolean gaps = window.h().dilation() > 1 || window.w().dilation() > 1;
    boolean empty =
        isEmpty(window.h(), x.size(1), y.size(1)) || isEmpty(window.w(), x.size(2), y.size(2));
    boolean counted =
        op.countPadding()
            && WindowForms.pads(window.ceil(false), x, y).stream().anyMatch(p -> p > 0);
    if (gaps || empty || !isNarrow(window, pads) || (counted && beyond)) {
      sums(at, op, pads);
      return;
    }
    List<OnnxAttribute> attributes = WindowForms.window(window, pads);
    attributes.add(OnnxAttribute.of("count_include_pad", op.countPadding() && !beyond ? 1 : 0));
    at.end("AveragePool", attributes, at.in(0));
  }

  /** Sums of windows by a filter of ones, times one over what each window counts. */
  private static void sums(OnnxPlace at, AveragePool op, List<Long> pads) {
    Shape x = at.shape(0);
    Shape y = at.value().shape();
    Window window = op.window();
    float[] ones = new float[x.size(0) * window.elements()];
    Arrays.fill(ones, 1);
    List<Long> sizes = WindowForms.longs(x.size(0), 1, window.h().kernel(), window.w().kernel());
    List<OnnxAttribute> attributes = WindowForms.window(window, pads);
    attributes.add(OnnxAttribute.of("group", x.size(0)));
    String sum = at.node("Conv", attributes, at.in(0), at.numbers("ones", sizes, ones));
    float[] counts = new float[y.size(1) * y.size(2)];
    for (int k = 0; k < counts.length; k++) {
      counts[k] = op.divisor(k / y.size(2), k % y.size(2), x);
    }
    List<Long> plane = WindowForms.longs(y.size(1), y.size(2));
    at.end("Div", with(), sum, at.numbers("counts", plane, counts));
  }

  /** Bins of one size are windows; others are means of rows, then of columns, by matrices. */
  static void adaptive(OnnxPlace at, AdaptiveAveragePool op) {
    Shape x = at.shape(0);
    if (op.height() == 1 && op.width() == 1) {
      at.end("GlobalAveragePool", with(), at.in(0));
    } else if (x.size(1) % op.height() == 0 && x.size(2) % op.width() == 0) {
      int height = x.size(1) / op.height();
      int width = x.size(2) / op.width();
      Window window = Window.of(height, width).stride(height, width);
      at.end("AveragePool", WindowForms.window(window, WindowForms.longs(0, 0, 0, 0)), at.in(0));
    } else {
      Shape narrow = Shape.of(x.size(0), x.size(1), op.width());
      String right =
          at.numbers(
              "columns",
              WindowForms.longs(x.size(2), op.width()),
              transposed(bins(x.size(2), op.width()), op.width()));
      String left =
          at.numbers(
              "rows", WindowForms.longs(op.height(), x.size(1)), bins(x.size(1), op.height()));
      at.end("MatMul", with(), left, at.node("MatMul", narrow, with(), at.in(0), right));
    }
  }

  /** For each bin a row with its share of each element. */
  private static float[] bins(int size, int bins) {
    float[] shares = new float[bins * size];
    for (int bin = 0; bin < bins; bin++) {
      int first = AdaptiveAveragePool.first(bin, bins, size);
      int end = AdaptiveAveragePool.end(bin, bins, size);
      Arrays.fill(shares, bin * size + first, bin * size + end, 1f / (end - first));
    }
    return shares;
  }

  private static float[] transposed(float[] matrix, int rows) {
    int columns = matrix.length / rows;
    float[] transposed = new float[matrix.length];
    for (int k = 0; k < matrix.length; k++) {
      transposed[k % columns * rows + k / columns] = matrix[k];
    }
    return transposed;
  }
}
