package dev.vitrine.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Parts of values along axes. */
final class Slices {
  private static final int LARGEST_STEP_LIST = 4096;

  private Slices() {}

  static List<Datum> split(Site site) {
    Datum x = site.in(0);
    int axis = Site.axis(site.integer("axis", 0), x.rank());
    int size = (int) x.dims()[axis];
    long[] parts = site.integers("split", 1).orElse(new long[0]);
    if (parts.length == 0) {
      int count = (int) site.integer("num_outputs", site.outputs());
      int each = Math.ceilDiv(size, Math.max(1, count));
      parts = new long[Math.max(1, count)];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = Math.clamp(size - (long) i * each, 0, each);
      }
    }
    if (Arrays.stream(parts).sum() != size) {
      throw new Refusal("its parts %s are not %s together".formatted(Arrays.toString(parts), size));
    }
    List<Datum> outputs = new ArrayList<>();
    int from = 0;
    for (long part : parts) {
      int[] places = IntStream.range(from, from + (int) part).toArray();
      outputs.add(Moves.pick(site.network(), x, axis, places));
      from += (int) part;
    }
    return outputs;
  }

  static List<Datum> slice(Site site) {
    Datum x = site.in(0);
    long[] starts = site.integers("starts", 1).orElseThrow(() -> new Refusal("it has no starts"));
    long[] ends = site.integers("ends", 2).orElseThrow(() -> new Refusal("it has no ends"));
    long[] axes =
        site.integers("axes", 3).orElse(IntStream.range(0, starts.length).asLongStream().toArray());
    long[] ones = new long[starts.length];
    Arrays.fill(ones, 1);
    long[] steps = site.has(4) ? site.known(4).longs() : ones;
    if (ends.length != starts.length
        || axes.length != starts.length
        || steps.length != starts.length) {
      throw new Refusal(
          "it has %s starts, %s ends, %s axes and %s steps"
              .formatted(starts.length, ends.length, axes.length, steps.length));
    }
    for (int i = 0; i < starts.length; i++) {
      int axis = Site.axis(axes[i], x.rank());
      int[] places = places(x.dims()[axis], starts[i], ends[i], steps[i]);
      boolean all = places.length == x.dims()[axis] && steps[i] == 1;
      x = all ? x : Moves.pick(site.network(), x, axis, places);
    }
    return Site.one(x);
  }

  /** NumPy's rule: bounds count from the end if negative, and are cut off at the axis's ends. */
  private static int[] places(long size, long start, long end, long step) {
    if (step == 0) {
      throw new Refusal("its step is 0");
    }
    long low = step > 0 ? 0 : -1;
    long high = step > 0 ? size : size - 1;
    long from = Math.clamp(start < 0 ? start + size : start, Math.max(0, low), high);
    long to =
        end < -size ? low : Math.clamp(end < 0 ? end + size : end, low, high + (step > 0 ? 0 : 1));
    long count = Math.max(0, Math.ceilDiv(to - from, step));
    if (Math.abs(step) > 1 && count > LARGEST_STEP_LIST) {
      throw new Refusal("it takes %s elements one by one".formatted(count));
    }
    return IntStream.range(0, (int) count).map(i -> (int) (from + i * step)).toArray();
  }

  static List<Datum> gather(Site site) {
    Datum x = site.in(0);
    Known indices = site.known(1);
    int axis = Site.axis(site.integer("axis", 0), x.rank());
    long size = x.dims()[axis];
    int[] places =
        Arrays.stream(indices.longs())
            .mapToInt(i -> Math.toIntExact(i < 0 ? i + size : i))
            .toArray();
    Datum picked = Moves.pick(site.network(), x, axis, places);
    if (indices.rank() == 1) {
      return Site.one(picked);
    }
    if (indices.rank() == 0) {
      boolean[] gone = new boolean[x.rank()];
      gone[axis] = true;
      return Site.one(Moves.squeeze(site.network(), picked, gone));
    }
    List<Long> target = new ArrayList<>();
    for (int a = 0; a < x.rank(); a++) {
      if (a == axis) {
        Arrays.stream(indices.dims()).forEach(target::add);
      } else {
        target.add(x.dims()[a]);
      }
    }
    long[] dims = target.stream().mapToLong(Long::longValue).toArray();
    return Site.one(Moves.reshape(site.network(), picked, dims));
  }
}
