package dev.vitrine.onnx;

import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.op.Lrn;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Map;

/** Normalisation of images along their channels, or channel by channel. */
final class ChannelOperators {
  private ChannelOperators() {}

  static void register(Map<String, Operator> operators) {
    operators.put("LRN", ChannelOperators::lrn);
    operators.put("BatchNormalization", ChannelOperators::batchNorm);
  }

  private static List<Datum> lrn(Site site) {
    Flowing x = site.flowing(0);
    int size = ImageOperators.size(site.integer("size", 0));
    Flowing at = x.batch() == 0 ? x : x.freed(site.network());
    if (!at.isBatched() && at.dims()[0] != 1) {
      throw new Refusal("there are several images in an example");
    }
    double alpha = site.real("alpha", 1e-4);
    Lrn op =
        new Lrn(
            (size - 1) / 2, size / 2, alpha / size, site.real("beta", 0.75), site.real("bias", 1));
    Shape whole = at.value().shape();
    Ops ops = site.network();
    Value image =
        at.isBatched()
            ? at.value()
            : ops.reshape(at.value(), Flowing.shape(Flowing.without(at.dims(), 0)));
    return Site.one(at.with(ops.reshape(ops.apply(op, image), whole)));
  }

  private static List<Datum> batchNorm(Site site) {
    Flowing x = site.flowing(0);
    if (site.opset() < 9 && site.integer("spatial", 1) == 0 && x.rank() > 2) {
      throw new Refusal("it normalises each position by itself (spatial 0)");
    }
    double momentum = site.real("momentum", 0.9);
    double eps = site.real("epsilon", 1e-5);
    boolean training =
        site.integer("training_mode", 0) != 0
            || (site.opset() < 7 && site.integer("is_test", 0) == 0 && site.outputs() > 1);
    if (training) {
      return BatchStatistics.translate(site, eps, momentum);
    }
    Flowing at = x.batch() == 0 ? x : x.freed(site.network());
    if (!at.isBatched() && at.dims()[0] != 1) {
      throw new Refusal("there are several images in an example");
    }
    Ops ops = site.network();
    Shape whole = at.value().shape();
    Value image =
        at.isBatched()
            ? at.value()
            : ops.reshape(at.value(), Flowing.shape(Flowing.without(at.dims(), 0)));
    BatchNorm2d layer = new BatchNorm2d(eps, Math.clamp(1 - momentum, Double.MIN_NORMAL, 1));
    site.describe(layer.text());
    return Site.one(at.with(ops.reshape(BatchStatistics.running(site, layer, image), whole)));
  }
}
