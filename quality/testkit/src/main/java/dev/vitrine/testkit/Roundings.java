package dev.vitrine.testkit;

import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.BatchSpread;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Broadcast;
import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Concat;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.CustomOp;
import dev.vitrine.op.DropoutMask;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.LogSoftmax;
import dev.vitrine.op.Lrn;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.PRelu;
import dev.vitrine.op.Permute;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.SoftmaxCrossEntropy;
import dev.vitrine.op.Sum;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How wrong single precision may be at each value.
 *
 * <pre>
 *   tolerance(y) = 4 · 2⁻²⁴ · roundings(y) · scale(y)
 *   roundings(y) = own roundings + the most of any input
 *   scale(y)     = max(‖y‖∞, Σ|terms|, mean|product|) · max over the inputs x of scale(x) / ‖x‖∞
 * </pre>
 *
 * An op's own roundings are the terms of its sum, or a few for a function. {@code Σ|terms|} is
 * taken where a sum is the whole op (Add, Subtract, Sum, BatchReduce, BiasGradient) or a difference
 * its core (the derivatives of softmax and its logarithm, normalisation): where its terms cancel,
 * the error is theirs, not the result's. A sum of n products that cancelled, as a weight's gradient
 * of a loss that is constant, is wrong by roundings of its products: their mean size counts, which
 * a sum that did not cancel is far larger than. Of an input that cancelled to exactly 0 the scale
 * itself is passed on. ‖·‖∞ is over all elements of all examples.
 */
final class Roundings {
  /** What a function of one number may be wrong by, in units in the last place. */
  private static final int FUNCTION = 4;

  private static final double UNIT = 0x1p-24;
  private static final double SLACK = 4;

  private final Interpreter.Values values;
  private final int batchSize;
  private final Map<Value, Integer> roundings = new HashMap<>();

  /** For each value, what its errors are measured by: its norm unless sums cancelled. */
  private final Map<Value, Double> scale = new HashMap<>();

  Roundings(Graph graph, Interpreter.Values values, int batchSize) {
    this.values = values;
    this.batchSize = batchSize;
    for (Value y : graph.values()) {
      int most = y.inputs().stream().mapToInt(roundings::get).max().orElse(0);
      roundings.put(y, most + own(y));
      scale.put(y, scaleOf(y));
    }
  }

  private double scaleOf(Value y) {
    double worst = 1;
    double cancelled = 0;
    for (Value x : y.inputs()) {
      double norm = norm(x);
      if (norm == 0) {
        cancelled = Math.max(cancelled, scale.get(x));
      } else {
        worst = Math.max(worst, scale.get(x) / norm);
      }
    }
    double size = Math.max(norm(y), Math.max(terms(y), product(y)));
    return Math.max(worst * size, cancelled);
  }

  /** A product of a sum of products, on the average. */
  private double product(Value y) {
    return ProductTerms.most(y, values, batchSize) / Math.max(1, own(y));
  }

  /**
   * What a value's elements may be wrong by. A function hands its input's error on by its slope:
   * where tanh squeezes numbers up to 5 into 1, those near 0 keep all of the error of the large.
   */
  double tolerance(Value y) {
    double tolerance = SLACK * UNIT * roundings.get(y) * scale.get(y);
    return y.op() instanceof Unary f
        ? Math.max(tolerance, slope(f, y) * tolerance(y.inputs().getFirst()))
        : tolerance;
  }

  /** The largest size of a function's derivative, over all elements. */
  private double slope(Unary f, Value y) {
    Value from = f.fromOutput() ? y : y.inputs().getFirst();
    double most = 0;
    for (int n = 0; n < examples(y); n++) {
      for (double v : values.of(from, n)) {
        most = Math.max(most, Math.abs(f.derivative(v)));
      }
    }
    return most;
  }

  private int examples(Value y) {
    return y.perExample() ? batchSize : 1;
  }

  private double norm(Value y) {
    double norm = 0;
    for (int n = 0; n < examples(y); n++) {
      for (double element : values.of(y, n)) {
        norm = Math.max(norm, Math.abs(element));
      }
    }
    return norm;
  }

  /** The largest sum of a sum's terms without their signs; 0 for another op. */
  private double terms(Value y) {
    double[][] sums = new double[examples(y)][y.shape().elements()];
    if (y.op() instanceof Softmax.Gradient || y.op() instanceof LogSoftmax.Gradient) {
      for (int n = 0; n < sums.length; n++) {
        differences(y, values.of(y.inputs().get(0), n), values.of(y.inputs().get(1), n), sums[n]);
      }
    }
    for (Value x : y.inputs()) {
      for (int n = 0; n < Math.max(examples(x), examples(y)); n++) {
        addTerms(y, values.of(x, n), sums[n % sums.length]);
      }
    }
    double most = Arrays.stream(sums).flatMapToDouble(Arrays::stream).max().orElse(0);
    return Math.max(most, NormTerms.most(y, values, batchSize));
  }

  /** Softmax's derivatives are differences: {@code p·(dy − Σ p·dy)} and {@code dy − p·Σ dy}. */
  private static void differences(Value value, double[] y, double[] dy, double[] terms) {
    boolean logarithms = value.op() instanceof LogSoftmax.Gradient;
    int positions = y.length / value.shape().size(0);
    for (int k = 0; k < y.length; k++) {
      double sum = 0;
      for (int j = k % positions; j < y.length; j += positions) {
        sum += Math.abs(dy[j]) * (logarithms ? 1 : y[j]);
      }
      terms[k] =
          logarithms ? Math.abs(dy[k]) + Math.exp(y[k]) * sum : y[k] * (Math.abs(dy[k]) + sum);
    }
  }

  private void addTerms(Value y, double[] x, double[] sums) {
    switch (y.op()) {
      case Sum op -> {
        int[] to = op.projection();
        for (int k = 0; k < x.length; k++) {
          sums[to[k]] += Math.abs(x[k]);
        }
      }
      case Binary op when op == Binary.ADD || op == Binary.SUBTRACT -> addAll(x, 1, sums);
      case Convolution.BiasGradient _ -> {
        int plane = x.length / sums.length;
        for (int k = 0; k < x.length; k++) {
          sums[k / plane] += Math.abs(x[k]);
        }
      }
      case BatchReduce op -> addAll(x, op == BatchReduce.MEAN ? batchSize : 1, sums);
      default -> {}
    }
  }

  private static void addAll(double[] x, double divisor, double[] sums) {
    for (int k = 0; k < x.length; k++) {
      sums[k] += Math.abs(x[k]) / divisor;
    }
  }

  /** The roundings within one op. */
  private int own(Value y) {
    return switch (y.op()) {
      case Leaf _ -> 1;
      case Unary _ -> FUNCTION;
      case Unary.Gradient _ -> FUNCTION + 1;
      case Binary _ -> 1;
      case DropoutMask _ -> 1;
      case Affine _ -> elements(y, 0) + 1;
      case Affine.InputGradient _ -> elements(y, 1);
      case Affine.WeightGradient _ -> batchSize;
      case Convolution op -> filter(y, 1) + 1 + transforms(op.window(), op.groups());
      case Convolution.InputGradient op -> taps(y, op) + transforms(op.window(), op.groups());
      case Convolution.WeightGradient op ->
          batchSize * plane(y.inputs().get(1).shape()) + transforms(op.window(), op.groups());
      case Convolution.BiasGradient _ -> batchSize * elements(y, 0) / y.shape().elements();
      case MaxPool _ -> 0;
      case MaxPool.Gradient op -> op.window().elements();
      case AveragePool op -> op.window().elements() + 1;
      case AveragePool.Gradient op -> op.of().window().elements() + 1;
      case AdaptiveAveragePool op -> bin(op, y.inputs().getFirst().shape()) + 1;
      case AdaptiveAveragePool.Gradient op -> bin(op.of(), y.shape()) + 1;
      case PRelu _, PRelu.InputGradient _ -> 1;
      case Permute _, Reshape _, Concat _, Slice _, Slice.Gradient _, Broadcast _ -> 0;
      case Sum op -> op.from().elements() / op.target().elements();
      case Softmax _, Softmax.Gradient _, LogSoftmax _, LogSoftmax.Gradient _ -> 2 * classes(y);
      case SoftmaxCrossEntropy _, SoftmaxCrossEntropy.Gradient _ -> 2 * classes(y);
      case Lrn op -> op.before() + op.after() + 3 + FUNCTION;
      case Lrn.Gradient op -> 2 * (op.of().before() + op.of().after() + 3 + FUNCTION);
      case BatchNorm _, BatchNorm.InputGradient _ -> 2 * FUNCTION;
      case ChannelSum.Mean _, ChannelSum.Variance _, ChannelSum.BiasGradient _ -> sums(y);
      case ChannelSum.WeightGradient _ -> sums(y);
      case BatchReduce _ -> batchSize + 1;
      case BatchSpread _ -> 1;
      case CustomOp _ -> 1;
    };
  }

  /** A sum over a channel of the batch, and what its terms cost. */
  private int sums(Value y) {
    return batchSize * elements(y, 0) / y.shape().elements() + FUNCTION;
  }

  private static int elements(Value y, int input) {
    return y.inputs().get(input).shape().elements();
  }

  private static int filter(Value y, int weight) {
    Shape w = y.inputs().get(weight).shape();
    return w.elements() / w.size(0);
  }

  /**
   * What Winograd's products, which convolutions of these windows may go by, add to the terms: two
   * operands and a result are transformed, down and along, by sums of eight.
   */
  private static int transforms(Window w, int groups) {
    boolean single =
        w.h().stride() == 1
            && w.w().stride() == 1
            && w.h().dilation() == 1
            && w.w().dilation() == 1;
    boolean known =
        w.h().kernel() == w.w().kernel() && (w.h().kernel() == 3 || w.h().kernel() == 5);
    return groups == 1 && single && known ? 3 * 2 * 8 : 0;
  }

  private static int taps(Value y, Convolution.InputGradient op) {
    Shape w = y.inputs().getFirst().shape();
    return w.size(0) / op.groups() * op.window().elements();
  }

  /** At least as many elements as a bin has, and as an element has bins. */
  private static int bin(AdaptiveAveragePool op, Shape x) {
    int rows = x.size(1) / op.height() + op.height() / x.size(1) + 2;
    return rows * (x.size(2) / op.width() + op.width() / x.size(2) + 2);
  }

  private static int plane(Shape image) {
    return image.size(1) * image.size(2);
  }

  private static int classes(Value y) {
    return y.inputs().getFirst().shape().size(0) + 2 * FUNCTION;
  }
}
