package dev.vitrine.neuron.learning;

import dev.vitrine.error.UserException;

/** {@code XᵀX·w = Xᵀd}, by Gauss's elimination with the largest pivot. */
final class NormalEquations {
  private NormalEquations() {}

  static double[] solve(Samples samples) {
    int n = samples.names().size();
    double[][] a = new double[n][n + 1];
    for (int r = 0; r < samples.targets().length; r++) {
      double[] x = samples.inputs()[r];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          a[i][j] += x[i] * x[j];
        }
        a[i][n] += x[i] * samples.targets()[r];
      }
    }
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, Math.abs(a[i][i]));
    }
    for (int c = 0; c < n; c++) {
      eliminate(a, c, largest);
    }
    double[] w = new double[n];
    for (int i = 0; i < n; i++) {
      w[i] = a[i][n] / a[i][i];
    }
    return w;
  }

  private static void eliminate(double[][] a, int c, double largest) {
    int pivot = c;
    for (int i = c + 1; i < a.length; i++) {
      pivot = Math.abs(a[i][c]) > Math.abs(a[pivot][c]) ? i : pivot;
    }
    double[] row = a[pivot];
    a[pivot] = a[c];
    a[c] = row;
    if (Math.abs(row[c]) <= 1e-12 * largest) {
      throw new UserException(
          "The inputs depend on each other, so that many weights are the best: take a column away");
    }
    for (int i = 0; i < a.length; i++) {
      double factor = i == c ? 0 : a[i][c] / row[c];
      for (int j = c; factor != 0 && j < row.length; j++) {
        a[i][j] -= factor * row[j];
      }
    }
  }
}
