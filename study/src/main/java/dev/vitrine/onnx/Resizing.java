package dev.vitrine.onnx;

import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.List;

/** Images made larger by a whole factor, each element repeated. */
final class Resizing {
  private Resizing() {}

  static List<Datum> upsample(Site site) {
    if (!site.text("mode", "nearest").equals("nearest")) {
      throw new Refusal("its mode is %s: nearest is done".formatted(site.text("mode", "")));
    }
    if (site.has(1)) {
      return repeated(site, site.known(1).numbers());
    }
    return repeated(site, site.reals("scales").stream().mapToDouble(Float::doubleValue).toArray());
  }

  static List<Datum> resize(Site site) {
    if (!site.text("mode", "nearest").equals("nearest")) {
      throw new Refusal("its mode is %s: nearest is done".formatted(site.text("mode", "")));
    }
    if (site.opset() >= 11) {
      String where = site.text("coordinate_transformation_mode", "half_pixel");
      String nearest = site.text("nearest_mode", "round_prefer_floor");
      boolean repeats =
          where.equals("asymmetric")
              ? nearest.equals("floor")
              : where.contains("half_pixel") && nearest.startsWith("round");
      if (!repeats) {
        throw new Refusal("it samples %s by %s".formatted(where, nearest));
      }
    }
    int scales = site.opset() < 11 ? 1 : 2;
    if (site.has(scales) && site.known(scales).count() > 0) {
      return repeated(site, site.known(scales).numbers());
    }
    long[] sizes = site.known(3).longs();
    long[] dims = site.in(0).dims();
    double[] factors = new double[sizes.length];
    for (int a = 0; a < factors.length; a++) {
      factors[a] = (double) sizes[a] / dims[a];
    }
    return repeated(site, factors);
  }

  private static List<Datum> repeated(Site site, double[] factors) {
    ImageOperators.Image image = ImageOperators.Image.of(site);
    int rank = image.from().rank();
    if (factors.length != rank || factors[0] != 1 || factors[1] != 1) {
      throw new Refusal("it scales other axes than an image's");
    }
    int down = image.isRow() ? 1 : whole(factors[2]);
    int right = whole(factors[rank - 1]);
    Shape x = image.value().shape();
    Ops ops = site.network();
    Value apart = ops.reshape(image.value(), Shape.of(x.size(0), x.size(1), 1, x.size(2), 1));
    Shape all = Shape.of(x.size(0), x.size(1), down, x.size(2), right);
    Value y =
        ops.reshape(
            ops.broadcast(apart, all), Shape.of(x.size(0), x.size(1) * down, x.size(2) * right));
    return image.back(ops, y);
  }

  private static int whole(double factor) {
    if (factor != Math.rint(factor) || factor < 1 || factor > 1 << 16) {
      throw new Refusal("its factor %s is no whole number".formatted(factor));
    }
    return (int) factor;
  }
}
