package dev.vitrine.onnx;

import dev.vitrine.op.Concat;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Operators that move numbers, and those that speak of sizes. */
final class ShapeOperators {
  private ShapeOperators() {}

  static void register(Map<String, Operator> operators) {
    operators.put("Reshape", ShapeOperators::reshape);
    operators.put("Flatten", ShapeOperators::flatten);
    operators.put("Squeeze", ShapeOperators::squeeze);
    operators.put("Unsqueeze", ShapeOperators::unsqueeze);
    operators.put("Transpose", ShapeOperators::transpose);
    operators.put("Concat", ShapeOperators::concat);
    operators.put("Split", Slices::split);
    operators.put("Slice", Slices::slice);
    operators.put("Pad", Padding::pad);
    operators.put("Gather", Slices::gather);
    operators.put("Expand", ShapeOperators::expand);
    operators.put("Identity", s -> Site.one(own(s.in(0))));
    operators.put("Dropout", ShapeOperators::dropout);
    operators.put("Cast", ShapeOperators::cast);
    operators.put("Constant", ShapeOperators::constant);
    operators.put("ConstantOfShape", ShapeOperators::constantOfShape);
    operators.put("Shape", ShapeOperators::shape);
    operators.put("Size", s -> Site.one(Known.of(new long[0], true, count(s.in(0)))));
    operators.put("Floor", s -> Site.one(rounded(s)));
  }

  /** PyTorch writes equal numbers once, and each other parameter with them as their identity. */
  private static Datum own(Datum x) {
    return x instanceof Known known ? known.copied() : x;
  }

  private static double count(Datum x) {
    return Known.product(x.dims(), 0, x.rank());
  }

  private static Datum rounded(Site site) {
    return site.known(0).mapped(Math::floor);
  }

  private static List<Datum> reshape(Site site) {
    Datum x = site.in(0);
    long[] target =
        site.integers("shape", 1).orElseThrow(() -> new Refusal("its shape is missing"));
    boolean zeros = site.integer("allowzero", 0) != 0;
    int open = -1;
    for (int a = 0; a < target.length; a++) {
      if (target[a] == 0 && !zeros) {
        if (a >= x.rank()) {
          throw new Refusal("its shape copies an axis that its input does not have");
        }
        target[a] = x.dims()[a];
      } else if (target[a] == -1 && open < 0) {
        open = a;
      } else if (target[a] < 0) {
        throw new Refusal("its shape is " + Arrays.toString(target));
      }
    }
    if (open >= 0) {
      target[open] = 1;
      long rest = Known.product(target, 0, target.length);
      target[open] = rest == 0 ? 0 : (long) count(x) / rest;
    }
    return Site.one(Moves.reshape(site.network(), x, target));
  }

  private static List<Datum> flatten(Site site) {
    Datum x = site.in(0);
    long given = site.integer("axis", 1);
    int axis = given == x.rank() ? x.rank() : Site.axis(given, x.rank());
    long[] target = {Known.product(x.dims(), 0, axis), Known.product(x.dims(), axis, x.rank())};
    return Site.one(Moves.reshape(site.network(), x, target));
  }

  private static List<Datum> squeeze(Site site) {
    Datum x = site.in(0);
    long[] dims = x.dims();
    boolean[] gone = new boolean[dims.length];
    var given = site.integers("axes", 1);
    for (int a = 0; a < gone.length; a++) {
      boolean batch = x instanceof Flowing f && f.batch() == a;
      gone[a] = given.isEmpty() && dims[a] == 1 && !batch;
    }
    for (long axis : given.orElse(new long[0])) {
      gone[Site.axis(axis, dims.length)] = true;
    }
    return Site.one(Moves.squeeze(site.network(), x, gone));
  }

  private static List<Datum> unsqueeze(Site site) {
    long[] axes = site.integers("axes", 1).orElseThrow(() -> new Refusal("its axes are missing"));
    boolean[] isNew = new boolean[site.in(0).rank() + axes.length];
    for (long axis : axes) {
      int at = Site.axis(axis, isNew.length);
      if (isNew[at]) {
        throw new Refusal("its axes are " + Arrays.toString(axes));
      }
      isNew[at] = true;
    }
    return Site.one(Moves.unsqueeze(site.network(), site.in(0), isNew));
  }

  private static List<Datum> transpose(Site site) {
    int rank = site.in(0).rank();
    int[] order = site.integers("perm").stream().mapToInt(axis -> Site.axis(axis, rank)).toArray();
    if (order.length == 0) {
      order = IntStream.range(0, rank).map(a -> rank - 1 - a).toArray();
    }
    if (order.length != rank || Arrays.stream(order).distinct().count() != rank) {
      throw new Refusal("its perm is " + Arrays.toString(order));
    }
    return Site.one(Moves.transpose(site.network(), site.in(0), order));
  }

  private static List<Datum> concat(Site site) {
    List<Datum> parts = new ArrayList<>();
    for (int i = 0; i < site.inputs(); i++) {
      parts.add(site.in(i));
    }
    int axis = Site.axis(site.integer("axis", 1), site.in(0).rank());
    boolean known = parts.stream().allMatch(Known.class::isInstance);
    return Site.one(known ? joined(parts, axis) : joined(site.network(), parts, axis));
  }

  private static Known joined(List<Datum> parts, int axis) {
    long[] dims = parts.getFirst().dims();
    dims[axis] = parts.stream().mapToLong(part -> part.dims()[axis]).sum();
    int outer = (int) Known.product(dims, 0, axis);
    double[] all = new double[(int) Known.product(dims, 0, dims.length)];
    int row = all.length / Math.max(1, outer);
    boolean whole = true;
    int at = 0;
    for (Datum part : parts) {
      Known known = (Known) part;
      whole &= known.isWhole();
      double[] numbers = known.numbers();
      int length = numbers.length / Math.max(1, outer);
      if (at + length > row) {
        throw new Refusal("its inputs differ along other axes");
      }
      for (int o = 0; o < outer; o++) {
        System.arraycopy(numbers, o * length, all, o * row + at, length);
      }
      at += length;
    }
    return Known.of(dims, whole, all);
  }

  private static Datum joined(Ops ops, List<Datum> parts, int axis) {
    Flowing first =
        (Flowing) parts.stream().filter(Flowing.class::isInstance).findFirst().orElseThrow();
    boolean batched =
        first.batch() != axis
            && parts.stream()
                .allMatch(
                    p -> p instanceof Flowing f ? f.batch() == first.batch() : fits(p, first));
    int batch = batched ? first.batch() : -1;
    Value[] values = new Value[parts.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (parts.get(i)) {
            case Flowing f -> batched ? f.value() : f.freed(ops).value();
            case Known known ->
                ops.constant(Flowing.shape(Flowing.without(known.dims(), batch)), known.numbers());
          };
    }
    int inner = batch >= 0 && axis > batch ? axis - 1 : axis;
    Value y = values.length == 1 ? values[0] : ops.apply(new Concat(inner), values);
    return new Flowing(y, batch, batch < 0 ? 1 : first.size());
  }

  /** Whether a constant can stand beside a value without its batch. */
  private static boolean fits(Datum known, Flowing beside) {
    return !beside.isBatched()
        || (known.rank() > beside.batch()
            && known.dims()[beside.batch()] == 1
            && beside.size() == 1);
  }

  private static List<Datum> expand(Site site) {
    Datum x = site.in(0);
    return Site.one(Numpy.expand(site, x, Numpy.broadcast(x.dims(), site.known(1).longs())));
  }

  private static List<Datum> dropout(Site site) {
    boolean training = site.has(2) && site.known(2).single() != 0;
    boolean drops = !site.has(1) || site.known(1).single() != 0;
    if (training && drops) {
      throw new Refusal("it drops at random even where nothing is learned");
    }
    return List.of(site.in(0), Known.of(site.in(0).dims(), true, 1));
  }

  private static List<Datum> cast(Site site) {
    int to = (int) site.integer("to", 1);
    boolean real = to == 1 || to == 10 || to == 11 || to == 16;
    return Site.one(
        switch (site.in(0)) {
          case Known known when real -> known.mapped(number -> number);
          case Known known when to == 9 -> known.mapped(number -> number == 0 ? 0 : 1);
          case Known known ->
              Known.of(
                  known.dims(),
                  true,
                  Arrays.stream(known.numbers()).map(number -> (long) number).toArray());
          case Flowing f when real -> f;
          case Flowing _ -> throw new Refusal("it makes whole numbers of what flows");
        });
  }

  private static List<Datum> constant(Site site) {
    if (site.says("value_int") || site.says("value_float")) {
      boolean whole = site.says("value_int");
      double number = whole ? site.integer("value_int", 0) : site.real("value_float", 0);
      return Site.one(Known.of(new long[0], whole, number));
    }
    if (site.says("value_ints")) {
      return Site.one(
          Known.list(site.integers("value_ints").stream().mapToLong(Long::longValue).toArray()));
    }
    if (site.says("value_floats")) {
      List<Float> reals = site.reals("value_floats");
      double[] numbers = reals.stream().mapToDouble(Float::doubleValue).toArray();
      return Site.one(Known.of(new long[] {numbers.length}, false, numbers));
    }
    return Site.one(site.tensor("value").orElseThrow(() -> new Refusal("its value is not read")));
  }

  private static List<Datum> constantOfShape(Site site) {
    long[] dims = site.known(0).longs();
    if (Arrays.stream(dims).anyMatch(size -> size < 0)) {
      throw new Refusal("its shape is " + Arrays.toString(dims));
    }
    Known value = site.tensor("value").orElse(Known.of(new long[0], false, 0));
    return Site.one(Known.of(dims, value.isWhole(), value.single()));
  }

  private static List<Datum> shape(Site site) {
    long[] dims = site.in(0).dims();
    int start = bound(site.integer("start", 0), dims.length);
    int end = bound(site.integer("end", dims.length), dims.length);
    return Site.one(Known.list(Arrays.copyOfRange(dims, Math.min(start, end), end)));
  }

  private static int bound(long given, int rank) {
    return Math.clamp(given < 0 ? given + rank : given, 0, rank);
  }
}
