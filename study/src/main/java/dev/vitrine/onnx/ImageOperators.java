package dev.vitrine.onnx;

import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Map;

/** Convolutions and pooling over images, or over rows of one axis. */
final class ImageOperators {
  private ImageOperators() {}

  static void register(Map<String, Operator> operators) {
    operators.put("Conv", s -> Volumes.isOne(s) ? Volumes.conv(s) : conv(s));
    operators.put(
        "ConvTranspose", s -> Volumes.isOne(s) ? Volumes.convTranspose(s) : convTranspose(s));
    operators.put("MaxPool", ImageOperators::maxPool);
    operators.put("AveragePool", s -> Volumes.isOne(s) ? Volumes.pool(s, false) : averagePool(s));
    operators.put("GlobalAveragePool", s -> global(s, false));
    operators.put("GlobalMaxPool", s -> global(s, true));
    operators.put("Upsample", Resizing::upsample);
    operators.put("Resize", Resizing::resize);
  }

  /** One image (C, H, W) of a value, and how it goes back. */
  record Image(Value value, Flowing from) {
    static Image of(Site site) {
      Flowing x = site.flowing(0);
      if (x.rank() < 3 || x.rank() > 4) {
        throw new Refusal(
            "images of two axes are done, rows of one and volumes of three; this has "
                + (x.rank() - 2));
      }
      Ops ops = site.network();
      Flowing from = x.batch() > 0 ? x.freed(ops) : x;
      if (!from.isBatched() && from.dims()[0] != 1) {
        throw new Refusal("there are several images in an example");
      }
      long[] rest = Flowing.without(from.dims(), 0);
      long[] image = rest.length == 3 ? rest : new long[] {rest[0], 1, rest[1]};
      return new Image(ops.reshape(from.value(), Flowing.shape(image)), from);
    }

    boolean isRow() {
      return from.rank() == 3;
    }

    List<Datum> back(Ops ops, Value y) {
      int[] sizes = y.shape().sizes();
      Value image = isRow() ? ops.reshape(y, Shape.of(sizes[0], sizes[2])) : y;
      if (from.isBatched()) {
        return Site.one(from.with(image));
      }
      int[] whole = new int[image.shape().rank() + 1];
      whole[0] = 1;
      System.arraycopy(image.shape().sizes(), 0, whole, 1, whole.length - 1);
      return Site.one(Flowing.free(ops.reshape(image, Shape.of(whole))));
    }
  }

  private static List<Datum> layer(Site site, Image image, Layer layer) {
    site.describe(layer.text());
    return image.back(site.network(), layer.apply(site.network(), image.value()));
  }

  static int size(long size) {
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw new Refusal("a size of " + size);
    }
    return (int) size;
  }

  private static List<Datum> conv(Site site) {
    Image image = Image.of(site);
    Known weight = site.known(1);
    long[] dims = weight.dims();
    requireWeight(image, dims);
    Window window = Windows.of(site, image, Windows.kernel(site, dims, image.isRow()));
    int groups = size(site.integer("group", 1));
    requireChannels(image, dims[1] * groups);
    int out = size(dims[0]);
    boolean bias = site.has(2);
    site.describe(new Conv2d(out, window, false, groups, bias).text());
    Value[] inputs = weighted(site, image, out, window, (int) dims[1], out / groups);
    Value y = site.network().apply(new Convolution(window, groups, bias), inputs);
    return image.back(site.network(), y);
  }

  /** The image, the weight and, if there is one, the bias of {@code out} channels. */
  private static Value[] weighted(
      Site site, Image image, int out, Window window, int fanIn, int fanOut) {
    int taps = window.elements();
    Known weight = site.known(1);
    Shape shape =
        Shape.of(
            size(weight.dims()[0]),
            size(weight.dims()[1]),
            window.h().kernel(),
            window.w().kernel());
    Value w =
        site.parameter(
            "weight",
            Stores.Tensor.of(weight),
            shape,
            ParameterSpec.Role.WEIGHT,
            fanIn * taps,
            fanOut * taps);
    if (!site.has(2)) {
      return new Value[] {image.value(), w};
    }
    Value b =
        site.parameter(
            "bias",
            Stores.Tensor.of(site.known(2)),
            Shape.of(out),
            ParameterSpec.Role.BIAS,
            fanIn * taps,
            fanOut * taps);
    return new Value[] {image.value(), w, b};
  }

  private static void requireWeight(Image image, long[] dims) {
    if (dims.length != image.from().rank()) {
      throw new Refusal(
          "its weight has %s axes, its input %s".formatted(dims.length, image.from().rank()));
    }
  }

  private static void requireChannels(Image image, long expected) {
    if (image.value().shape().size(0) != expected) {
      throw new Refusal(
          "its weight is for %s channels, but its input has %s"
              .formatted(expected, image.value().shape().size(0)));
    }
  }

  private static List<Datum> convTranspose(Site site) {
    Image image = Image.of(site);
    Known weight = site.known(1);
    long[] dims = weight.dims();
    requireWeight(image, dims);
    requireChannels(image, dims[0]);
    int groups = size(site.integer("group", 1));
    int[] more = Windows.pair(site, "output_padding", 0, image.isRow());
    Window window =
        Windows.transposed(site, image, Windows.kernel(site, dims, image.isRow()), more);
    int out = size(dims[1] * groups);
    ConvTranspose2d layer = new ConvTranspose2d(out, window, more[0], more[1], groups, site.has(2));
    site.describe(layer.text());
    int fanIn = Math.max(1, size(dims[0]) / groups / window.h().stride() / window.w().stride());
    Value[] inputs = weighted(site, image, out, window, fanIn, size(dims[1]));
    Shape y = layer.output(image.value().shape());
    Ops ops = site.network();
    Value grown = ops.apply(new Convolution.InputGradient(window, groups, y), inputs[1], inputs[0]);
    if (!site.has(2)) {
      return image.back(ops, grown);
    }
    Value column = ops.reshape(inputs[2], Shape.of(out, 1, 1));
    return image.back(ops, ops.add(grown, ops.broadcast(column, y)));
  }

  private static List<Datum> maxPool(Site site) {
    if (Volumes.isOne(site)) {
      return Volumes.pool(site, true);
    }
    Image image = Image.of(site);
    Window window = Windows.of(site, image, Windows.kernel(site, null, image.isRow()));
    return layer(site, image, new MaxPool2d(window, false));
  }

  private static List<Datum> averagePool(Site site) {
    Image image = Image.of(site);
    Window window = Windows.of(site, image, Windows.kernel(site, null, image.isRow()));
    boolean counted = site.integer("count_include_pad", 0) != 0;
    return layer(site, image, new AvgPool2d(window, false, counted));
  }

  private static List<Datum> global(Site site, boolean max) {
    if (Volumes.isOne(site)) {
      return Volumes.global(site, max);
    }
    Image image = Image.of(site);
    Ops ops = site.network();
    Shape shape = image.value().shape();
    Value y =
        max
            ? ops.apply(new MaxPool(Window.of(shape.size(1), shape.size(2))), image.value())
            : ops.apply(new AdaptiveAveragePool(1, 1), image.value());
    return image.back(ops, y);
  }
}
