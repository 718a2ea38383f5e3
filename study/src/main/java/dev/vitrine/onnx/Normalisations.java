package dev.vitrine.onnx;

import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Ops;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Normalisations of an example by its own mean and variance, as sums and products:
 *
 * <pre>
 *   y = (x − mean) / √(variance + epsilon) · scale + bias
 * </pre>
 */
final class Normalisations {
  private Normalisations() {}

  static void register(Map<String, Operator> operators) {
    operators.put("InstanceNormalization", Normalisations::instance);
    operators.put("LayerNormalization", Normalisations::layer);
    operators.put("GroupNormalization", Normalisations::group);
    operators.put("MeanVarianceNormalization", Normalisations::plain);
  }

  /** A normalised value and what it was normalised by. */
  private record Normal(Datum y, Datum mean, Datum deviation) {}

  private static Normal normal(Site site, Flowing given, boolean[] axes, double eps) {
    Ops ops = site.network();
    Flowing x = given.isBatched() && axes[given.batch()] ? given.freed(ops) : given;
    Flowing mean = Reductions.mean(ops, x, axes, true);
    Flowing centred = (Flowing) ArithmeticOperators.subtract(site, x, mean);
    Flowing squares = centred.with(ops.square(centred.value()));
    Flowing variance = Reductions.mean(ops, squares, axes, true);
    Flowing deviation =
        variance.with(ops.apply(new Elementary.Power(-0.5), ops.shift(variance.value(), eps)));
    return new Normal(ArithmeticOperators.multiply(site, centred, deviation), mean, deviation);
  }

  /** Each channel of each example over its positions. */
  private static List<Datum> instance(Site site) {
    Flowing x = site.flowing(0);
    boolean[] axes = new boolean[x.rank()];
    Arrays.fill(axes, Math.min(2, axes.length), axes.length, true);
    Datum y = normal(site, x, axes, site.real("epsilon", 1e-5)).y;
    return Site.one(affine(site, y, x.rank() - 2));
  }

  /** Over the last axes, with a scale and a bias for each of their elements. */
  private static List<Datum> layer(Site site) {
    Flowing x = site.flowing(0);
    int first = Site.axis(site.integer("axis", -1), x.rank());
    boolean[] axes = new boolean[x.rank()];
    Arrays.fill(axes, first, axes.length, true);
    Normal normal = normal(site, x, axes, site.real("epsilon", 1e-5));
    return List.of(affine(site, normal.y, 0), normal.mean, normal.deviation);
  }

  /** Groups of channels; before opset 21 the scale and the bias are the groups'. */
  private static List<Datum> group(Site site) {
    Flowing x = site.flowing(0);
    long[] dims = x.dims();
    int groups = Math.toIntExact(site.integer("num_groups", 1));
    if (dims.length < 2 || groups < 1 || dims[1] % groups != 0) {
      throw new Refusal("its channels do not make %s groups".formatted(groups));
    }
    Ops ops = site.network();
    long[] grouped = {dims[0], groups, Known.product(dims, 1, dims.length) / groups};
    Flowing table = (Flowing) Moves.reshape(ops, x, grouped);
    boolean[] axes = {false, false, true};
    Datum y = normal(site, table, axes, site.real("epsilon", 1e-5)).y;
    if (site.opset() < 21) {
      return Site.one(Moves.reshape(ops, affine(site, y, 1), dims));
    }
    return Site.one(affine(site, Moves.reshape(ops, y, dims), dims.length - 2));
  }

  /** Over all examples and positions of each channel, without scale or bias. */
  private static List<Datum> plain(Site site) {
    Flowing x = site.flowing(0);
    boolean[] axes = new boolean[x.rank()];
    List<Long> given = site.says("axes") ? site.integers("axes") : List.of(0L, 2L, 3L);
    given.forEach(axis -> axes[Site.axis(axis, axes.length)] = true);
    return Site.one(normal(site, x, axes, 1e-9).y);
  }

  /** Times input 1 and plus input 2, both with so many axes of size 1 behind their own. */
  private static Datum affine(Site site, Datum y, int behind) {
    Datum scaled =
        Numpy.apply(site, Binary.MULTIPLY, y, column(site, 1, behind), ParameterSpec.Role.SCALE);
    return site.has(2)
        ? Numpy.apply(site, Binary.ADD, scaled, column(site, 2, behind), ParameterSpec.Role.SHIFT)
        : scaled;
  }

  private static Datum column(Site site, int input, int behind) {
    Datum given = site.in(input);
    boolean[] isNew = new boolean[given.rank() + Math.max(0, behind)];
    Arrays.fill(isNew, given.rank(), isNew.length, true);
    return Moves.unsqueeze(site.network(), given, isNew);
  }
}
