package dev.vitrine.onnx;

import dev.vitrine.op.Concat;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.List;

/** Values joined along an axis. */
final class Joining {
  private Joining() {}

  static List<Datum> concat(Site site) {
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
    double[] all = new double[Known.room(dims)];
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
}
