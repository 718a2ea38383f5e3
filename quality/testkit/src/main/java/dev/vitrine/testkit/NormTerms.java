package dev.vitrine.testkit;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.Call;
import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Example;
import dev.vitrine.op.Lrn;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import java.util.Arrays;
import java.util.List;

/**
 * The sizes of the terms whose sums and differences normalisations and their derivatives are:
 * {@code x − mean} counts as {@code |x| + |mean|}.
 */
final class NormTerms {
  private final Value y;
  private final Interpreter.Values values;

  private NormTerms(Value y, Interpreter.Values values) {
    this.y = y;
    this.values = values;
  }

  /** The largest sum of terms without their signs; 0 for another op. */
  static double most(Value y, Interpreter.Values values, int batchSize) {
    NormTerms terms = new NormTerms(y, values);
    double most = 0;
    double[] sums = new double[y.shape().elements()];
    for (int n = 0; n < batchSize; n++) {
      double[] ofExample = terms.of(n, batchSize);
      for (int k = 0; k < ofExample.length; k++) {
        int to = y.perExample() ? k : k * sums.length / ofExample.length;
        sums[to] = ofExample[k] + (y.perExample() ? 0 : sums[to]);
      }
      most = Math.max(most, Arrays.stream(sums).max().orElse(0));
    }
    return most;
  }

  private double[] in(int input, int n) {
    return values.of(y.inputs().get(input), n);
  }

  private double[] of(int n, int batchSize) {
    return switch (y.op()) {
      case Lrn.Gradient op -> lrnGradient(op, n);
      case BatchNorm _,
          ChannelSum.Mean _,
          ChannelSum.Variance _,
          ChannelSum.BiasGradient _,
          ChannelSum.WeightGradient _,
          BatchNorm.InputGradient _ ->
          batchNorm(n, batchSize);
      default -> new double[0];
    };
  }

  private double[] batchNorm(int n, int batchSize) {
    double[] x = in(0, n);
    int plane = x.length / y.inputs().getFirst().shape().size(0);
    double m = (double) plane * batchSize;
    double[] terms = new double[x.length];
    for (int k = 0; k < x.length; k++) {
      int c = k / plane;
      terms[k] =
          switch (y.op()) {
            case ChannelSum.Mean _ -> Math.abs(x[k]) / m;
            case ChannelSum.Variance _ -> apart(x[k], c) * Math.abs(x[k] - in(1, 0)[c]) / m;
            case ChannelSum.WeightGradient op ->
                Math.abs(in(3, n)[k]) * apart(x[k], c) / sigma(c, op.eps());
            case BatchNorm op ->
                apart(x[k], c) * Math.abs(in(3, 0)[c]) / sigma(c, op.eps()) + Math.abs(in(4, 0)[c]);
            case BatchNorm.InputGradient op -> {
              double sigma = sigma(c, op.eps());
              double normal = apart(x[k], c) / sigma * Math.abs(in(4, 0)[c]);
              double inner = Math.abs(in(6, n)[k]) + (Math.abs(in(5, 0)[c]) + normal) / m;
              yield Math.abs(in(3, 0)[c]) / sigma * inner;
            }
            default -> Math.abs(x[k]);
          };
    }
    return terms;
  }

  private double apart(double x, int channel) {
    return Math.abs(x) + Math.abs(in(1, 0)[channel]);
  }

  private double sigma(int channel, double eps) {
    return Math.sqrt(in(2, 0)[channel] + eps);
  }

  /** Of absolute values the derivative is a − b where the terms are a + b; a is at most dy. */
  private double[] lrnGradient(Lrn.Gradient op, int n) {
    double[] x = absolute(in(0, n));
    double[] dy = absolute(in(1, n));
    double[] terms = new double[x.length];
    Example example = new Example(0, 1, 0, Seed.of(0));
    op.evaluate(
        new Call(List.of(y.shape(), y.shape()), new double[][] {x, dy}, y.shape(), terms, example));
    double most = Math.pow(op.of().bias(), -op.of().beta());
    for (int k = 0; k < terms.length; k++) {
      terms[k] = 2 * dy[k] * most - terms[k];
    }
    return terms;
  }

  private static double[] absolute(double[] x) {
    return Arrays.stream(x).map(Math::abs).toArray();
  }
}
