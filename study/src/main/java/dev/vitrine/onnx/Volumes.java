package dev.vitrine.onnx;

import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Concat;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Op;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Span;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Volumes (C, D, H, W) by operations on planes, depth by depth. */
final class Volumes {
  /** A convolution is one on planes for each of its outputs' depths, so it must not be deep. */
  private static final int MOST_DEPTHS = 1024;

  private Volumes() {}

  static boolean isOne(Site site) {
    return site.in(0).rank() == 5;
  }

  static List<Datum> pool(Site site, boolean max) {
    Flowing from = example(site);
    Value x = volume(site.network(), from);
    Span[] spans = Windows.spans(site, Windows.sizes(site, "kernel_shape", 3), x.shape());
    boolean counted = site.integer("count_include_pad", 0) != 0;
    Function<Window, Op> op =
        window -> max ? new MaxPool(window) : new AveragePool(window, counted);
    Ops ops = site.network();
    int c = x.shape().size(0);
    int d = x.shape().size(1);
    Value planes = ops.reshape(x, Shape.of(c * d, x.shape().size(2), x.shape().size(3)));
    Value flat = ops.apply(op.apply(new Window(spans[1], spans[2])), planes);
    int h = flat.shape().size(1);
    int w = flat.shape().size(2);
    Value columns = ops.reshape(flat, Shape.of(c, d, h * w));
    Value y = ops.apply(op.apply(new Window(spans[0], Span.of(1))), columns);
    return back(ops, from, ops.reshape(y, Shape.of(c, y.shape().size(1), h, w)));
  }

  static List<Datum> global(Site site, boolean max) {
    Flowing from = example(site);
    Ops ops = site.network();
    Value x = volume(ops, from);
    Value y = max ? Reductions.max(ops, x, 1, 2, 3) : ops.mean(x, 1, 2, 3);
    return back(ops, from, ops.reshape(y, Shape.of(x.shape().size(0), 1, 1, 1)));
  }

  static List<Datum> conv(Site site) {
    Flowing from = example(site);
    Ops ops = site.network();
    Value x = volume(ops, from);
    int[] dims = weight(site);
    int groups = Math.toIntExact(site.integer("group", 1));
    requireChannels(x, dims[1] * groups);
    Span[] spans = Windows.spans(site, new int[] {dims[2], dims[3], dims[4]}, x.shape());
    int depths = spans[0].out(x.shape().size(1));
    requireShallow(depths);
    Value w = parameter(site, "weight", 1, Shape.of(dims), dims);
    List<Value> inputs = new ArrayList<>();
    inputs.add(ops.reshape(w, Shape.of(dims[0], dims[1] * dims[2], dims[3], dims[4])));
    if (site.has(2)) {
      inputs.add(parameter(site, "bias", 2, Shape.of(dims[0]), dims));
    }
    Op op = new Convolution(new Window(spans[1], spans[2]), groups, site.has(2));
    Value padded = ops.pad(x, 1, spans[0].before(), spans[0].after());
    List<Value> made = new ArrayList<>();
    for (int i = 0; i < depths; i++) {
      List<Value> all = new ArrayList<>(inputs);
      all.addFirst(seen(ops, padded, spans[0], i));
      made.add(ops.apply(op, all.toArray(Value[]::new)));
    }
    return back(ops, from, stacked(ops, made));
  }

  /** The depths under a window, as channels. */
  private static Value seen(Ops ops, Value padded, Span span, int window) {
    Value[] parts = new Value[span.kernel()];
    for (int u = 0; u < parts.length; u++) {
      int place = window * span.stride() + u * span.dilation();
      parts[u] = ops.apply(new Slice(1, place, 1), padded);
    }
    Value all = joined(ops, parts);
    Shape x = padded.shape();
    return ops.reshape(all, Shape.of(x.size(0) * parts.length, x.size(2), x.size(3)));
  }

  static List<Datum> convTranspose(Site site) {
    Flowing from = example(site);
    Ops ops = site.network();
    Value x = volume(ops, from);
    int[] dims = weight(site);
    int groups = Math.toIntExact(site.integer("group", 1));
    requireChannels(x, dims[0]);
    int[] more = Windows.numbers(site, "output_padding", 0, 3);
    int[] kernel = {dims[2], dims[3], dims[4]};
    Span[] spans = Windows.transposed(site, kernel, x.shape(), more);
    int[] out = new int[3];
    for (int a = 0; a < 3; a++) {
      int covered = (x.shape().size(a + 1) - 1) * spans[a].stride() + spans[a].extent();
      out[a] = covered - spans[a].before() - spans[a].after() + more[a];
    }
    requireShallow(out[0]);
    int channels = dims[1] * groups;
    Value w = parameter(site, "weight", 1, Shape.of(dims), dims);
    Value flat = ops.reshape(w, Shape.of(dims[0], dims[1] * dims[2], dims[3], dims[4]));
    Shape plane = Shape.of(channels * dims[2], out[1], out[2]);
    Op op = new Convolution.InputGradient(new Window(spans[1], spans[2]), groups, plane);
    Value[] depths = new Value[Math.max(0, out[0])];
    for (int d = 0; d < x.shape().size(1); d++) {
      Value slice = ops.apply(new Slice(1, d, 1), x);
      Value image = ops.reshape(slice, Shape.of(dims[0], x.shape().size(2), x.shape().size(3)));
      Value grown =
          ops.reshape(ops.apply(op, flat, image), Shape.of(channels, dims[2], out[1], out[2]));
      spread(ops, grown, spans[0], d, depths);
    }
    Shape empty = Shape.of(channels, 1, out[1], out[2]);
    for (int i = 0; i < depths.length; i++) {
      depths[i] = depths[i] == null ? ops.constant(0, empty) : depths[i];
    }
    Value y = joined(ops, depths);
    if (site.has(2)) {
      Value b = parameter(site, "bias", 2, Shape.of(channels), dims);
      y = ops.add(y, ops.broadcast(ops.reshape(b, Shape.of(channels, 1, 1, 1)), y.shape()));
    }
    return back(ops, from, y);
  }

  /** Adds what one depth makes to the depths that it reaches. */
  private static void spread(Ops ops, Value grown, Span span, int depth, Value[] depths) {
    for (int u = 0; u < span.kernel(); u++) {
      int place = span.source(depth, u);
      if (place >= 0 && place < depths.length) {
        Value part = ops.apply(new Slice(1, u, 1), grown);
        depths[place] = depths[place] == null ? part : ops.add(depths[place], part);
      }
    }
  }

  private static int[] weight(Site site) {
    long[] dims = site.known(1).dims();
    if (dims.length != 5) {
      throw new Refusal("its weight has %s axes, its input 5".formatted(dims.length));
    }
    int[] sizes = Flowing.shape(dims).sizes();
    int[] kernel = Windows.numbers(site, "kernel_shape", 0, 3);
    for (int a = 0; a < 3; a++) {
      if (kernel[a] != 0 && kernel[a] != sizes[a + 2]) {
        throw new Refusal("its kernel_shape is not its weight's");
      }
    }
    return sizes;
  }

  private static Value parameter(Site site, String local, int input, Shape shape, int[] dims) {
    int taps = dims[2] * dims[3] * dims[4];
    ParameterSpec.Role role = input == 1 ? ParameterSpec.Role.WEIGHT : ParameterSpec.Role.BIAS;
    Stores.Tensor tensor = Stores.Tensor.of(site.known(input));
    return site.parameter(local, tensor, shape, role, dims[1] * taps, dims[0] * taps);
  }

  private static void requireChannels(Value x, int expected) {
    if (x.shape().size(0) != expected) {
      throw new Refusal(
          "its weight is for %s channels, but its input has %s"
              .formatted(expected, x.shape().size(0)));
    }
  }

  private static void requireShallow(int depths) {
    if (depths < 1 || depths > MOST_DEPTHS) {
      throw new Refusal(
          "it makes a volume of %s depths: 1 to %s are done".formatted(depths, MOST_DEPTHS));
    }
  }

  private static Flowing example(Site site) {
    Flowing x = site.flowing(0);
    Flowing from = x.batch() > 0 ? x.freed(site.network()) : x;
    if (!from.isBatched() && from.dims()[0] != 1) {
      throw new Refusal("there are several images in an example");
    }
    return from;
  }

  private static Value volume(Ops ops, Flowing from) {
    return ops.reshape(from.value(), Flowing.shape(Flowing.without(from.dims(), 0)));
  }

  private static Value stacked(Ops ops, List<Value> planes) {
    return joined(
        ops,
        planes.stream()
            .map(plane ->
                ops.reshape(
                    plane,
                    Shape.of(
                        plane.shape().size(0), 1, plane.shape().size(1), plane.shape().size(2))))
            .toArray(Value[]::new));
  }

  private static Value joined(Ops ops, Value[] parts) {
    return parts.length == 1 ? parts[0] : ops.apply(new Concat(1), parts);
  }

  private static List<Datum> back(Ops ops, Flowing from, Value y) {
    if (from.isBatched()) {
      return Site.one(from.with(y));
    }
    int[] s = y.shape().sizes();
    return Site.one(Flowing.free(ops.reshape(y, Shape.of(1, s[0], s[1], s[2], s[3]))));
  }
}
