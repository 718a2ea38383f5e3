package dev.vitrine.testkit;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Call;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Example;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The sizes of the products whose sums dense layers, convolutions and their derivatives are: what
 * the op makes of its inputs without their signs.
 */
final class ProductTerms {
  private ProductTerms() {}

  /** The largest sum of products without their signs; 0 for an op that is no such sum. */
  static double most(Value y, Interpreter.Values values, int batchSize) {
    return switch (y.op()) {
      case Affine _, Affine.InputGradient _, Affine.WeightGradient _ -> sum(y, values, batchSize);
      case Convolution _, Convolution.InputGradient _, Convolution.WeightGradient _ ->
          sum(y, values, batchSize);
      default -> 0;
    };
  }

  private static double sum(Value y, Interpreter.Values values, int batchSize) {
    List<Shape> shapes = y.inputs().stream().map(Value::shape).toList();
    double[][] sums = new double[y.perExample() ? batchSize : 1][y.shape().elements()];
    for (int n = 0; n < batchSize; n++) {
      int example = n;
      double[][] in =
          y.inputs().stream().map(x -> sizes(values.of(x, example))).toArray(double[][]::new);
      double[] out = sums[n % sums.length];
      y.op()
          .evaluate(new Call(shapes, in, y.shape(), out, new Example(n, batchSize, 0, Seed.of(0))));
    }
    return Arrays.stream(sums).flatMapToDouble(Arrays::stream).max().orElse(0);
  }

  private static double[] sizes(double[] x) {
    return Arrays.stream(x).map(Math::abs).toArray();
  }
}
