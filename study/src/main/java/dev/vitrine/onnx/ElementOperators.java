package dev.vitrine.onnx;

import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Ops;
import dev.vitrine.op.PRelu;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Functions of each element by itself. */
final class ElementOperators {
  private static final double SELU_ALPHA = 1.67326319217681884765625;
  private static final double SELU_GAMMA = 1.05070102214813232421875;

  private static final double TRIFLE = 1.2345e-30;
  private static final double LARGEST_POWER = 0x1p127;

  private ElementOperators() {}

  static void register(Map<String, Operator> operators) {
    unary(operators, "Relu", s -> new Rectifier.Relu());
    unary(operators, "LeakyRelu", s -> new Rectifier.LeakyRelu(s.real("alpha", 0.01)));
    unary(operators, "Elu", s -> new Rectifier.Elu(s.real("alpha", 1)));
    unary(operators, "Sigmoid", s -> new Sigmoidal.Sigmoid());
    unary(operators, "Tanh", s -> new Sigmoidal.Tanh());
    unary(operators, "Softplus", s -> new Sigmoidal.Softplus());
    unary(operators, "Exp", s -> new Elementary.Exp());
    unary(operators, "Log", s -> new Elementary.Log());
    unary(operators, "Neg", s -> new Elementary.Negate());
    unary(operators, "Sqrt", s -> new Elementary.Power(0.5));
    unary(operators, "Reciprocal", s -> new Elementary.Power(-1));
    unary(operators, "Gelu", ElementOperators::gelu);
    operators.put("Erf", s -> map(s, s.in(0), ElementOperators::erf));
    operators.put("Abs", s -> map(s, s.in(0), ElementOperators::abs));
    operators.put("Sign", s -> map(s, s.in(0), ElementOperators::sign));
    operators.put("Selu", ElementOperators::selu);
    operators.put("HardSigmoid", ElementOperators::hardSigmoid);
    operators.put("HardSwish", s -> map(s, s.in(0), ElementOperators::hardSwish));
    operators.put("Clip", ElementOperators::clip);
    operators.put("PRelu", ElementOperators::prelu);
  }

  private static void unary(
      Map<String, Operator> operators, String name, Function<Site, Unary> function) {
    operators.put(
        name,
        site -> {
          Unary op = function.apply(site);
          return Site.one(
              switch (site.in(0)) {
                case Known known -> known.mapped(op::apply);
                case Flowing f -> f.with(site.network().apply(op, f.value()));
              });
        });
  }

  /** A formula of ops; of a constant it is a value that is the same for all examples. */
  static List<Datum> map(Site site, Datum x, java.util.function.BiFunction<Ops, Value, Value> f) {
    return Site.one(
        switch (x) {
          case Known known -> {
            Value value = site.network().constant(Flowing.shape(known.dims()), known.numbers());
            yield Flowing.free(f.apply(site.network(), value));
          }
          case Flowing flowing -> flowing.with(f.apply(site.network(), flowing.value()));
        });
  }

  private static Unary gelu(Site site) {
    return switch (site.text("approximate", "none")) {
      case "none" -> new Sigmoidal.Gelu();
      case "tanh" -> new Sigmoidal.GeluTanh();
      default -> throw new Refusal("it approximates in an unknown way");
    };
  }

  static Value abs(Ops ops, Value x) {
    return ops.add(ops.relu(x), ops.relu(ops.negate(x)));
  }

  /**
   * {@code 2 · Φ(√2·x) − 1}, with {@code Φ(u) = gelu(u) / u} at a u that is a trifle off so that it
   * is not 0.
   */
  private static Value erf(Ops ops, Value x) {
    Value u = ops.shift(ops.scale(x, Math.sqrt(2)), TRIFLE);
    Value twice = ops.scale(ops.divide(ops.apply(new Sigmoidal.Gelu(), u), u), 2);
    return ops.shift(twice, -1);
  }

  /** Even the smallest single is 1 or more once it is this large twice. */
  private static Value sign(Ops ops, Value x) {
    Value larger = ops.apply(new Rectifier.Clip(-1, 1), ops.scale(x, LARGEST_POWER));
    return ops.apply(new Rectifier.Clip(-1, 1), ops.scale(larger, LARGEST_POWER));
  }

  private static List<Datum> selu(Site site) {
    double alpha = site.real("alpha", SELU_ALPHA);
    double gamma = site.real("gamma", SELU_GAMMA);
    return map(
        site, site.in(0), (ops, x) -> ops.scale(ops.apply(new Rectifier.Elu(alpha), x), gamma));
  }

  private static List<Datum> hardSigmoid(Site site) {
    double alpha = site.real("alpha", 0.2);
    double beta = site.real("beta", 0.5);
    return map(site, site.in(0), (ops, x) -> hardSigmoid(ops, x, alpha, beta));
  }

  private static Value hardSigmoid(Ops ops, Value x, double alpha, double beta) {
    return ops.apply(new Rectifier.Clip(0, 1), ops.shift(ops.scale(x, alpha), beta));
  }

  private static Value hardSwish(Ops ops, Value x) {
    return ops.multiply(x, hardSigmoid(ops, x, 1.0 / 6, 0.5));
  }

  private static List<Datum> clip(Site site) {
    double min = bound(site, "min", 1, Double.NEGATIVE_INFINITY);
    double max = bound(site, "max", 2, Double.POSITIVE_INFINITY);
    return map(site, site.in(0), (ops, x) -> clip(ops, x, min, max));
  }

  /** A bound of single precision; the largest single stands for none. */
  private static double bound(Site site, String name, int input, double none) {
    double bound = site.has(input) ? site.known(input).single() : site.real(name, none);
    return Math.abs(bound) >= Float.MAX_VALUE
        ? Math.copySign(Double.POSITIVE_INFINITY, bound)
        : bound;
  }

  /** {@code min(max(x, min), max)} even if the bounds are the wrong way round. */
  static Value clip(Ops ops, Value x, double min, double max) {
    if (min < max) {
      return ops.apply(new Rectifier.Clip(min, max), x);
    }
    Value low = ops.apply(new Rectifier.Clip(min, Double.POSITIVE_INFINITY), x);
    return ops.apply(new Rectifier.Clip(Double.NEGATIVE_INFINITY, max), low);
  }

  private static List<Datum> prelu(Site site) {
    Flowing x = site.flowing(0);
    Known slope = site.known(1);
    if (slope.count() == 1) {
      double only = slope.single();
      return Site.one(x.with(site.network().apply(new Rectifier.LeakyRelu(only), x.value())));
    }
    long channels = x.rank() > 1 ? x.dims()[1] : 0;
    boolean fits = slope.count() == channels && x.batch() == 0;
    for (long size : slope.dims()) {
      fits &= size == 1 || size == channels;
    }
    if (!fits || slope.rank() != x.rank() - 1 || slope.dims()[0] != channels) {
      return Site.one(eachSlope(site, x, slope));
    }
    Value a = site.vector("weight", 1, (int) channels, ParameterSpec.Role.SLOPE);
    return Site.one(x.with(site.network().apply(new PRelu(), x.value(), a)));
  }

  /** Slopes of any sizes: {@code max(x, 0) − slope · max(−x, 0)}. */
  private static Datum eachSlope(Site site, Flowing x, Known slope) {
    Ops ops = site.network();
    Flowing below = x.with(ops.relu(ops.negate(x.value())));
    Datum sloped = Numpy.apply(site, Binary.MULTIPLY, below, slope, ParameterSpec.Role.SCALE);
    return ArithmeticOperators.subtract(site, x.with(ops.relu(x.value())), sloped);
  }
}
