package dev.vitrine.plan;

import dev.vitrine.kernel.LinearMap;
import dev.vitrine.op.Span;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;

/**
 * The matrices of Winograd's minimal filtering for tiles of 8 × 8 inputs: m × m outputs of a filter
 * of r × r taps, m + r = 9, take 64 multiplications for m²·r² (400 for 5 × 5, 324 for 3 × 3).
 *
 * <pre>
 *   Y = Aᵀ [ (G w Gᵀ) ⊙ (Bᵀ X B) ] A         ⊙ multiplies number by number, and sums over channels
 *   dX = B [ (G w Gᵀ) ⊙ (A dY Aᵀ) ] Bᵀ       the same products, transposed
 * </pre>
 *
 * The weight's gradient could go the same way, but stays a direct sum: where the true gradient is 0
 * that gives 0, these products would give a rounding error, and an optimiser that divides by the
 * gradient's size (Adam) makes full steps of it.
 *
 * <p>Toom's construction: polynomials are evaluated at the points 0, ±1, ±2, ±½ and ∞, multiplied
 * there and interpolated. Sources: Winograd, Arithmetic Complexity of Computations (1980); Lavin
 * and Gray, Fast Algorithms for Convolutional Neural Networks (2016).
 */
final class Winograd {
  /** Rows and columns of a tile of inputs, and of its products. */
  static final int SIZE = 8;

  /** The points but 0 and ∞ come as pairs ±p: what two rows share is computed once. */
  private static final double[] PAIRS = {1, 2, 0.5};

  private static final Winograd THREE = new Winograd(3);
  private static final Winograd FIVE = new Winograd(5);

  /** Bᵀ: (8, 8). */
  static final LinearMap INPUT = input();

  /** B. */
  static final LinearMap INPUT_BACK = INPUT.transposed();

  /** r: taps of a filter's row. */
  final int taps;

  /** m: outputs of a tile's row. */
  final int outputs;

  /** Aᵀ: (m, 8). */
  final LinearMap output;

  final LinearMap[] outputRow;

  /** A: (8, m). */
  final LinearMap outputBack;

  /** G: (8, r). */
  final LinearMap weight;

  private Winograd(int taps) {
    this.taps = taps;
    outputs = SIZE + 1 - taps;
    output = output(outputs);
    outputRow = rows(output);
    outputBack = output.transposed();
    weight = new LinearMap(weight(taps));
  }

  /**
   * Row p of Bᵀ holds the coefficients of Π(x − q) over all points q but p. For a pair that is x·R
   * · (x ± p) with R = (x² − q²)(x² − s²) of the other pairs: an even and an odd part.
   */
  private static LinearMap input() {
    double[][] parts = new double[SIZE][SIZE];
    double[][] pairs = new double[SIZE][SIZE];
    for (int i = 0; i < PAIRS.length; i++) {
      double q = PAIRS[(i + 1) % 3] * PAIRS[(i + 1) % 3];
      double s = PAIRS[(i + 2) % 3] * PAIRS[(i + 2) % 3];
      for (int odd = 0; odd < 2; odd++) {
        double[] part = parts[1 + 2 * i + odd];
        part[2 - odd] = q * s;
        part[4 - odd] = -(q + s);
        part[6 - odd] = 1;
      }
      plusMinus(pairs, i, PAIRS[i]);
    }
    parts[0] = new double[] {-1, 0, 5.25, 0, -5.25, 0, 1, 0};
    parts[SIZE - 1] = new double[] {0, -1, 0, 5.25, 0, -5.25, 0, 1};
    pairs[0][0] = 1;
    pairs[SIZE - 1][SIZE - 1] = 1;
    return new LinearMap(parts, pairs);
  }

  /** Aᵀ: powers 0 to m − 1 of the points; sums and differences of pairs first. */
  private static LinearMap output(int m) {
    double[][] pairs = new double[SIZE][SIZE];
    double[][] powers = new double[m][SIZE];
    pairs[0][0] = 1;
    pairs[SIZE - 1][SIZE - 1] = 1;
    powers[0][0] = 1;
    powers[m - 1][SIZE - 1] = 1;
    for (int i = 0; i < PAIRS.length; i++) {
      plusMinus(pairs, i, 1);
      for (int k = 0; k < m; k++) {
        powers[k][1 + 2 * i + k % 2] = Math.pow(PAIRS[i], k);
      }
    }
    return new LinearMap(pairs, powers);
  }

  /** Rows of a pair: the first of its two numbers, plus and minus p times the second. */
  private static void plusMinus(double[][] pairs, int i, double p) {
    int at = 1 + 2 * i;
    pairs[at][at] = 1;
    pairs[at][at + 1] = p;
    pairs[at + 1][at] = 1;
    pairs[at + 1][at + 1] = -p;
  }

  /** G: powers of the points, over the product of their distances from the others. */
  private static double[][] weight(int taps) {
    double[] points = {0, 1, -1, 2, -2, 0.5, -0.5};
    double[][] g = new double[SIZE][taps];
    for (int i = 0; i < points.length; i++) {
      double distances = 1;
      for (double other : points) {
        distances *= other == points[i] ? 1 : points[i] - other;
      }
      for (int k = 0; k < taps; k++) {
        g[i][k] = Math.pow(points[i], k) / distances;
      }
    }
    g[SIZE - 1][taps - 1] = 1;
    return g;
  }

  private static LinearMap[] rows(LinearMap map) {
    LinearMap[] rows = new LinearMap[map.outputs()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = map.row(i);
    }
    return rows;
  }

  /**
   * The tiles of a convolution that is worth it, or {@code null}. The choice depends on shapes
   * alone, so that it is the same everywhere.
   *
   * @param in (C, H, W)
   * @param weight (O, C, r, r)
   * @param out (O, OH, OW)
   */
  static WinogradTiles tiles(Window window, int groups, Shape in, Shape weight, Shape out) {
    Span h = window.h();
    Span w = window.w();
    boolean plain = h.stride() == 1 && w.stride() == 1 && h.dilation() == 1 && w.dilation() == 1;
    boolean known = h.kernel() == w.kernel() && (h.kernel() == 3 || h.kernel() == 5);
    if (groups != 1 || !plain || !known) {
      return null;
    }
    WinogradTiles tiles =
        new WinogradTiles(
            h.kernel() == 3 ? THREE : FIVE,
            weight.size(1),
            weight.size(0),
            in.size(1),
            in.size(2),
            out.size(1),
            out.size(2),
            h.before(),
            w.before());
    return tiles.pays() ? tiles : null;
  }
}
