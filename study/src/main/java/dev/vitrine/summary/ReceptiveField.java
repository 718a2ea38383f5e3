package dev.vitrine.summary;

import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Op;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Sum;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.math.BigInteger;
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
 * and a transposed one, with g the greatest common divisor of s and d,
 *
 * <pre>r′ = r + (⌈k·g/s⌉ − 1)·(d/g)·j,  j′ = j/s</pre>
 *
 * <p>The bins of an adaptive pooling, b of which cover n elements, are windows of {@code ⌈(i +
 * 1)·n/b⌉ − ⌊i·n/b⌋} elements that move by n/b on average: {@code j′ = j·n/b}.
 *
 * <p>The elements behind a transposed convolution, or such bins of several widths, do not all see
 * the same number of pixels: they take turns, and the size is that of those which see furthest;
 * their jump is the mean one. What windows make of such elements depends on whose turn it is, so
 * the pixels of a whole round are followed ({@link Reach}), not the two formulas; the size is exact
 * all the same.
 *
 * <p>The field is that of an element far from the borders, so it may be larger than the image. Of
 * several inputs the largest counts, along each axis by itself.
 */
public final class ReceptiveField {
  /** Every element depends on the whole image. */
  public static final ReceptiveField ALL = new ReceptiveField(null, null);

  /** A pixel's own. */
  private static final ReceptiveField PIXEL = new ReceptiveField(Reach.PIXEL, Reach.PIXEL);

  /** Longer rounds are not followed, which only absurd strides have; such fields are absent. */
  private static final long LONGEST_ROUND = 4096;

  private final Reach down;
  private final Reach right;

  private ReceptiveField(Reach down, Reach right) {
    this.down = down;
    this.right = right;
  }

  /** {@return whether every element depends on the whole image; then it has no sides} */
  public boolean isAll() {
    return this == ALL;
  }

  /** {@return how high the field is, in elements of the image} */
  public long height() {
    return down.size();
  }

  /** {@return how wide the field is, in elements of the image} */
  public long width() {
    return right.size();
  }

  /** {@return how far down the next element's lies} */
  public double jumpDown() {
    return down.jump();
  }

  /** {@return how far to the right the next element's lies} */
  public double jumpRight() {
    return right.jump();
  }

  /**
   * {@return the row and the column of the first pixel that the first element sees, below 0 in the
   * padding; empty where elements take turns, whose fields do not lie a jump apart}
   */
  public Optional<List<Long>> first() {
    return isUniform()
        ? Optional.of(List.of(down.phases().getFirst().first(), right.phases().getFirst().first()))
        : Optional.empty();
  }

  /** Whether all elements see as many pixels. */
  boolean isUniform() {
    return down.phases().size() == 1 && right.phases().size() == 1;
  }

  /** The fields of all values that depend on an image; others are absent. */
  static Map<Value, ReceptiveField> of(List<Value> values) {
    Map<Value, ReceptiveField> fields = new HashMap<>();
    for (Value value : values) {
      if (value.op() instanceof Leaf.Input && value.shape().rank() == 3) {
        fields.put(value, PIXEL);
      } else {
        of(value, fields)
            .flatMap(field -> behind(value, field))
            .ifPresent(field -> fields.put(value, field));
      }
    }
    return fields;
  }

  /** The largest field among what a value is computed from, along each axis by itself. */
  private static Optional<ReceptiveField> of(Value value, Map<Value, ReceptiveField> fields) {
    return value.inputs().stream()
        .map(fields::get)
        .filter(java.util.Objects::nonNull)
        .reduce(ReceptiveField::union);
  }

  private static ReceptiveField union(ReceptiveField a, ReceptiveField b) {
    return a.isAll() || b.isAll()
        ? ALL
        : new ReceptiveField(a.down.union(b.down), a.right.union(b.right));
  }

  private static Optional<ReceptiveField> behind(Value value, ReceptiveField field) {
    Op op = value.op();
    if (field.isAll() || seesAll(op)) {
      return Optional.of(ALL);
    }
    Reach down = field.down;
    Reach right = field.right;
    return switch (op) {
      case Convolution.InputGradient transposed -> across(field, transposed.window());
      case AdaptiveAveragePool pool -> over(field, pool, value.inputs().getFirst().shape());
      case Slice part when part.axis() == 1 ->
          Optional.of(new ReceptiveField(down.from(part.from()), right));
      case Slice part when part.axis() == 2 ->
          Optional.of(new ReceptiveField(down, right.from(part.from())));
      case Slice.Gradient padding when padding.of().axis() == 1 ->
          Optional.of(new ReceptiveField(down.from(-padding.of().from()), right));
      case Slice.Gradient padding when padding.of().axis() == 2 ->
          Optional.of(new ReceptiveField(down, right.from(-padding.of().from())));
      default ->
          windowOf(op)
              .map(w -> new ReceptiveField(down.through(w.h()), right.through(w.w())))
              .or(() -> Optional.of(field));
    };
  }

  private static Optional<ReceptiveField> across(ReceptiveField field, Window window) {
    long high = (long) field.down.phases().size() * window.h().stride();
    long wide = (long) field.right.phases().size() * window.w().stride();
    return Math.max(high, wide) > LONGEST_ROUND
        ? Optional.empty()
        : Optional.of(
            new ReceptiveField(field.down.across(window.h()), field.right.across(window.w())));
  }

  private static Optional<ReceptiveField> over(
      ReceptiveField field, AdaptiveAveragePool pool, Shape in) {
    long high = field.down.round(in.size(1), pool.height());
    long wide = field.right.round(in.size(2), pool.width());
    return Math.max(high, wide) > LONGEST_ROUND
        ? Optional.empty()
        : Optional.of(
            new ReceptiveField(
                field.down.over(in.size(1), pool.height()),
                field.right.over(in.size(2), pool.width())));
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

  /** {@return the size: {@code 14}, {@code 14×10} if its sides differ, {@code all}} */
  public String size() {
    return isAll() ? "all" : sides("" + height(), "" + width());
  }

  /** {@return the jump, written like {@link #size}; a dash where every element sees all} */
  public String jump() {
    return isAll() ? "–" : sides(fraction(down), fraction(right));
  }

  private static String sides(String height, String width) {
    return height.equals(width) ? height : height + "×" + width;
  }

  /** {@code 4}, {@code 1/2}. */
  private static String fraction(Reach reach) {
    long under = reach.phases().size();
    long common = BigInteger.valueOf(under).gcd(BigInteger.valueOf(reach.shift())).longValue();
    String over = "" + reach.shift() / common;
    return under == common ? over : over + "/" + under / common;
  }
}
