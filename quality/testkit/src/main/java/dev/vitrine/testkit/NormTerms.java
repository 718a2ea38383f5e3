package dev.vitrine.testkit;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Call;
import dev.vitrine.op.Example;
import dev.vitrine.op.Lrn;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import java.util.Arrays;
import java.util.List;

/** The sizes of the terms whose differences normalisations and their derivatives are. */
final class NormTerms {
  private NormTerms() {}

  /** Adds the terms of one example, without their signs; nothing for another op. */
  static void add(Value y, Interpreter.Values values, int n, int batchSize, double[] terms) {
    switch (y.op()) {
      case Lrn.Gradient op -> lrnGradient(op, y, values, n, terms);
      default -> {}
    }
  }

  /** Of absolute values the derivative is a − b where the terms are a + b; a is at most dy. */
  private static void lrnGradient(
      Lrn.Gradient op, Value y, Interpreter.Values values, int n, double[] terms) {
    double[] x = absolute(values.of(y.inputs().get(0), n));
    double[] dy = absolute(values.of(y.inputs().get(1), n));
    double[] difference = new double[x.length];
    Example example = new Example(0, 1, 0, Seed.of(0));
    op.evaluate(
        new Call(
            List.of(y.shape(), y.shape()), new double[][] {x, dy}, y.shape(), difference, example));
    double most = Math.pow(op.of().bias(), -op.of().beta());
    for (int k = 0; k < terms.length; k++) {
      terms[k] += 2 * dy[k] * most - difference[k];
    }
  }

  private static double[] absolute(double[] x) {
    return Arrays.stream(x).map(Math::abs).toArray();
  }
}
