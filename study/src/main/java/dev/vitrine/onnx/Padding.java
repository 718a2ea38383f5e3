package dev.vitrine.onnx;

import dev.vitrine.op.Concat;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Values made larger, or smaller, at the ends of their axes. */
final class Padding {
  private Padding() {}

  static List<Datum> pad(Site site) {
    Datum x = site.in(0);
    String old = site.says("paddings") ? "paddings" : "pads";
    long[] pads = site.integers(old, 1).orElseThrow(() -> new Refusal("its pads are missing"));
    long[] axes =
        site.has(3) ? site.known(3).longs() : IntStream.range(0, x.rank()).asLongStream().toArray();
    if (pads.length != 2 * axes.length) {
      throw new Refusal("its pads have %s numbers".formatted(pads.length));
    }
    String mode = site.text("mode", "constant");
    double filling = site.has(2) ? site.known(2).single() : site.real("value", 0);
    for (int i = 0; i < axes.length; i++) {
      int axis = Site.axis(axes[i], x.rank());
      int before = Math.toIntExact(pads[i]);
      int after = Math.toIntExact(pads[i + axes.length]);
      if (before != 0 || after != 0) {
        x = along(site.network(), x, axis, before, after, mode, filling);
      }
    }
    return Site.one(x);
  }

  private static Datum along(
      Ops ops, Datum x, int axis, int before, int after, String mode, double filling) {
    int size = (int) x.dims()[axis];
    long[] padded = x.dims();
    padded[axis] = Math.max(0, (long) size + before + after);
    Known.requireCount(padded);
    if (mode.equals("constant")) {
      int from = Math.max(0, -before);
      int to = size - Math.max(0, -after);
      Datum kept = Moves.pick(ops, x, axis, IntStream.range(from, to).toArray());
      if (!(kept instanceof Flowing f)) {
        throw new Refusal("it pads a constant");
      }
      Flowing at = f.batch() == axis ? f.freed(ops) : f;
      int inner = at.inner(axis);
      Value y =
          filling == 0
              ? ops.pad(at.value(), inner, Math.max(0, before), Math.max(0, after))
              : filled(ops, at.value(), inner, Math.max(0, before), Math.max(0, after), filling);
      return at.with(y);
    }
    int[] places = IntStream.range(-before, size + after).map(i -> source(i, size, mode)).toArray();
    return Moves.pick(ops, x, axis, places);
  }

  private static Value filled(Ops ops, Value x, int axis, int before, int after, double filling) {
    List<Value> parts = new ArrayList<>(List.of(x));
    if (before > 0) {
      parts.addFirst(ops.constant(filling, x.shape().with(axis, before)));
    }
    if (after > 0) {
      parts.add(ops.constant(filling, x.shape().with(axis, after)));
    }
    return parts.size() == 1 ? x : ops.apply(new Concat(axis), parts.toArray(Value[]::new));
  }

  private static int source(int place, int size, String mode) {
    return switch (mode) {
      case "edge" -> Math.clamp(place, 0, size - 1);
      case "reflect" -> {
        int period = Math.max(1, 2 * (size - 1));
        int at = Math.floorMod(place, period);
        yield Math.min(at, period - at);
      }
      case "wrap" -> Math.floorMod(place, size);
      default -> throw new Refusal("its mode is " + mode);
    };
  }
}
