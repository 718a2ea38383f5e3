package dev.vitrine.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Operators that move numbers, or give them other sizes. */
final class ShapeOperators {
  private ShapeOperators() {}

  static void register(Map<String, Operator> operators) {
    operators.put("Reshape", ShapeOperators::reshape);
    operators.put("Flatten", ShapeOperators::flatten);
    operators.put("Squeeze", ShapeOperators::squeeze);
    operators.put("Unsqueeze", ShapeOperators::unsqueeze);
    operators.put("Transpose", ShapeOperators::transpose);
    operators.put("Concat", Joining::concat);
    operators.put("Split", Slices::split);
    operators.put("Slice", Slices::slice);
    operators.put("Pad", Padding::pad);
    operators.put("Gather", Slices::gather);
    operators.put("Expand", ShapeOperators::expand);
  }

  static double count(Datum x) {
    return Known.product(x.dims(), 0, x.rank());
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

  private static List<Datum> expand(Site site) {
    Datum x = site.in(0);
    return Site.one(Numpy.expand(site, x, Numpy.broadcast(x.dims(), site.known(1).longs())));
  }
}
