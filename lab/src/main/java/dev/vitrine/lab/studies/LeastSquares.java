package dev.vitrine.lab.studies;

import java.util.ArrayList;
import java.util.List;

/**
 * Linear regression in double precision, in closed form and by least mean squares (Widrow and Hoff,
 * 1960): row by row, {@code e = d − w·x}, {@code w ← w + r e x}.
 *
 * @param x rows
 * @param d what each row should give
 */
record LeastSquares(double[][] x, double[] d) {
  private static final int SQUARINGS = 40;
  private static final double COARSE = 1e-3;

  /** The w of the smallest error: {@code (XᵀX) w = Xᵀd}. */
  double[] closedForm() {
    int n = x[0].length;
    double[][] a = new double[n][n + 1];
    for (int row = 0; row < d.length; row++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          a[i][j] += x[row][i] * x[row][j];
        }
        a[i][n] += x[row][i] * d[row];
      }
    }
    return Matrices.solved(a);
  }

  double mse(double[] w) {
    double sum = 0;
    for (int row = 0; row < d.length; row++) {
      double e = d[row] - Matrices.dot(w, x[row]);
      sum += e * e;
    }
    return sum / d.length;
  }

  /** One pass over the rows, in place. */
  void pass(double[] w, double rate) {
    for (int row = 0; row < d.length; row++) {
      step(w, x[row], d[row], rate);
    }
  }

  /** One row's step, in place. */
  static void step(double[] w, double[] x, double d, double rate) {
    double e = d - Matrices.dot(w, x);
    for (int i = 0; i < w.length; i++) {
      w[i] += rate * e * x[i];
    }
  }

  /**
   * The weights after each epoch, from zero; the first is zero itself. Ends where they overflow.
   */
  List<double[]> path(double rate, int epochs) {
    List<double[]> path = new ArrayList<>();
    double[] w = new double[x[0].length];
    path.add(w.clone());
    for (int epoch = 0; epoch < epochs && Double.isFinite(mse(w)); epoch++) {
      pass(w, rate);
      path.add(w.clone());
    }
    return path;
  }

  /**
   * By how much an error of w shrinks or grows in one epoch in the long run: the spectral radius of
   * {@code ∏ (I − r x xᵀ)}.
   */
  double radius(double rate) {
    int n = x[0].length;
    double[][] product = Matrices.identity(n);
    for (double[] row : x) {
      double[][] factor = Matrices.identity(n);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          factor[i][j] -= rate * row[i] * row[j];
        }
      }
      product = Matrices.product(factor, product);
    }
    return Matrices.radius(product, SQUARINGS);
  }

  /** The rate up to which every rate converges, by bisection of {@link #radius}. */
  double largestStableRate() {
    double high = COARSE;
    while (radius(high) < 1) {
      high += COARSE;
    }
    double low = high - COARSE;
    for (int i = 0; i < SQUARINGS; i++) {
      double middle = (low + high) / 2;
      if (radius(middle) < 1) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** {@code R = XᵀX / n}. */
  double[][] correlation() {
    int n = x[0].length;
    double[][] r = new double[n][n];
    for (double[] row : x) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          r[i][j] += row[i] * row[j] / d.length;
        }
      }
    }
    return r;
  }

  /** Below it gradient descent on all rows at once converges: 2/λmax of R. */
  double batchBound() {
    return 2 / Matrices.radius(correlation(), SQUARINGS);
  }

  /** What is usually quoted for LMS: 2/tr R. */
  double meanSquareEstimate() {
    double[][] r = correlation();
    double trace = 0;
    for (int i = 0; i < r.length; i++) {
      trace += r[i][i];
    }
    return 2 / trace;
  }
}
