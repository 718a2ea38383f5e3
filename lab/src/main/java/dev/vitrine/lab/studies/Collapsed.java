package dev.vitrine.lab.studies;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;

/**
 * A stack of linear layers as the one layer that it equals: {@code W = Wₙ⋯W₁}, {@code b = bₙ + Wₙ
 * bₙ₋₁ + …}, multiplied in double precision.
 *
 * @param weight (outputs, inputs)
 * @param bias (outputs)
 * @param layers how many there were
 */
record Collapsed(double[][] weight, double[] bias, int layers) {
  /** Of a network whose parameters are the weight and the bias of each layer in turn. */
  static Collapsed of(Model model) {
    double[][] w = null;
    double[] b = null;
    int layers = 0;
    for (ParameterSpec spec : model.specs()) {
      float[] values = model.parameters().get(spec.name());
      if (spec.role() == ParameterSpec.Role.WEIGHT) {
        double[][] own = matrix(values, spec.shape().size(0));
        w = w == null ? own : Matrices.product(own, w);
        b = b == null ? new double[own.length] : Matrices.times(own, b);
        layers++;
      } else {
        for (int i = 0; i < values.length; i++) {
          b[i] += values[i];
        }
      }
    }
    return new Collapsed(w, b, layers);
  }

  private static double[][] matrix(float[] values, int rows) {
    int columns = values.length / rows;
    double[][] matrix = new double[rows][columns];
    for (int i = 0; i < values.length; i++) {
      matrix[i / columns][i % columns] = values[i];
    }
    return matrix;
  }

  /** The outputs for an input. */
  double[] outputs(float[] x) {
    double[] in = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      in[i] = x[i];
    }
    double[] y = Matrices.times(weight, in);
    for (int i = 0; i < y.length; i++) {
      y[i] += bias[i];
    }
    return y;
  }
}
