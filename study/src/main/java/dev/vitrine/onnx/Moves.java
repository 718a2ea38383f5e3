package dev.vitrine.onnx;

import dev.vitrine.op.Concat;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rearrangements of values and of constants, which operators are made of. */
final class Moves {
  private Moves() {}

  /** The same numbers in other sizes; the batch stays where the sizes before it are the same. */
  static Datum reshape(Ops ops, Datum x, long[] target) {
    if (Known.product(x.dims(), 0, x.rank()) != Known.product(target, 0, target.length)) {
      throw new Refusal(
          "%s cannot become %s".formatted(Arrays.toString(x.dims()), Arrays.toString(target)));
    }
    return switch (x) {
      case Known known -> known.reshaped(target);
      case Flowing flowing -> reshape(ops, flowing, target);
    };
  }

  private static Flowing reshape(Ops ops, Flowing x, long[] target) {
    if (x.isBatched()) {
      long before = Known.product(x.dims(), 0, x.batch());
      for (int a = 0; a < target.length; a++) {
        if (target[a] == x.size() && Known.product(target, 0, a) == before) {
          return relabel(ops, x, target, a);
        }
      }
    }
    Flowing free = x.freed(ops);
    return Flowing.free(ops.reshape(free.value(), Flowing.shape(target)));
  }

  /** The same numbers in other sizes, of which one is known to be the batch. */
  static Flowing relabel(Ops ops, Flowing x, long[] target, int batch) {
    Value value = ops.reshape(x.value(), Flowing.shape(Flowing.without(target, batch)));
    return new Flowing(value, batch, x.size());
  }

  /** New axes of size 1 at these places of the result. */
  static Datum unsqueeze(Ops ops, Datum x, boolean[] isNew) {
    long[] target = new long[isNew.length];
    int old = 0;
    int batch = -1;
    for (int a = 0; a < target.length; a++) {
      if (isNew[a]) {
        target[a] = 1;
      } else {
        if (x instanceof Flowing f && f.batch() == old) {
          batch = a;
        }
        target[a] = x.dims()[old++];
      }
    }
    return x instanceof Flowing f && f.isBatched()
        ? relabel(ops, f, target, batch)
        : reshape(ops, x, target);
  }

  /** Without these axes, which have size 1. */
  static Datum squeeze(Ops ops, Datum x, boolean[] gone) {
    Datum from = x instanceof Flowing f && f.isBatched() && gone[f.batch()] ? f.freed(ops) : x;
    List<Long> target = new ArrayList<>();
    int batch = -1;
    for (int a = 0; a < gone.length; a++) {
      if (!gone[a]) {
        if (from instanceof Flowing f && f.batch() == a) {
          batch = target.size();
        }
        target.add(from.dims()[a]);
      } else if (from.dims()[a] != 1) {
        throw new Refusal("axis %s of %s is not 1".formatted(a, Arrays.toString(from.dims())));
      }
    }
    long[] dims = target.stream().mapToLong(Long::longValue).toArray();
    return from instanceof Flowing f && f.isBatched()
        ? relabel(ops, f, dims, batch)
        : reshape(ops, from, dims);
  }

  /** Axes in another order. */
  static Datum transpose(Ops ops, Datum x, int[] order) {
    long[] dims = x.dims();
    long[] target = Arrays.stream(order).mapToLong(a -> dims[a]).toArray();
    return switch (x) {
      case Known known -> known.picked(target, projection(dims, order));
      case Flowing f when !f.isBatched() -> Flowing.free(permuted(ops, f.value(), order));
      case Flowing f -> {
        int[] rest = Arrays.stream(order).filter(a -> a != f.batch()).map(f::inner).toArray();
        int batch = 0;
        while (order[batch] != f.batch()) {
          batch++;
        }
        yield new Flowing(permuted(ops, f.value(), rest), batch, f.size());
      }
    };
  }

  private static Value permuted(Ops ops, Value x, int[] order) {
    for (int a = 0; a < order.length; a++) {
      if (order[a] != a) {
        return ops.permute(x, order);
      }
    }
    return x;
  }

  private static int[] projection(long[] dims, int[] order) {
    int[] from = new int[Known.room(dims)];
    for (int k = 0; k < from.length; k++) {
      int rest = k;
      for (int a = order.length - 1; a >= 0; a--) {
        int index = (int) (rest % dims[order[a]]);
        rest /= (int) dims[order[a]];
        from[k] += (int) (index * Known.product(dims, order[a] + 1, dims.length));
      }
    }
    return from;
  }

  /** The elements at these places along an axis. */
  static Datum pick(Ops ops, Datum x, int axis, int[] places) {
    long[] target = x.dims();
    for (int place : places) {
      if (place < 0 || place >= target[axis]) {
        throw new Refusal("place %s of an axis of %s".formatted(place, target[axis]));
      }
    }
    int size = (int) target[axis];
    target[axis] = places.length;
    if (x instanceof Known known) {
      int inner = (int) Known.product(target, axis + 1, target.length);
      int[] from = new int[Known.room(target)];
      for (int k = 0; k < from.length; k++) {
        int outer = k / inner / places.length;
        from[k] = (outer * size + places[k / inner % places.length]) * inner + k % inner;
      }
      return known.picked(target, from);
    }
    Flowing f = (Flowing) x;
    Flowing at = f.batch() == axis ? f.freed(ops) : f;
    return at.with(pickValue(ops, at.value(), at.inner(axis), places));
  }

  private static Value pickValue(Ops ops, Value x, int axis, int[] places) {
    if (places.length == 0) {
      throw new Refusal("nothing of an axis would be left");
    }
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < places.length; ) {
      int end = i + 1;
      while (end < places.length && places[end] == places[end - 1] + 1) {
        end++;
      }
      parts.add(ops.apply(new Slice(axis, places[i], end - i), x));
      i = end;
    }
    if (parts.size() == 1 && places.length == x.shape().size(axis)) {
      return x;
    }
    return parts.size() == 1
        ? parts.getFirst()
        : ops.apply(new Concat(axis), parts.toArray(Value[]::new));
  }
}
