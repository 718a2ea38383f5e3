package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.LinearMap;
import java.util.function.DoublePredicate;

/**
 * The matrices of Winograd's minimal filtering along one axis: m outputs of a filter of r taps,
 * from m + r − 1 inputs and as many products, one for each point. A tile of an image takes one such
 * set down its columns and one along its rows:
 *
 * <pre>
 *   Y = Aᵀ [ (G w Gᵀ) ⊙ (Bᵀ X B) ] A         ⊙ multiplies number by number, and sums over channels
 *   dX = B [ (G w Gᵀ) ⊙ (A dY Aᵀ) ] Bᵀ       the same products, transposed
 *   dw = Gᵀ [ (Bᵀ X B) ⊙ (A dY Aᵀ) ] G       and once more; sums over tiles and examples
 * </pre>
 *
 * With 8 points both ways, 64 multiplications take the place of 400 (5 × 5 taps) or 324 (3 × 3);
 * with 6, 36 of 100 or 144, at two fifths of the rounding error.
 *
 * <p>Toom's construction: polynomials are evaluated at points, 0 and ∞ among them, multiplied there
 * and interpolated. Points but 0 and ∞ come as pairs ±p where that is accurate: what two rows share
 * is then computed once. Sources: Winograd, Arithmetic Complexity of Computations (1980); Lavin and
 * Gray, Fast Algorithms for Convolutional Neural Networks (2016).
 */
final class Winograd {
  private static final double[] EIGHT = {1, 2, 0.5};
  private static final double[] SIX = {1};

  /** F(6, 3) and F(4, 5): points 0, ±1, ±2, ±½, ∞. */
  static final Winograd EIGHT_THREE = new Winograd(3, EIGHT);

  static final Winograd EIGHT_FIVE = new Winograd(5, EIGHT);

  /** F(4, 3) and F(2, 5): points 0, ±1, 2, −½, ∞. */
  static final Winograd SIX_THREE = new Winograd(3, SIX, 2, -0.5);

  static final Winograd SIX_FIVE = new Winograd(5, SIX, 2, -0.5);

  /** Inputs, and products, of a tile along this axis: m + r − 1. */
  final int size;

  /** r: taps of a filter. */
  final int taps;

  /** m: outputs of a tile. */
  final int outputs;

  /** Bᵀ: (size, size). */
  final LinearMap input;

  /** B. */
  final LinearMap inputBack;

  /** Aᵀ: (m, size). */
  final LinearMap output;

  final LinearMap[] outputRow;

  /** A: (size, m). */
  final LinearMap outputBack;

  /** G: (size, r). */
  final LinearMap weight;

  /** Gᵀ. */
  final LinearMap weightBack;

  /**
   * {@code G w Gᵀ}, row-major, of a filter's taps, row-major, at once: along the rows, then down,
   * as {@link #weight} does it in two passes, operation by operation.
   */
  final LinearMap filter;

  /**
   * @param pairs the points ±p
   * @param singles the other points but 0 and ∞
   */
  private Winograd(int taps, double[] pairs, double... singles) {
    this.taps = taps;
    double[] points = new double[1 + 2 * pairs.length + singles.length];
    for (int i = 0; i < pairs.length; i++) {
      points[1 + 2 * i] = pairs[i];
      points[2 + 2 * i] = -pairs[i];
    }
    System.arraycopy(singles, 0, points, 1 + 2 * pairs.length, singles.length);
    size = points.length + 1;
    outputs = size + 1 - taps;
    input = input(points, pairs);
    inputBack = input.transposed();
    output = output(points, pairs, outputs);
    outputRow = rows(output);
    outputBack = output.transposed();
    weight = new LinearMap(weight(points, taps));
    weightBack = weight.transposed();
    filter = filter(weight(points, taps));
  }

  private static LinearMap filter(double[][] g) {
    int size = g.length;
    int taps = g[0].length;
    double[][] along = new double[size * taps][taps * taps];
    double[][] down = new double[size * size][size * taps];
    for (int j = 0; j < size; j++) {
      for (int r = 0; r < taps; r++) {
        System.arraycopy(g[j], 0, along[j * taps + r], r * taps, taps);
      }
      for (int i = 0; i < size; i++) {
        System.arraycopy(g[i], 0, down[i * size + j], j * taps, taps);
      }
    }
    return new LinearMap(along, down);
  }

  /**
   * Row p of Bᵀ holds the coefficients of Π(x − q) over all points q but p. For a pair that is R ·
   * (x ± p) with what they share, R, of the other points: first R·x and R, then the first plus and
   * minus p times the second.
   */
  private static LinearMap input(double[] points, double[] pairs) {
    int size = points.length + 1;
    double[][] shared = new double[size][];
    double[][] both = identity(size);
    for (int i = 0; i < points.length; i++) {
      int at = i;
      shared[i] = product(size, points, q -> q == points[at]);
    }
    shared[size - 1] = product(size, points, q -> false);
    for (int i = 0; i < pairs.length; i++) {
      double p = pairs[i];
      double[] rest = product(size, points, q -> Math.abs(q) == p);
      shared[2 + 2 * i] = rest;
      shared[1 + 2 * i] = new double[size];
      System.arraycopy(rest, 0, shared[1 + 2 * i], 1, size - 1);
      plusMinus(both, i, p);
    }
    return new LinearMap(shared, both);
  }

  /** Coefficients of the product of (x − q) over the points that are not left out. */
  private static double[] product(int size, double[] points, DoublePredicate leftOut) {
    double[] c = new double[size];
    c[0] = 1;
    for (double q : points) {
      if (!leftOut.test(q)) {
        for (int k = size - 1; k >= 0; k--) {
          c[k] = (k == 0 ? 0 : c[k - 1]) - q * c[k];
        }
      }
    }
    return c;
  }

  /** Aᵀ: powers 0 to m − 1 of the points; sums and differences of pairs first. */
  private static LinearMap output(double[] points, double[] pairs, int m) {
    int size = points.length + 1;
    double[][] both = identity(size);
    double[][] powers = new double[m][size];
    for (int k = 0; k < m; k++) {
      for (int i = 0; i < points.length; i++) {
        powers[k][i] = Math.pow(points[i], k);
      }
      for (int i = 0; i < pairs.length; i++) {
        powers[k][1 + 2 * i + (k + 1) % 2] = 0;
        powers[k][1 + 2 * i + k % 2] = Math.pow(pairs[i], k);
      }
    }
    powers[m - 1][size - 1] = 1;
    for (int i = 0; i < pairs.length; i++) {
      plusMinus(both, i, 1);
    }
    return new LinearMap(both, powers);
  }

  private static double[][] identity(int size) {
    double[][] identity = new double[size][size];
    for (int i = 0; i < size; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  /** Rows of a pair: the first of its two numbers, plus and minus p times the second. */
  private static void plusMinus(double[][] both, int i, double p) {
    int at = 1 + 2 * i;
    both[at][at] = 1;
    both[at][at + 1] = p;
    both[at + 1][at] = 1;
    both[at + 1][at + 1] = -p;
  }

  /** G: powers of the points, over the product of their distances from the others. */
  private static double[][] weight(double[] points, int taps) {
    double[][] g = new double[points.length + 1][taps];
    for (int i = 0; i < points.length; i++) {
      double distances = 1;
      for (double other : points) {
        distances *= other == points[i] ? 1 : points[i] - other;
      }
      for (int k = 0; k < taps; k++) {
        g[i][k] = Math.pow(points[i], k) / distances;
      }
    }
    g[points.length][taps - 1] = 1;
    return g;
  }

  private static LinearMap[] rows(LinearMap map) {
    LinearMap[] rows = new LinearMap[map.outputs()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = map.row(i);
    }
    return rows;
  }
}
