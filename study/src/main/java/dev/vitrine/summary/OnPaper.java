package dev.vitrine.summary;

import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.BatchSpread;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Broadcast;
import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Concat;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Cost;
import dev.vitrine.op.CustomOp;
import dev.vitrine.op.DropoutMask;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.LogSoftmax;
import dev.vitrine.op.Lrn;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Op;
import dev.vitrine.op.PRelu;
import dev.vitrine.op.Permute;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.SoftmaxCrossEntropy;
import dev.vitrine.op.Sum;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.report.Numbers;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How one op is spoken of on paper: who adds an op is told by the compiler to say it here.
 *
 * @param name what it is called
 * @param products the sums of products that it is, if it is that
 * @param flops its exact count as a formula, for one example unless it sums over all
 * @param biases how many of its additions are those of biases
 */
record OnPaper(String name, Optional<Products> products, String flops, long biases) {
  /** The name of what a layer with weights computes, and of the gradient of its input. */
  static final String PRODUCTS = "products and sums";

  /**
   * Sums of products: {@code outputs} of them, each of {@code terms}, for an example each or over
   * all.
   */
  record Products(int[] terms, int[] outputs) {
    /** Of one example. */
    String macs() {
      return Formula.product(Formula.join(terms, outputs));
    }

    /** Of one example. */
    String exact() {
      String sum = Formula.product(terms);
      return "(%s + %s − 1)·%s".formatted(sum, sum, Formula.product(outputs));
    }

    /** Of all examples together. */
    String exactOver(int examples) {
      int[] all = summed(examples, terms);
      return IntStream.of(all).allMatch(n -> n == 1)
          ? Formula.product(outputs)
          : "(2·%s − 1)·%s".formatted(Formula.product(all), Formula.product(outputs));
    }
  }

  /**
   * What a value's op is on paper.
   *
   * @param examples how many it sums over, if it does
   */
  static OnPaper of(Value value, int examples) {
    Op op = value.op();
    List<Shape> in = value.inputs().stream().map(Value::shape).toList();
    Shape y = value.shape();
    OnPaper plain = new OnPaper(words(op), Optional.empty(), each(op.cost(in, y), y), 0);
    if (op.batching() == Op.Batching.REDUCE) {
      return sum(value, in, y, examples);
    }
    return switch (op) {
      case Convolution c ->
          products(taps(in.get(1)), y.sizes()).withBiases(c.bias() ? y.elements() : 0);
      case Convolution.InputGradient _ -> products(taps(in.getFirst()), in.get(1).sizes());
      case Affine a ->
          products(in.getFirst().sizes(), y.sizes()).withBiases(a.bias() ? y.elements() : 0);
      case Affine.InputGradient _ -> products(in.get(1).sizes(), y.sizes());
      case MaxPool pool -> plain.named("comparisons").counted(comparisons(pool.window(), y));
      case MaxPool.Gradient pool ->
          gradient(plain, op).counted(comparisons(pool.window(), in.get(1)));
      case AveragePool pool ->
          plain.named("sums and divisions").counted(all(pool.window(), in.getFirst(), y));
      case AveragePool.Gradient pool ->
          gradient(plain, op).counted(all(pool.of().window(), pool.input(), in.getFirst()));
      case Binary binary when addsBias(binary, value) ->
          plain.named("biases").withBiases(y.elements());
      case Binary _ when value.inputs().stream().anyMatch(OnPaper::isBelowZero) ->
          plain.named("inputs below 0 · gradient of the output");
      case Rectifier.Clip _ when isBelowZero(value) -> plain.named("inputs below 0");
      case Lrn norm -> plain.named("squares, sums, powers").counted(lrn(norm, "%s + 4·%s", y));
      case Lrn.Gradient norm ->
          plain.named("gradient of the input").counted(lrn(norm.of(), "2·(%s) + 8·%s", y));
      case Unary.Gradient gradient -> plain.named("gradient of " + words(gradient.of()));
      case AdaptiveAveragePool pool ->
          plain.named("sums and divisions").counted(all(pool, in.getFirst(), y));
      case AdaptiveAveragePool.Gradient pool ->
          gradient(plain, op).counted(all(pool.of(), pool.input(), in.getFirst()));
      case Slice.Gradient _,
          Softmax.Gradient _,
          LogSoftmax.Gradient _,
          SoftmaxCrossEntropy.Gradient _ ->
          gradient(plain, op);
      case PRelu.InputGradient _, BatchNorm.InputGradient _ -> plain.named("gradient of the input");
      case Leaf _, Binary _, Unary _, DropoutMask _, CustomOp _ -> plain;
      case PRelu _ -> plain;
      case Convolution.WeightGradient _, Convolution.BiasGradient _ -> plain;
      case Affine.WeightGradient _, BatchNorm _, ChannelSum _ -> plain;
      case Permute _, Reshape _, Concat _, Slice _, Sum _, Broadcast _ -> plain;
      case Softmax _, LogSoftmax _, SoftmaxCrossEntropy _, BatchReduce _, BatchSpread _ -> plain;
    };
  }

  /** Of an op that sums over the examples of the batch. */
  private static OnPaper sum(Value value, List<Shape> in, Shape y, int examples) {
    Op op = value.op();
    int[] x = in.getFirst().sizes();
    int[] positions = Arrays.copyOfRange(x, Math.min(1, x.length), x.length);
    return switch (op) {
      case Convolution.WeightGradient _ ->
          overBatch(
              "weight",
              new Products(new int[] {in.get(1).size(1), in.get(1).size(2)}, paperSizes(y)),
              examples);
      case Affine.WeightGradient _ ->
          overBatch("weight", new Products(new int[0], paperSizes(y)), examples);
      case Convolution.BiasGradient _, ChannelSum.BiasGradient _ ->
          additions(
              "gradient of the " + (isOfSlope(value) ? "slope" : "bias"),
              summed(examples, positions),
              y);
      case ChannelSum.WeightGradient _ ->
          // products, differences and their sum; then a root of a sum, and a quotient
          plain(
              "gradient of the weight",
              "(3·%s − 1 + 3)·%s"
                  .formatted(Formula.product(summed(examples, positions)), y.elements()));
      case BatchReduce reduce -> additions(words(reduce) + " over the batch", summed(examples), y);
      default ->
          plain(
              words(op),
              "%s·%s − %s"
                  .formatted(
                      Formula.product(examples),
                      Numbers.count(op.cost(in, y).exactFlops()),
                      Formula.product(y.sizes())));
    };
  }

  private static OnPaper overBatch(String of, Products products, int examples) {
    return new OnPaper(
        "gradient of the " + of, Optional.of(products), products.exactOver(examples), 0);
  }

  private static OnPaper additions(String name, int[] terms, Shape y) {
    return plain(name, "(%s − 1)·%s".formatted(Formula.product(terms), Formula.product(y.sizes())));
  }

  private static OnPaper plain(String name, String flops) {
    return new OnPaper(name, Optional.empty(), flops, 0);
  }

  /** How many terms a sum over examples has; one example is not mentioned. */
  private static int[] summed(int examples, int... each) {
    return examples == 1 ? each : Formula.join(new int[] {examples}, each);
  }

  private static OnPaper products(int[] terms, int[] outputs) {
    Products products = new Products(terms, outputs);
    return new OnPaper(PRODUCTS, Optional.of(products), products.exact(), 0);
  }

  private static OnPaper gradient(OnPaper plain, Op op) {
    return plain.named("gradient of " + words(op.getClass().getEnclosingClass()));
  }

  private OnPaper named(String other) {
    return new OnPaper(other, products, flops, biases);
  }

  private OnPaper counted(String formula) {
    return new OnPaper(name, products, formula, biases);
  }

  private OnPaper withBiases(long additions) {
    return new OnPaper(name, products, flops, additions);
  }

  /** A transposed convolution's bias is added by itself: something shared to each example. */
  private static boolean addsBias(Binary op, Value value) {
    return op == Binary.ADD
        && value.perExample()
        && value.inputs().stream().anyMatch(x -> !x.perExample());
  }

  /** What one filter multiplies: height · width · channels. */
  private static int[] taps(Shape weight) {
    return new int[] {weight.size(2), weight.size(3), weight.size(1)};
  }

  /** A weight's sizes in the order in which one says them: height, width, in, out. */
  static int[] paperSizes(Shape weight) {
    int[] sizes = weight.sizes();
    return sizes.length == 4
        ? new int[] {sizes[2], sizes[3], sizes[1], sizes[0]}
        : sizes.length == 2 ? new int[] {sizes[1], sizes[0]} : sizes;
  }

  private static String comparisons(Window window, Shape windows) {
    return "(%s·%s − 1)·%s"
        .formatted(window.h().kernel(), window.w().kernel(), Formula.product(windows.sizes()));
  }

  /** The elements of all windows; of those that reach over the edge, the ones that are there. */
  private static String all(Window window, Shape x, Shape windows) {
    long rows = window.h().members(x.size(1), windows.size(1));
    long columns = window.w().members(x.size(2), windows.size(2));
    long full = (long) window.elements() * windows.size(1) * windows.size(2);
    if (rows * columns == full) {
      int[] kernel = {window.h().kernel(), window.w().kernel()};
      return Formula.product(Formula.join(kernel, windows.sizes()));
    }
    return "%s·%s·%s"
        .formatted(
            less(window.h().kernel(), windows.size(1), rows),
            less(window.w().kernel(), windows.size(2), columns),
            windows.size(0));
  }

  private static String all(AdaptiveAveragePool pool, Shape x, Shape y) {
    return "%s·%s·%s"
        .formatted(bins(pool.height(), x.size(1)), bins(pool.width(), x.size(2)), y.size(0));
  }

  /** The elements of all bins, as of the largest but for those that others lack. */
  private static String bins(int bins, int in) {
    return less(AdaptiveAveragePool.largest(bins, in), bins, AdaptiveAveragePool.members(bins, in));
  }

  /** {@code (3·2 − 1)}: so many of each, but for those that lack. */
  private static String less(int each, int times, long count) {
    long lack = (long) each * times - count;
    return lack == 0 ? "%s·%s".formatted(each, times) : "(%s·%s − %s)".formatted(each, times, lack);
  }

  /** The terms of all sums over neighbouring channels, and what each element takes besides. */
  private static String lrn(Lrn norm, String formula, Shape y) {
    int channels = y.size(0);
    int size = norm.before() + norm.after() + 1;
    long lack = (long) size * channels - norm.terms(channels);
    String sums = size + "·" + channels + (lack == 0 ? "" : " − " + lack);
    StringBuilder positions = new StringBuilder();
    for (int axis = 1; axis < y.rank(); axis++) {
      positions.append('·').append(y.size(axis));
    }
    return "(" + formula.formatted(sums, channels) + ")" + positions;
  }

  /** How {@link PRelu} finds what its slope's gradient sums. */
  private static boolean isBelowZero(Value value) {
    return value.op() instanceof Rectifier.Clip clip
        && clip.min() == Double.NEGATIVE_INFINITY
        && clip.max() == 0;
  }

  private static boolean isOfSlope(Value value) {
    return value.inputs().getFirst().inputs().stream().anyMatch(OnPaper::isBelowZero);
  }

  /**
   * So many operations for each element; where channels differ, for each position; and where there
   * are some for each channel besides, a sum.
   */
  private static String each(Cost cost, Shape shape) {
    long flops = cost.exactFlops();
    int[] sizes = shape.sizes();
    long rest = flops % shape.elements();
    if (rest == 0) {
      return multiple(flops, sizes);
    }
    if (sizes.length == 3 && flops % ((long) sizes[1] * sizes[2]) == 0) {
      return multiple(flops, sizes[1], sizes[2]);
    }
    return sizes.length > 0 && flops != rest && rest % sizes[0] == 0
        ? "(%s + %s)".formatted(multiple(flops - rest, sizes), multiple(rest, sizes[0]))
        : Numbers.count(flops);
  }

  /** {@code count} as so many times the product of {@code sizes}, which divides it. */
  private static String multiple(long count, int... sizes) {
    long product = 1;
    for (int size : sizes) {
      product *= size;
    }
    String shape = Formula.product(sizes);
    return count == product ? shape : Numbers.count(count / product) + "·" + shape;
  }

  private static String words(Op op) {
    return op instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT)
        : words(op.getClass());
  }

  private static String words(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
