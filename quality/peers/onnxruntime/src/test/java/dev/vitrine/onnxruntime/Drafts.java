package dev.vitrine.onnxruntime;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** How a node of each operator is drawn. */
final class Drafts {
  private Drafts() {}

  static Map<String, Consumer<Draft>> all() {
    Map<String, Consumer<Draft>> all = new LinkedHashMap<>();
    for (String each :
        new String[] {
          "Relu",
          "Sigmoid",
          "Tanh",
          "Softplus",
          "Abs",
          "Neg",
          "Exp",
          "Identity",
          "Erf",
          "Sign",
          "HardSwish",
          "Reciprocal"
        }) {
      all.put(each, d -> any(d).opset(14, 17, 22));
    }
    all.put("LeakyRelu", d -> maybe(any(d), "alpha").opset(6, 16));
    all.put("Elu", d -> maybe(any(d), "alpha").opset(6));
    all.put("Selu", d -> maybe(maybe(any(d), "alpha"), "gamma").opset(6));
    all.put("HardSigmoid", d -> maybe(maybe(any(d), "alpha"), "beta").opset(6));
    all.put(
        "Gelu",
        d -> {
          any(d).opset(20);
          if (d.maybe()) {
            d.set("approximate", d.any("none", "tanh"));
          }
        });
    all.put("Clip", Drafts::clip);
    all.put("PRelu", Drafts::prelu);
    all.put("Softmax", Drafts::softmax);
    all.put("LogSoftmax", Drafts::softmax);
    all.put(
        "Pow",
        d -> {
          any(d).opset(7, 12, 13, 15);
          broadcast(d, d.any(2f, 3f, 1f, 0f));
        });
    for (String each : new String[] {"Add", "Sub", "Mul", "Div"}) {
      all.put(each, Drafts::arithmetic);
    }
    for (String each : new String[] {"Max", "Min", "Sum", "Mean"}) {
      all.put(each, Drafts::several);
    }
    all.put("Concat", Drafts::concat);
    all.put("Split", Drafts::split);
    all.put("Slice", Drafts::slice);
    all.put("Pad", Drafts::pad);
    all.put("Reshape", Drafts::reshape);
    all.put(
        "Flatten",
        d -> {
          any(d).opset(9, 11, 13, 21);
          int rank = d.dims().length;
          if (d.maybe()) {
            d.set("axis", d.opset() < 11 ? d.between(0, rank) : d.between(-rank, rank));
          }
        });
    all.put("Squeeze", Drafts::squeeze);
    all.put("Unsqueeze", Drafts::unsqueeze);
    all.put(
        "Transpose",
        d -> {
          any(d).opset(1, 13, 21);
          if (d.maybe()) {
            d.list("perm", shuffled(d, d.dims().length));
          }
        });
    all.put("Expand", Drafts::expand);
    all.put("Gather", Drafts::gather);
    all.put("Dropout", Drafts::dropout);
    for (String each :
        new String[] {
          "ReduceMean",
          "ReduceSum",
          "ReduceMax",
          "ReduceMin",
          "ReduceL2",
          "ReduceSumSquare",
          "ReduceL1"
        }) {
      all.put(each, Drafts::reduce);
    }
    all.put("Gemm", Drafts::gemm);
    all.put("MatMul", Drafts::matMul);
    all.put("LayerNormalization", Drafts::layerNorm);
    all.put("GroupNormalization", Drafts::groupNorm);
    all.put(
        "MeanVarianceNormalization",
        d -> {
          d.input(d.between(1, 3), d.between(1, 4), d.between(2, 4), d.between(1, 4)).opset(9, 13);
          if (d.maybe()) {
            d.list("axes", d.any(new long[] {2, 3}, new long[] {1, 2, 3}, new long[] {0, 2, 3}));
          }
        });
    WindowDrafts.register(all);
    return all;
  }

  /** An input of any rank. */
  static Draft any(Draft d) {
    return d.input(d.sizes(d.between(1, 5)));
  }

  private static Draft maybe(Draft d, String name) {
    return d.maybe() ? d.set(name, d.random.nextFloat() * 2) : d;
  }

  /** A second input that broadcasts to the first, or the first to it; or the first itself. */
  private static void broadcast(Draft d, float scalar) {
    long[] x = d.dims();
    int kind = d.between(0, 3);
    if (kind == 0) {
      d.number(scalar);
      return;
    }
    int rank = d.between(0, x.length);
    long[] sizes = Arrays.copyOfRange(x, x.length - rank, x.length);
    for (int a = 0; a < sizes.length; a++) {
      sizes[a] = d.maybe() ? 1 : sizes[a];
    }
    float[] all = new float[(int) Arrays.stream(sizes).reduce(1, Math::multiplyExact)];
    Arrays.fill(all, scalar);
    if (d.operator().equals("Pow")) {
      d.singles(all, sizes);
    } else {
      d.positive(sizes);
    }
  }

  private static void arithmetic(Draft d) {
    any(d);
    d.opset(7, 13, 14);
    if (d.between(0, 5) == 0) {
      d.again();
      return;
    }
    if (d.between(0, 3) == 0) {
      long[] larger = d.dims().clone();
      for (int a = 0; a < larger.length; a++) {
        larger[a] = larger[a] == 1 ? d.between(1, 3) : larger[a];
      }
      d.positive(larger);
    } else {
      broadcast(d, 0.75f);
    }
    if (d.maybe() && !d.operator().equals("Div")) {
      d.swap();
    }
  }

  private static void several(Draft d) {
    any(d).opset(8, 13);
    int more = d.between(0, 3);
    for (int i = 0; i < more; i++) {
      broadcast(d, 0.25f);
    }
  }

  private static void clip(Draft d) {
    any(d);
    boolean low = d.maybe();
    boolean high = d.maybe();
    float a = d.random.nextFloat() - 1;
    float b = d.random.nextFloat() * 2 - 0.5f;
    if (d.opset(6, 11, 12, 13) < 11) {
      if (low) {
        d.set("min", a);
      }
      if (high) {
        d.set("max", b);
      }
      return;
    }
    if (low) {
      d.number(a);
    } else if (high) {
      d.none();
    }
    if (high) {
      d.number(b);
    }
  }

  private static void prelu(Draft d) {
    any(d).opset(9, 16);
    long[] x = d.dims();
    int kind = d.between(0, 3);
    long[] ones = new long[Math.max(0, x.length - 1)];
    Arrays.fill(ones, 1);
    if (ones.length > 0) {
      ones[0] = x[1];
    }
    if (kind == 0) {
      d.drawn(1);
    } else if (kind == 1) {
      d.drawn(ones);
    } else if (kind == 2) {
      d.drawn(Arrays.copyOfRange(x, Math.min(1, x.length - 1), x.length));
    } else {
      d.drawn(x[x.length - 1]);
    }
  }

  private static void softmax(Draft d) {
    any(d);
    int rank = d.dims().length;
    long opset = d.opset(1, 11, 13);
    if (d.maybe() || (opset < 13 && rank < 2)) {
      d.set("axis", opset < 11 ? d.between(0, rank - 1) : d.between(-rank, rank - 1));
    }
  }

  private static void concat(Draft d) {
    any(d).opset(4, 11, 13);
    int rank = d.dims().length;
    int axis = d.between(0, rank - 1);
    d.set("axis", d.opset() >= 11 && d.maybe() ? axis - rank : axis);
    int more = d.between(0, 2);
    for (int i = 0; i < more; i++) {
      long[] sizes = d.dims().clone();
      sizes[axis] = d.between(1, 3);
      if (d.maybe()) {
        d.again();
      } else {
        d.drawn(sizes);
      }
    }
  }

  private static void split(Draft d) {
    any(d);
    int rank = d.dims().length;
    int axis = d.between(0, rank - 1);
    long opset = d.opset(2, 11, 13, 18);
    if (axis > 0 || d.maybe()) {
      d.set("axis", opset >= 11 && d.maybe() ? axis - rank : axis);
    }
    long size = d.dims()[axis];
    if (size > 1 && d.maybe()) {
      long first = d.between(1, (int) size - 1);
      d.outputs(2);
      if (opset < 13) {
        d.list("split", first, size - first);
      } else {
        d.longs(first, size - first);
      }
      return;
    }
    int parts = opset >= 18 ? d.between(1, (int) size) : (int) size;
    if (opset >= 18 && Math.ceilDiv(size, Math.ceilDiv(size, parts)) < parts) {
      parts = 1;
    }
    d.outputs(parts);
    if (opset >= 18) {
      d.set("num_outputs", parts);
    }
  }

  private static void slice(Draft d) {
    any(d);
    int rank = d.dims().length;
    long opset = d.opset(1, 10, 11, 13);
    int count = d.between(1, rank);
    long[] axes = Arrays.copyOf(shuffled(d, rank), count);
    boolean named = d.maybe();
    if (!named) {
      axes = LongStream.range(0, count).toArray();
    }
    long[] starts = new long[count];
    long[] ends = new long[count];
    long[] steps = new long[count];
    for (int i = 0; i < count; i++) {
      int size = (int) d.dims()[(int) axes[i]];
      starts[i] = d.between(-size - 1, size);
      ends[i] =
          d.any((long) d.between(-size - 1, size + 2), (long) Integer.MAX_VALUE, Long.MAX_VALUE);
      steps[i] = opset < 10 ? 1 : d.any(1, 1, 2, -1, -2, 3);
      if (steps[i] < 0) {
        starts[i] = d.any((long) size, -1L, (long) Integer.MAX_VALUE);
        ends[i] = d.any((long) -size - 1, 0L, (long) Integer.MIN_VALUE, Long.MIN_VALUE);
      } else if (d.maybe()) {
        starts[i] = 0;
      }
      if (opset >= 11 && named && d.maybe()) {
        axes[i] -= rank;
      }
    }
    if (opset < 10) {
      d.list("starts", starts).list("ends", ends);
      if (named) {
        d.list("axes", axes);
      }
      return;
    }
    d.longs(starts).longs(ends);
    boolean stepped = Arrays.stream(steps).anyMatch(step -> step != 1);
    if (named) {
      d.longs(axes);
    } else if (stepped) {
      d.none();
    }
    if (stepped) {
      d.longs(steps);
    }
  }

  private static void pad(Draft d) {
    any(d);
    int rank = d.dims().length;
    long opset = d.opset(2, 11, 13, 18, 19);
    String mode = d.any("constant", "constant", "edge", "reflect");
    long[] pads = new long[2 * rank];
    for (int i = 0; i < pads.length; i++) {
      int most = mode.equals("reflect") ? (int) d.dims()[i % rank] - 1 : 2;
      pads[i] = d.maybe() ? 0 : d.between(0, most);
    }
    if (mode.equals("constant") && d.maybe()) {
      int axis = d.between(0, rank - 1);
      pads[axis] = d.dims()[axis] > 1 ? -1 : 0;
    }
    if (d.maybe() || !mode.equals("constant")) {
      d.set("mode", mode);
    }
    boolean filled = mode.equals("constant") && d.maybe();
    if (opset < 11) {
      d.list("pads", pads);
      if (filled) {
        d.set("value", 1.5f);
      }
      return;
    }
    if (opset >= 18 && d.maybe()) {
      int axis = d.between(0, rank - 1);
      d.longs(pads[axis], pads[rank + axis]);
      if (filled) {
        d.number(1.5f);
      } else {
        d.none();
      }
      d.longs(d.maybe() ? axis : axis - rank);
      return;
    }
    d.longs(pads);
    if (filled) {
      d.number(-2.5f);
    }
  }

  private static void reshape(Draft d) {
    any(d).opset(5, 13, 14, 21);
    long[] x = d.dims();
    long all = Arrays.stream(x).reduce(1, Math::multiplyExact);
    switch (d.between(0, 5)) {
      case 0 -> d.longs(-1);
      case 1 -> d.longs(0, -1);
      case 2 -> d.longs(1, all);
      case 3 -> d.longs(all, 1, 1);
      case 4 -> d.longs(LongStream.concat(LongStream.of(1), Arrays.stream(x)).toArray());
      default -> {
        long[] same = x.clone();
        same[d.between(0, x.length - 1)] = d.any(0L, -1L);
        d.longs(same);
      }
    }
    if (d.opset() >= 14 && d.maybe()) {
      d.set("allowzero", 0);
    }
  }

  private static void squeeze(Draft d) {
    any(d);
    long[] x = d.dims().clone();
    long opset = d.opset(1, 11, 13);
    int rank = x.length;
    int axis = d.between(0, rank - 1);
    x[axis] = 1;
    d.input(x);
    if (d.maybe()) {
      long given = opset >= 11 && d.maybe() ? axis - rank : axis;
      if (opset < 13) {
        d.list("axes", given);
      } else {
        d.longs(given);
      }
    }
  }

  private static void unsqueeze(Draft d) {
    d.input(d.sizes(d.between(1, 3)));
    long opset = d.opset(1, 11, 13);
    int rank = d.dims().length;
    int count = d.between(1, 2);
    long[] axes = Arrays.copyOf(shuffled(d, rank + count), count);
    for (int i = 0; i < count; i++) {
      axes[i] -= opset >= 11 && d.maybe() ? rank + count : 0;
    }
    if (opset < 13) {
      d.list("axes", axes);
    } else {
      d.longs(axes);
    }
  }

  private static void expand(Draft d) {
    any(d).opset(8, 13);
    long[] x = d.dims();
    long[] shape = x.clone();
    for (int a = 0; a < x.length; a++) {
      shape[a] = x[a] == 1 ? d.between(1, 3) : d.maybe() ? 1 : x[a];
    }
    if (d.maybe()) {
      shape = LongStream.concat(LongStream.of(d.between(1, 2)), Arrays.stream(shape)).toArray();
    }
    d.longs(shape);
  }

  private static void gather(Draft d) {
    any(d).opset(1, 11, 13);
    int rank = d.dims().length;
    int axis = d.between(0, rank - 1);
    int size = (int) d.dims()[axis];
    if (axis > 0 || d.maybe()) {
      d.set("axis", d.maybe() ? axis : axis - rank);
    }
    long[] sizes = d.sizes(d.between(0, 2));
    int count = (int) Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    int low = d.opset() >= 11 ? -size : 0;
    d.longs(LongStream.range(0, count).map(_ -> d.between(low, size - 1)).toArray(), sizes);
  }

  private static void dropout(Draft d) {
    any(d);
    if (d.opset(7, 10, 12, 13) < 12) {
      maybe(d, "ratio");
    } else if (d.maybe()) {
      d.number(0.3f);
    }
  }

  private static void reduce(Draft d) {
    any(d);
    int rank = d.dims().length;
    boolean sum = d.operator().equals("ReduceSum");
    long opset = d.opset(11, 13, 18);
    if (d.maybe()) {
      d.set("keepdims", d.between(0, 1));
    }
    boolean input = opset >= 18 || (sum && opset >= 13);
    if (d.between(0, 3) == 0) {
      if (input && d.maybe()) {
        d.set("noop_with_empty_axes", d.between(0, 1));
      }
      return;
    }
    long[] axes = Arrays.copyOf(shuffled(d, rank), d.between(1, rank));
    for (int i = 0; i < axes.length; i++) {
      axes[i] -= d.maybe() ? rank : 0;
    }
    if (input) {
      d.longs(axes);
    } else {
      d.list("axes", axes);
    }
  }

  private static void gemm(Draft d) {
    int m = d.between(1, 4);
    int k = d.between(1, 5);
    int n = d.between(1, 4);
    boolean a = d.between(0, 3) == 0;
    boolean b = d.maybe();
    d.opset(7, 9, 11, 13);
    d.input(a ? k : m, a ? m : k);
    d.drawn(b ? n : k, b ? k : n);
    if (a) {
      d.set("transA", 1);
    }
    if (b) {
      d.set("transB", 1);
    }
    if (d.maybe()) {
      d.set("alpha", 0.5f + d.random.nextFloat());
    }
    if (d.maybe()) {
      d.set("beta", d.any(0f, 0.25f, 2f));
    }
    switch (d.between(0, 6)) {
      case 0 -> d.drawn(n);
      case 1 -> d.drawn(1);
      case 2 -> d.drawn();
      case 3 -> d.drawn(m, n);
      case 4 -> d.drawn(1, n);
      case 5 -> d.drawn(m, 1);
      default -> {
        if (d.opset() < 11) {
          d.drawn(n);
        }
      }
    }
  }

  private static void matMul(Draft d) {
    d.opset(1, 9, 13);
    long[] x = d.sizes(d.between(1, 4));
    d.input(x);
    long k = x[x.length - 1];
    switch (d.between(0, 3)) {
      case 0 -> d.drawn(k);
      case 1 -> d.drawn(k, d.between(1, 4));
      case 2 -> {
        long[] stack = x.length < 3 ? new long[] {2} : Arrays.copyOf(x, x.length - 2);
        d.drawn(
            LongStream.concat(Arrays.stream(stack), LongStream.of(k, d.between(1, 3))).toArray());
      }
      default -> {
        long rows = x.length == 1 ? x[0] : x[x.length - 2];
        d.drawn(d.between(1, 3), rows).swap();
      }
    }
  }

  private static void layerNorm(Draft d) {
    any(d).opset(17);
    int rank = d.dims().length;
    int axis = d.between(0, rank - 1);
    if (axis < rank - 1 || d.maybe()) {
      d.set("axis", d.maybe() ? axis : axis - rank);
    }
    if (d.maybe()) {
      d.set("epsilon", 0.01f);
    }
    long[] rest = Arrays.copyOfRange(d.dims(), axis, rank);
    d.drawn(rest);
    if (d.maybe()) {
      d.drawn(rest);
    }
    d.outputs(d.any(1, 1, 3));
  }

  private static void groupNorm(Draft d) {
    int groups = d.between(1, 3);
    int channels = groups * d.between(1, 2);
    long opset = d.opset(18, 21);
    d.input(d.between(1, 2), channels, d.between(3, 5), d.between(2, 3));
    d.set("num_groups", groups);
    int count = opset < 21 ? groups : channels;
    d.drawn(count).drawn(count);
  }

  static long[] shuffled(Draft d, int count) {
    long[] order = IntStream.range(0, count).asLongStream().toArray();
    for (int i = count - 1; i > 0; i--) {
      int j = d.between(0, i);
      long kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
}
