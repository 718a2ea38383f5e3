package dev.vitrine.onnx;

import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Values sampled anew along their axes, one axis after another. */
final class Resizing {
  private Resizing() {}

  /** What a node scales: its axes, by which factors, to which sizes. */
  private record Target(long[] dims, float[] scales, int[] sizes) {
    static Target of(long[] dims, int[] axes, float[] factors) {
      float[] scales = new float[dims.length];
      Arrays.fill(scales, 1);
      int[] sizes = Arrays.stream(dims).mapToInt(Math::toIntExact).toArray();
      for (int i = 0; i < axes.length; i++) {
        if (!(factors[i] > 0)) {
          throw new Refusal("its factor is " + factors[i]);
        }
        scales[axes[i]] = factors[i];
        sizes[axes[i]] = (int) Math.floor((double) factors[i] * dims[axes[i]]);
      }
      return new Target(dims, scales, sizes);
    }

    static Target of(long[] dims, int[] axes, long[] wanted) {
      Target same = of(dims, new int[0], new float[0]);
      for (int i = 0; i < axes.length; i++) {
        same.scales[axes[i]] = (float) wanted[i] / dims[axes[i]];
        same.sizes[axes[i]] = Math.toIntExact(wanted[i]);
      }
      return same;
    }
  }

  static List<Datum> upsample(Site site) {
    float[] factors;
    if (site.has(1)) {
      factors = site.known(1).floats();
    } else {
      factors = new float[site.reals("scales").size()];
      for (int i = 0; i < factors.length; i++) {
        factors[i] = site.reals("scales").get(i);
      }
    }
    int[] axes = axes(site, factors.length);
    Target target = Target.of(site.in(0).dims(), axes, factors);
    return sampled(site, target, Sampling.old(site.text("mode", "nearest")));
  }

  static List<Datum> resize(Site site) {
    if (site.opset() < 11) {
      float[] factors = site.known(1).floats();
      int[] axes = axes(site, factors.length);
      return sampled(
          site,
          Target.of(site.in(0).dims(), axes, factors),
          Sampling.old(site.text("mode", "nearest")));
    }
    String policy = site.text("keep_aspect_ratio_policy", "stretch");
    if (!policy.equals("stretch")) {
      throw new Refusal("its keep_aspect_ratio_policy is " + policy);
    }
    boolean scaled = site.has(2) && site.known(2).count() > 0;
    long[] sizes = scaled ? new long[0] : site.known(3).longs();
    float[] factors = scaled ? site.known(2).floats() : new float[0];
    int[] axes = axes(site, Math.max(sizes.length, factors.length));
    long[] dims = site.in(0).dims();
    Target target = scaled ? Target.of(dims, axes, factors) : Target.of(dims, axes, sizes);
    return sampled(site, target, Sampling.of(site));
  }

  /** Which axes the numbers are for, all if the node does not say. */
  private static int[] axes(Site site, int count) {
    int rank = site.in(0).rank();
    int[] axes =
        site.says("axes")
            ? site.integers("axes").stream().mapToInt(axis -> Site.axis(axis, rank)).toArray()
            : IntStream.range(0, rank).toArray();
    if (axes.length != count) {
      throw new Refusal("it scales %s axes by %s numbers".formatted(axes.length, count));
    }
    return axes;
  }

  private static List<Datum> sampled(Site site, Target target, Sampling sampling) {
    Flowing x = site.flowing(0);
    for (int axis = 0; axis < target.dims.length; axis++) {
      if (target.scales[axis] != 1) {
        x = along(site, x, axis, target, sampling);
      }
    }
    return Site.one(x);
  }

  private static Flowing along(
      Site site, Flowing given, int axis, Target target, Sampling sampling) {
    Ops ops = site.network();
    Flowing x = given.batch() == axis ? given.freed(ops) : given;
    int in = (int) target.dims[axis];
    int out = target.sizes[axis];
    if (out < 1) {
      throw new Refusal("nothing of an axis would be left");
    }
    long[] sampled = x.dims();
    sampled[axis] = out;
    Known.requireCount(sampled);
    Sampling.Tap[] taps = sampling.taps(in, out, target.scales[axis]);
    int inner = x.inner(axis);
    if (taps.length == 1 && isRepeated(taps[0].places(), in)) {
      return x.with(repeated(ops, x.value(), inner, out / in));
    }
    Value sum = null;
    for (Sampling.Tap tap : taps) {
      Flowing picked = (Flowing) Moves.pick(ops, x, axis, tap.places());
      Value part = taps.length == 1 ? picked.value() : weighted(ops, picked.value(), inner, tap);
      sum = sum == null ? part : ops.add(sum, part);
    }
    return x.with(sum);
  }

  private static boolean isRepeated(int[] places, int in) {
    int factor = places.length / in;
    return places.length == in * factor
        && IntStream.range(0, places.length).allMatch(i -> places[i] == i / factor);
  }

  private static Value repeated(Ops ops, Value x, int axis, int factor) {
    int[] sizes = x.shape().sizes();
    int[] apart = new int[sizes.length + 1];
    System.arraycopy(sizes, 0, apart, 0, axis + 1);
    apart[axis + 1] = 1;
    System.arraycopy(sizes, axis + 1, apart, axis + 2, sizes.length - axis - 1);
    Value split = ops.reshape(x, Shape.of(apart));
    apart[axis + 1] = factor;
    sizes[axis] *= factor;
    return ops.reshape(ops.broadcast(split, Shape.of(apart)), Shape.of(sizes));
  }

  private static Value weighted(Ops ops, Value x, int axis, Sampling.Tap tap) {
    int[] column = new int[x.shape().rank() - axis];
    Arrays.fill(column, 1);
    column[0] = tap.weights().length;
    Value weights = ops.constant(Shape.of(column), tap.weights());
    return ops.multiply(x, ops.broadcast(weights, x.shape()));
  }
}
