package dev.vitrine.onnx;

import dev.vitrine.nn.Linear;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Op;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Products of matrices. */
final class DenseOperators {
  /** A product of two values is made of all its terms at once, so it must be small. */
  private static final long MOST_TERMS = 1 << 24;

  private DenseOperators() {}

  static void register(Map<String, Operator> operators) {
    operators.put("Gemm", DenseOperators::gemm);
    operators.put("MatMul", DenseOperators::matMul);
  }

  /** A constant matrix as a dense layer has it: (out, in). */
  private record Weight(Known matrix, boolean outFirst, double factor) {
    int out() {
      return Math.toIntExact(matrix.dims()[outFirst ? 0 : 1]);
    }

    int in() {
      return Math.toIntExact(matrix.dims()[outFirst ? 1 : 0]);
    }

    Stores.Tensor tensor() {
      return new Stores.Tensor(matrix, List.of(outFirst, factor), this::numbers);
    }

    private float[] numbers() {
      float[] given = matrix.floats();
      int out = out();
      int in = in();
      float[] numbers = outFirst ? given : new float[given.length];
      for (int o = 0; o < out && !outFirst; o++) {
        for (int i = 0; i < in; i++) {
          numbers[o * in + i] = given[i * out + o];
        }
      }
      for (int k = 0; k < numbers.length && factor != 1; k++) {
        numbers[k] *= (float) factor;
      }
      return numbers;
    }
  }

  private static List<Datum> gemm(Site site) {
    Ops ops = site.network();
    Datum a = matrix(ops, site.in(0), site.integer("transA", 0) != 0);
    double alpha = site.real("alpha", 1);
    double beta = site.real("beta", 1);
    boolean outFirst = site.integer("transB", 0) != 0;
    Optional<Datum> c = site.has(2) ? Optional.of(site.in(2)) : Optional.empty();
    Datum y;
    if (a instanceof Flowing x && site.in(1) instanceof Known b && b.rank() == 2) {
      Weight weight = new Weight(b, outFirst, alpha);
      Optional<Stores.Tensor> bias = c.flatMap(it -> bias(it, weight.out(), beta));
      y = dense(site, x, weight, bias);
      c = bias.isPresent() ? Optional.empty() : c;
    } else {
      y = scaled(ops, product(site, a, matrix(ops, site.in(1), outFirst)), alpha);
    }
    return Site.one(c.isEmpty() ? y : ArithmeticOperators.add(site, y, scaled(ops, c.get(), beta)));
  }

  private static Datum scaled(Ops ops, Datum x, double factor) {
    return switch (x) {
      case Known known -> factor == 1 ? known : known.mapped(number -> factor * number);
      case Flowing f -> factor == 1 ? f : f.with(ops.scale(f.value(), factor));
    };
  }

  private static Datum matrix(Ops ops, Datum x, boolean transposed) {
    if (x.rank() != 2) {
      throw new Refusal("a matrix is expected, but got " + Arrays.toString(x.dims()));
    }
    return transposed ? Moves.transpose(ops, x, new int[] {1, 0}) : x;
  }

  /** One number for each output, if that is what is added. */
  private static Optional<Stores.Tensor> bias(Datum c, int out, double beta) {
    if (!(c instanceof Known known)
        || (known.count() != out && known.count() != 1)
        || (known.rank() > 0 && known.count() != known.dims()[known.rank() - 1])) {
      return Optional.empty();
    }
    return Optional.of(
        new Stores.Tensor(
            known,
            List.of("times", beta),
            () -> {
              float[] given = known.floats();
              float[] bias = new float[out];
              for (int o = 0; o < out; o++) {
                bias[o] = (float) (beta * given[given.length == 1 ? 0 : o]);
              }
              return bias;
            }));
  }

  private static List<Datum> matMul(Site site) {
    Datum a = site.in(0);
    Datum b = site.in(1);
    if (a instanceof Flowing x && b instanceof Known known && known.rank() == 2) {
      return Site.one(dense(site, x, new Weight(known, false, 1), Optional.empty()));
    }
    Ops ops = site.network();
    Datum rows = a.rank() == 1 ? Moves.unsqueeze(ops, a, new boolean[] {true, false}) : a;
    Datum columns = b.rank() == 1 ? Moves.unsqueeze(ops, b, new boolean[] {false, true}) : b;
    Datum y = product(site, rows, columns);
    boolean[] gone = new boolean[y.rank()];
    gone[y.rank() - 2] = a.rank() == 1;
    gone[y.rank() - 1] = b.rank() == 1;
    return Site.one(Moves.squeeze(ops, y, gone));
  }

  /** Each row of the last axis through a dense layer. */
  private static Datum dense(Site site, Flowing x, Weight weight, Optional<Stores.Tensor> bias) {
    NetworkBuilder network = site.network();
    long[] dims = x.dims();
    if (dims.length == 0 || dims[dims.length - 1] != weight.in()) {
      throw new Refusal(
          "its matrix is for %s features, but its input is %s"
              .formatted(weight.in(), Arrays.toString(dims)));
    }
    Flowing at = x.batch() == x.rank() - 1 ? x.freed(network) : x;
    site.describe(new Linear(weight.out(), bias.isPresent()).text());
    int in = weight.in();
    List<Value> shared = new ArrayList<>();
    Shape matrix = Shape.of(weight.out(), in);
    shared.add(
        site.parameter(
            "weight", weight.tensor(), matrix, ParameterSpec.Role.WEIGHT, in, weight.out()));
    bias.ifPresent(tensor ->
        shared.add(
            site.parameter(
                "bias",
                tensor,
                Shape.of(weight.out()),
                ParameterSpec.Role.BIAS,
                in,
                weight.out())));
    int[] sizes = at.value().shape().sizes();
    if (sizes.length == 1) {
      shared.addFirst(at.value());
      Op op = new Affine(bias.isPresent());
      return at.with(network.apply(op, shared.toArray(Value[]::new)));
    }
    int rows = at.value().shape().elements() / in;
    shared.set(0, network.reshape(shared.getFirst(), Shape.of(weight.out(), in, 1, 1)));
    Value features = network.permute(network.reshape(at.value(), Shape.of(rows, in)), 1, 0);
    shared.addFirst(network.reshape(features, Shape.of(in, rows, 1)));
    Op op = new Convolution(Window.of(1), 1, bias.isPresent());
    Value y = network.apply(op, shared.toArray(Value[]::new));
    sizes[sizes.length - 1] = weight.out();
    Value table = network.permute(network.reshape(y, Shape.of(weight.out(), rows)), 1, 0);
    return at.with(network.reshape(table, Shape.of(sizes)));
  }

  /** A product of two matrices, or stacks of them, by all its terms. */
  private static Datum product(Site site, Datum a, Datum b) {
    Ops ops = site.network();
    boolean[] behind = new boolean[a.rank() + 1];
    behind[a.rank()] = true;
    boolean[] before = new boolean[b.rank() + 1];
    before[b.rank() - 2] = true;
    Datum left = Moves.unsqueeze(ops, a, behind);
    Datum right = Moves.unsqueeze(ops, b, before);
    long[] dims = Numpy.broadcast(left.dims(), right.dims());
    if (Known.product(dims, 0, dims.length) > MOST_TERMS) {
      throw new Refusal("it multiplies two large matrices, neither of which is constant");
    }
    Datum terms = ArithmeticOperators.multiply(site, constant(left), constant(right));
    if (!(terms instanceof Flowing flowing)) {
      throw new Refusal("it multiplies constants");
    }
    boolean[] axes = new boolean[dims.length];
    axes[dims.length - 2] = true;
    return Reductions.sum(ops, flowing, axes, false);
  }

  private static Datum constant(Datum x) {
    return x instanceof Known known ? Known.of(known.dims(), false, known.numbers()) : x;
  }
}
