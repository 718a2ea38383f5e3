package dev.vitrine.xray;

import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Op;
import dev.vitrine.op.Span;
import dev.vitrine.op.Sum;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of the image that one element of a value depends on, and how far apart those of
 * neighbouring elements lie (its jump), in pixels. A window of size k, stride s and dilation d
 * makes of size r and jump j
 *
 * <pre>r′ = r + (k − 1)·d·j,  j′ = j·s</pre>
 *
 * The field is that of an element far from the borders, so it may be larger than the image.
 *
 * @param height its height
 * @param width its width
 * @param jumpDown how far down the next element's lies
 * @param jumpRight how far to the right
 */
public record ReceptiveField(long height, long width, long jumpDown, long jumpRight) {
  /** Every element depends on the whole image. */
  public static final ReceptiveField ALL = new ReceptiveField(0, 0, 0, 0);

  /** A pixel's own. */
  private static final ReceptiveField PIXEL = new ReceptiveField(1, 1, 1, 1);

  /** Whether every element depends on the whole image. */
  public boolean isAll() {
    return equals(ALL);
  }

  /** The field behind a window that slides over values of this field. */
  ReceptiveField through(Window window) {
    return isAll()
        ? this
        : new ReceptiveField(
            extended(height, window.h(), jumpDown),
            extended(width, window.w(), jumpRight),
            jumpDown * window.h().stride(),
            jumpRight * window.w().stride());
  }

  private static long extended(long size, Span span, long jump) {
    return size + (long) (span.kernel() - 1) * span.dilation() * jump;
  }

  /**
   * The fields of all values that depend on an image; others are absent, and so are those behind a
   * transposed convolution, whose elements do not all see the same number of pixels.
   */
  static Map<Value, ReceptiveField> of(List<Value> values) {
    Map<Value, ReceptiveField> fields = new HashMap<>();
    for (Value value : values) {
      Optional<ReceptiveField> before = of(value, fields);
      if (value.op() instanceof Leaf.Input && value.shape().rank() == 3) {
        fields.put(value, PIXEL);
      } else {
        before
            .filter(_ -> !(value.op() instanceof Convolution.InputGradient))
            .ifPresent(field -> fields.put(value, behind(value.op(), field)));
      }
    }
    return fields;
  }

  /** The largest field among what a value is computed from. */
  private static Optional<ReceptiveField> of(Value value, Map<Value, ReceptiveField> fields) {
    return value.inputs().stream()
        .map(fields::get)
        .filter(java.util.Objects::nonNull)
        .reduce((a, b) -> a.isAll() || (!b.isAll() && a.height >= b.height) ? a : b);
  }

  private static ReceptiveField behind(Op op, ReceptiveField field) {
    return windowOf(op).map(field::through).orElseGet(() -> seesAll(op) ? ALL : field);
  }

  private static boolean seesAll(Op op) {
    return op instanceof Affine
        || op instanceof Sum
        || (op instanceof AdaptiveAveragePool pool && pool.height() * pool.width() == 1);
  }

  /** The window that an op slides over the image, if it has one. */
  static Optional<Window> windowOf(Op op) {
    return switch (op) {
      case Convolution convolution -> Optional.of(convolution.window());
      case MaxPool pool -> Optional.of(pool.window());
      case AveragePool pool -> Optional.of(pool.window());
      default -> Optional.empty();
    };
  }

  /** The size: {@code 14}, {@code 14×10} if its sides differ, {@code all}. */
  public String size() {
    return isAll() ? "all" : height == width ? "" + height : height + "×" + width;
  }

  /** The jump, written like {@link #size}; a dash where every element sees all. */
  public String jump() {
    return isAll() ? "–" : jumpDown == jumpRight ? "" + jumpDown : jumpDown + "×" + jumpRight;
  }
}
