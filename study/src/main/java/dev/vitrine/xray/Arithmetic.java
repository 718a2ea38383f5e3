package dev.vitrine.xray;

import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Cost;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Op;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.report.Numbers;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What one value of a graph costs, in a convention, as numbers and on paper. */
record Arithmetic(Value value, Convention convention) {
  /**
   * Sums of products: {@code outputs} of them, each of {@code terms}.
   *
   * @param added whether each sum is added to one that is there already
   */
  private record Products(int[] terms, int[] outputs, boolean added) {
    String macs() {
      return Formula.product(Formula.join(terms, outputs));
    }

    String exact() {
      String sum = Formula.product(terms);
      return added
          ? "2·" + macs()
          : "(%s + %s − 1)·%s".formatted(sum, sum, Formula.product(outputs));
    }
  }

  private List<Shape> inputs() {
    return value.inputs().stream().map(Value::shape).toList();
  }

  /** How often it is computed: once for each example that it depends on. */
  private long times() {
    boolean perExample = value.perExample() || value.inputs().stream().anyMatch(Value::perExample);
    return perExample ? convention.batch() : 1;
  }

  /** The cost of the whole batch. */
  Cost cost() {
    Cost one = convention.biases() ? ordinary() : withoutBias();
    long n = times();
    return new Cost(
        Math.multiplyExact(n, one.macs()),
        Math.multiplyExact(n, one.multiplications()),
        Math.multiplyExact(n, one.additions()),
        Math.multiplyExact(n, one.comparisons()),
        Math.multiplyExact(n, one.functions()));
  }

  private Cost ordinary() {
    return value.op().cost(inputs(), value.shape());
  }

  private Cost withoutBias() {
    return switch (value.op()) {
      case Convolution c ->
          new Convolution(c.window(), c.groups(), false).cost(inputs(), value.shape());
      case Affine _ -> new Affine(false).cost(inputs(), value.shape());
      case Convolution.BiasGradient _ -> Cost.ZERO;
      // The bias of a transposed convolution is added by itself.
      case Binary add
          when add == Binary.ADD
              && value.perExample()
              && value.inputs().stream().anyMatch(x -> !x.perExample()) ->
          Cost.ZERO;
      default -> ordinary();
    };
  }

  private Optional<Products> products() {
    List<Shape> in = inputs();
    int[] out = value.shape().sizes();
    return switch (value.op()) {
      case Convolution _ -> Optional.of(new Products(taps(in.get(1)), out, false));
      case Convolution.InputGradient _ ->
          Optional.of(new Products(taps(in.getFirst()), in.get(1).sizes(), false));
      case Convolution.WeightGradient _ -> {
        int[] dy = in.get(1).sizes();
        yield Optional.of(new Products(new int[] {dy[1], dy[2]}, onPaper(value.shape()), true));
      }
      case Affine _ -> Optional.of(new Products(in.getFirst().sizes(), out, false));
      case Affine.InputGradient _ -> Optional.of(new Products(in.get(1).sizes(), out, false));
      case Affine.WeightGradient _ ->
          Optional.of(new Products(new int[0], onPaper(value.shape()), true));
      default -> Optional.empty();
    };
  }

  /** What one filter multiplies: height · width · channels. */
  private static int[] taps(Shape weight) {
    return new int[] {weight.size(2), weight.size(3), weight.size(1)};
  }

  /** A weight's sizes in the order in which one says them: height, width, in, out. */
  static int[] onPaper(Shape weight) {
    int[] sizes = weight.sizes();
    return sizes.length == 4
        ? new int[] {sizes[2], sizes[3], sizes[1], sizes[0]}
        : sizes.length == 2 ? new int[] {sizes[1], sizes[0]} : sizes;
  }

  /** The multiply–accumulates as a formula, if it has any. */
  Optional<Formula> macs() {
    long macs = cost().macs();
    return macs == 0
        ? Optional.empty()
        : Optional.of(
            Formula.of(name(), products().map(p -> times(p.macs())).orElse("" + macs), macs));
  }

  /** The FLOPs as formulas, one for each kind. */
  List<Formula> flops() {
    if (convention.flops() == Convention.Flops.TWO_PER_MAC) {
      return macs().stream()
          .map(f -> Formula.of(f.of(), "2·" + f.text(), 2 * (long) f.value()))
          .toList();
    }
    long all = cost().exactFlops();
    if (all == 0) {
      return List.of();
    }
    if (products().isEmpty()) {
      return List.of(Formula.of(name(), times(other()), all));
    }
    long bias = all - Math.multiplyExact(times(), withoutBias().exactFlops());
    Formula sums = Formula.of(name(), times(products().get().exact()), all - bias);
    String biases = times(Formula.product(value.shape().sizes()));
    return bias == 0 ? List.of(sums) : List.of(sums, Formula.of("biases", biases, bias));
  }

  private String other() {
    List<Shape> in = inputs();
    return switch (value.op()) {
      case MaxPool pool ->
          comparisons(pool.window().h().kernel(), pool.window().w().kernel(), value.shape());
      case MaxPool.Gradient pool ->
          comparisons(pool.window().h().kernel(), pool.window().w().kernel(), in.get(1));
      case AveragePool pool ->
          Formula.product(
              Formula.join(
                  new int[] {pool.window().h().kernel(), pool.window().w().kernel()},
                  value.shape().sizes()));
      case AveragePool.Gradient pool ->
          Formula.product(
              Formula.join(
                  new int[] {pool.of().window().h().kernel(), pool.of().window().w().kernel()},
                  in.getFirst().sizes()));
      case Convolution.BiasGradient _ -> Formula.product(in.getFirst().sizes());
      default -> each();
    };
  }

  private static String comparisons(int height, int width, Shape windows) {
    return "(%d·%d − 1)·%s".formatted(height, width, Formula.product(windows.sizes()));
  }

  /**
   * So many operations for each element; where channels differ, for each position; and where there
   * are some for each channel besides, a sum.
   */
  private String each() {
    long flops = ordinary().exactFlops();
    int[] sizes = value.shape().sizes();
    long rest = flops % value.shape().elements();
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

  private String times(String formula) {
    return times() == 1 ? formula : Formula.product((int) times()) + "·" + formula;
  }

  /** What the value is called on paper. */
  String name() {
    Op op = value.op();
    return switch (op) {
      case Convolution _, Affine _ -> "products and sums";
      case Convolution.InputGradient _, Affine.InputGradient _ -> "gradient of the input";
      case Convolution.WeightGradient _, Affine.WeightGradient _ -> "gradient of the weight";
      case Convolution.BiasGradient _ -> "gradient of the bias";
      case MaxPool _ -> "comparisons";
      case AveragePool _ -> "sums and divisions";
      default -> plain(op);
    };
  }

  /** The op's class in plain words: {@code MaxPool.Gradient} is the gradient of max pool. */
  private static String plain(Op op) {
    return switch (op) {
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      case Unary.Gradient gradient -> "gradient of " + words(gradient.of().getClass());
      default -> {
        Class<?> outer = op.getClass().getEnclosingClass();
        boolean gradient = op.getClass().getSimpleName().equals("Gradient") && outer != null;
        yield gradient ? "gradient of " + words(outer) : words(op.getClass());
      }
    };
  }

  private static String words(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
