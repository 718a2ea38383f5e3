package dev.vitrine.onnx;

import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Sums, products, powers and extremes of values, element by element. */
final class ArithmeticOperators {
  private ArithmeticOperators() {}

  static void register(Map<String, Operator> operators) {
    operators.put("Pow", ArithmeticOperators::pow);
    operators.put("Add", s -> arithmetic(s, Binary.ADD, ParameterSpec.Role.BIAS));
    operators.put("Sub", s -> arithmetic(s, Binary.SUBTRACT, ParameterSpec.Role.FIXED));
    operators.put("Mul", s -> arithmetic(s, Binary.MULTIPLY, ParameterSpec.Role.SCALE));
    operators.put("Div", s -> arithmetic(s, Binary.DIVIDE, ParameterSpec.Role.FIXED));
    operators.put("Sum", s -> Site.one(all(s, (a, b) -> add(s, a, b))));
    operators.put("Max", s -> Site.one(all(s, (a, b) -> max(s, a, b))));
    operators.put("Min", s -> Site.one(all(s, (a, b) -> min(s, a, b))));
    operators.put("Mean", ArithmeticOperators::mean);
  }

  private static List<Datum> pow(Site site) {
    Known exponent = site.known(1);
    if (site.in(0) instanceof Known x) {
      double[] base = x.numbers();
      double power = exponent.single();
      return Site.one(
          Known.of(
              x.dims(), x.isWhole(), Arrays.stream(base).map(b -> Math.pow(b, power)).toArray()));
    }
    double[] powers = exponent.numbers();
    if (Arrays.stream(powers).distinct().count() == 1) {
      return ElementOperators.map(site, site.in(0), (ops, x) -> power(ops, x, powers[0]));
    }
    return Site.one(eachPower(site, site.flowing(0), exponent));
  }

  private static Value power(Ops ops, Value x, double exponent) {
    return exponent == 2 ? ops.square(x) : ops.power(x, exponent);
  }

  /** Elements with exponents of their own are taken out one by one. */
  private static Datum eachPower(Site site, Flowing given, Known exponent) {
    Ops ops = site.network();
    Flowing x = given.freed(ops);
    long[] dims = Numpy.broadcast(x.dims(), exponent.dims());
    int[] from = Numpy.projection(dims, exponent.dims());
    double[] powers = exponent.numbers();
    if (from.length > 1024) {
      throw new Refusal("its exponents differ");
    }
    Value all = ops.flatten(((Flowing) Numpy.expand(site, x, dims)).value());
    Value[] parts = new Value[from.length];
    for (int i = 0; i < parts.length; i++) {
      Value one = ops.apply(new dev.vitrine.op.Slice(0, i, 1), all);
      parts[i] = power(ops, one, powers[from[i]]);
    }
    Value joined = ops.apply(new dev.vitrine.op.Concat(0), parts);
    return Flowing.free(ops.reshape(joined, Flowing.shape(dims)));
  }

  private static List<Datum> arithmetic(Site site, Binary op, ParameterSpec.Role role) {
    Datum b = site.in(1);
    if (site.opset() < 7 && site.integer("broadcast", 0) != 0) {
      b = shifted(site, b, site.in(0).rank());
    }
    return Site.one(Numpy.apply(site, op, site.in(0), b, role));
  }

  /** Before opset 7 the second value's first axis was put at a place of the first's. */
  private static Datum shifted(Site site, Datum b, int rank) {
    int at = site.says("axis") ? Site.axis(site.integer("axis", 0), rank) : rank - b.rank();
    int behind = rank - at - b.rank();
    if (behind < 0) {
      throw new Refusal("its second input does not fit at that axis");
    }
    boolean[] isNew = new boolean[b.rank() + behind];
    Arrays.fill(isNew, b.rank(), isNew.length, true);
    return Moves.unsqueeze(site.network(), b, isNew);
  }

  private static Datum all(Site site, BinaryOperator<Datum> of) {
    List<Datum> inputs = new ArrayList<>();
    for (int i = 0; i < site.inputs(); i++) {
      inputs.add(site.in(i));
    }
    return inputs.stream().reduce(of).orElseThrow(() -> new Refusal("it has no inputs"));
  }

  static Datum add(Site s, Datum a, Datum b) {
    return Numpy.apply(s, Binary.ADD, a, b, ParameterSpec.Role.FIXED);
  }

  static Datum subtract(Site s, Datum a, Datum b) {
    return Numpy.apply(s, Binary.SUBTRACT, a, b, ParameterSpec.Role.FIXED);
  }

  static Datum multiply(Site s, Datum a, Datum b) {
    return Numpy.apply(s, Binary.MULTIPLY, a, b, ParameterSpec.Role.FIXED);
  }

  /** {@code b + max(a − b, 0)}, or a clip if one is a single number. */
  private static Datum max(Site s, Datum a, Datum b) {
    if (a instanceof Known x && b instanceof Known y) {
      return extreme(x, y, true);
    }
    if (b instanceof Known known && known.count() == 1) {
      return ElementOperators.map(
              s,
              a,
              (ops, v) -> ElementOperators.clip(ops, v, known.single(), Double.POSITIVE_INFINITY))
          .getFirst();
    }
    return add(s, b, ElementOperators.map(s, subtract(s, a, b), Ops::relu).getFirst());
  }

  /** {@code b − max(b − a, 0)}, or a clip if one is a single number. */
  private static Datum min(Site s, Datum a, Datum b) {
    if (a instanceof Known x && b instanceof Known y) {
      return extreme(x, y, false);
    }
    if (b instanceof Known known && known.count() == 1) {
      return ElementOperators.map(
              s,
              a,
              (ops, v) -> ElementOperators.clip(ops, v, Double.NEGATIVE_INFINITY, known.single()))
          .getFirst();
    }
    return subtract(s, b, ElementOperators.map(s, subtract(s, b, a), Ops::relu).getFirst());
  }

  private static Known extreme(Known a, Known b, boolean greater) {
    long[] dims = Numpy.broadcast(a.dims(), b.dims());
    double[] x = a.picked(dims, Numpy.projection(dims, a.dims())).numbers();
    double[] y = b.picked(dims, Numpy.projection(dims, b.dims())).numbers();
    for (int i = 0; i < x.length; i++) {
      x[i] = greater ? Math.max(x[i], y[i]) : Math.min(x[i], y[i]);
    }
    return Known.of(dims, a.isWhole() && b.isWhole(), x);
  }

  private static List<Datum> mean(Site site) {
    Datum sum = all(site, (a, b) -> add(site, a, b));
    return ElementOperators.map(site, sum, (ops, x) -> ops.scale(x, 1.0 / site.inputs()));
  }
}
