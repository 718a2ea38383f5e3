package dev.vitrine.onnx;

import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Span;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Sums, means and maxima over axes. */
final class Reductions {
  private Reductions() {}

  /** A sum, mean or maximum over some axes of a value, which disappear. */
  private interface Fold {
    Value over(Ops ops, Value x, int... axes);
  }

  /** A function of each element. */
  private interface Each {
    Value of(Ops ops, Value x);

    Each NOTHING = (_, x) -> x;
    Each SQUARE = Ops::square;
    Each ROOT = (ops, x) -> ops.power(x, 0.5);
  }

  static void register(Map<String, Operator> operators) {
    put(operators, "ReduceMean", Each.NOTHING, Ops::mean, Each.NOTHING);
    put(operators, "ReduceSum", Each.NOTHING, Ops::sum, Each.NOTHING);
    put(operators, "ReduceMax", Each.NOTHING, Reductions::max, Each.NOTHING);
    put(operators, "ReduceMin", Ops::negate, Reductions::max, Ops::negate);
    put(operators, "ReduceL1", ElementOperators::abs, Ops::sum, Each.NOTHING);
    put(operators, "ReduceL2", Each.SQUARE, Ops::sum, Each.ROOT);
    put(operators, "ReduceSumSquare", Each.SQUARE, Ops::sum, Each.NOTHING);
    put(operators, "ReduceLogSum", Each.NOTHING, Ops::sum, Ops::log);
  }

  private static void put(
      Map<String, Operator> operators, String name, Each before, Fold fold, Each after) {
    operators.put(name, site -> reduce(site, before, fold, after));
  }

  private static List<Datum> reduce(Site site, Each before, Fold fold, Each after) {
    Ops ops = site.network();
    Flowing x = site.flowing(0);
    Flowing ready = x.with(before.of(ops, x.value()));
    long[] given = site.integers("axes", 1).orElse(new long[0]);
    Flowing y = ready;
    if (given.length > 0 || site.integer("noop_with_empty_axes", 0) == 0) {
      boolean[] axes = new boolean[x.rank()];
      Arrays.fill(axes, given.length == 0);
      for (long axis : given) {
        axes[Site.axis(axis, x.rank())] = true;
      }
      y = reduce(ops, ready, axes, site.integer("keepdims", 1) != 0, fold);
    }
    return Site.one(y.with(after.of(ops, y.value())));
  }

  static Flowing mean(Ops ops, Flowing x, boolean[] axes, boolean keep) {
    return reduce(ops, x, axes, keep, Ops::mean);
  }

  static Flowing sum(Ops ops, Flowing x, boolean[] axes, boolean keep) {
    return reduce(ops, x, axes, keep, Ops::sum);
  }

  private static Flowing reduce(Ops ops, Flowing given, boolean[] axes, boolean keep, Fold fold) {
    Flowing x = given.isBatched() && axes[given.batch()] ? given.freed(ops) : given;
    int[] inner = IntStream.range(0, axes.length).filter(a -> axes[a]).map(x::inner).toArray();
    Value y = inner.length == 0 ? x.value() : fold.over(ops, x.value(), inner);
    int batch = x.batch();
    if (keep) {
      int[] kept = x.value().shape().sizes();
      Arrays.stream(inner).forEach(a -> kept[a] = 1);
      return x.with(ops.reshape(y, Shape.of(kept)));
    }
    for (int a = 0; a < x.batch(); a++) {
      batch -= axes[a] ? 1 : 0;
    }
    return new Flowing(y, batch, x.size());
  }

  /** The axes are put last, and a window as large as they are slides over the others. */
  static Value max(Ops ops, Value x, int... axes) {
    boolean[] gone = new boolean[x.shape().rank()];
    Arrays.stream(axes).forEach(a -> gone[a] = true);
    int[] kept = IntStream.range(0, gone.length).filter(a -> !gone[a]).toArray();
    int[] order = IntStream.concat(Arrays.stream(kept), Arrays.stream(axes)).toArray();
    Shape target = Shape.of(Arrays.stream(kept).map(x.shape()::size).toArray());
    int rows = target.elements();
    int columns = x.shape().elements() / rows;
    Value table = ops.reshape(ops.permute(x, order), Shape.of(1, rows, columns));
    Window window = new Window(Span.of(1), Span.of(columns));
    return ops.reshape(ops.apply(new MaxPool(window), table), target);
  }
}
