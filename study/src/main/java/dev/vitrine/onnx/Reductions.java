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

  static void register(Map<String, Operator> operators) {
    operators.put("ReduceMean", s -> reduce(s, Ops::mean));
    operators.put("ReduceSum", s -> reduce(s, Ops::sum));
    operators.put("ReduceMax", s -> reduce(s, Reductions::max));
    operators.put("ReduceMin", s -> reduce(s, (o, x, a) -> o.negate(max(o, o.negate(x), a))));
    operators.put("ReduceSumSquare", s -> reduce(s, (o, x, a) -> o.sum(o.square(x), a)));
    operators.put("ReduceL2", s -> reduce(s, (o, x, a) -> o.power(o.sum(o.square(x), a), 0.5)));
  }

  private static List<Datum> reduce(Site site, Fold fold) {
    Flowing x = site.flowing(0);
    long[] given = site.integers("axes", 1).orElse(new long[0]);
    if (given.length == 0 && site.integer("noop_with_empty_axes", 0) != 0) {
      return Site.one(x);
    }
    boolean[] axes = new boolean[x.rank()];
    Arrays.fill(axes, given.length == 0);
    for (long axis : given) {
      axes[Site.axis(axis, x.rank())] = true;
    }
    return Site.one(reduce(site.network(), x, axes, site.integer("keepdims", 1) != 0, fold));
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
  private static Value max(Ops ops, Value x, int... axes) {
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
