package dev.vitrine.lab.studies;

/** Small dense matrices in double precision, {@code a[row][column]}. */
final class Matrices {
  private Matrices() {}

  static double[][] identity(int n) {
    double[][] identity = new double[n][n];
    for (int i = 0; i < n; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        for (int j = 0; j < c[i].length; j++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  static double[] times(double[][] a, double[] v) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = dot(a[i], v);
    }
    return product;
  }

  static double norm(double[] v) {
    return Math.sqrt(dot(v, v));
  }

  /** Solves equations whose right sides are the last column, which changes them. */
  static double[] solved(double[][] a) {
    int n = a.length;
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k; i < n; i++) {
        pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
      }
      double[] row = a[pivot];
      a[pivot] = a[k];
      a[k] = row;
      for (int i = 0; i < n; i++) {
        double factor = i == k ? 0 : a[i][k] / row[k];
        for (int j = k; j <= n; j++) {
          a[i][j] -= factor * row[j];
        }
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = a[i][n] / a[i][i];
    }
    return solution;
  }

  /**
   * The spectral radius by Gelfand's formula, {@code lim ‖Aᵏ‖^(1/k)}, complex eigenvalues or not.
   *
   * @param squarings the logarithm of k; 40 leave an error of about 1e-11
   */
  static double radius(double[][] a, int squarings) {
    double[][] power = a;
    double log = 0; // of what the true power is times this one
    for (int i = 0; i < squarings; i++) {
      double size = size(power);
      if (size == 0) {
        return 0;
      }
      log = 2 * (log + Math.log(size));
      double[][] scaled = scaled(power, 1 / size);
      power = product(scaled, scaled);
    }
    return Math.exp((log + Math.log(size(power))) / Math.pow(2, squarings));
  }

  private static double size(double[][] a) {
    double squares = 0;
    for (double[] row : a) {
      squares += dot(row, row);
    }
    return Math.sqrt(squares);
  }

  private static double[][] scaled(double[][] a, double factor) {
    double[][] scaled = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      scaled[i] = a[i].clone();
      for (int j = 0; j < scaled[i].length; j++) {
        scaled[i][j] *= factor;
      }
    }
    return scaled;
  }
}
