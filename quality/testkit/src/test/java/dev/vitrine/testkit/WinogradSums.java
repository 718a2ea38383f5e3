package dev.vitrine.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * A 5×5 convolution's weight gradient by Winograd's products, in plain Java: {@code dw = Gᵀ [ Σ (Bᵀ
 * X B) ⊙ (A dY Aᵀ) ] G} with points 0, ±1, ±2, ±½, ∞. For whole numbers that are small enough the
 * transforms of x and dy are exact, in whatever order they are computed; so all that rounds is the
 * sum over tiles and examples, and what follows it.
 *
 * @param side of the images, which padding keeps
 * @param other whether to sum over the tiles of an image from the last to the first instead
 */
record WinogradSums(
    int side, int channels, int filters, int examples, float[][] x, float[][] dy, boolean other) {
  private static final double[] POINTS = {0, 1, -1, 2, -2, 0.5, -0.5};
  private static final int SIZE = 8;
  private static final int TAPS = 5;
  private static final int OUTPUTS = 4;
  private static final int PADDING = 2;
  private static final float SMALL = 0x1p-21f;

  /** Bᵀ: row p holds the coefficients of Π(x − q) over the other points. */
  private static double[][] input() {
    double[][] rows = new double[SIZE][];
    for (int p = 0; p < SIZE; p++) {
      double[] c = new double[SIZE];
      c[0] = 1;
      for (int q = 0; q < POINTS.length; q++) {
        for (int k = SIZE - 1; k >= 0 && q != p; k--) {
          c[k] = (k == 0 ? 0 : c[k - 1]) - POINTS[q] * c[k];
        }
      }
      rows[p] = c;
    }
    return rows;
  }

  /**
   * The first powers of the points, ∞ having only the last; divided for G by the distances from
   * each other.
   */
  private static double[][] powers(int count, boolean divided) {
    double[][] rows = new double[SIZE][count];
    for (int p = 0; p < POINTS.length; p++) {
      double divisor = 1;
      for (int q = 0; q < POINTS.length && divided; q++) {
        divisor *= q == p ? 1 : POINTS[p] - POINTS[q];
      }
      for (int k = 0; k < count; k++) {
        rows[p][k] = Math.pow(POINTS[p], k) / divisor;
      }
    }
    rows[SIZE - 1][count - 1] = 1;
    return rows;
  }

  private static double[][] bothSides(double[][] m, double[][] x) {
    double[][] y = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        for (int u = 0; u < x.length; u++) {
          for (int v = 0; v < x.length; v++) {
            y[i][j] += m[i][u] * m[j][v] * x[u][v];
          }
        }
      }
    }
    return y;
  }

  /** The transforms of one channel: {@code [example · tiles + tile]}. */
  private List<double[][]> transforms(float[][] images, int channel, double[][] m, int before) {
    int tiles = side / OUTPUTS;
    int covered = m[0].length;
    List<double[][]> all = new ArrayList<>();
    for (int n = 0; n < examples; n++) {
      for (int tile = 0; tile < tiles * tiles; tile++) {
        double[][] x = new double[covered][covered];
        for (int u = 0; u < covered; u++) {
          for (int v = 0; v < covered; v++) {
            int i = tile / tiles * OUTPUTS + u - before;
            int j = tile % tiles * OUTPUTS + v - before;
            boolean inside = i >= 0 && i < side && j >= 0 && j < side;
            x[u][v] = inside ? images[n][(channel * side + i) * side + j] : 0;
          }
        }
        all.add(bothSides(m, x));
      }
    }
    return all;
  }

  float[] gradient() {
    double[][] b = input();
    double[][] a = powers(OUTPUTS, false);
    List<List<double[][]>> ofX = new ArrayList<>();
    List<List<double[][]>> ofDy = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      ofX.add(transforms(x, c, b, PADDING));
    }
    for (int o = 0; o < filters; o++) {
      ofDy.add(transforms(dy, o, a, 0));
    }
    float[] dw = new float[filters * channels * TAPS * TAPS];
    for (int pair = 0; pair < filters * channels; pair++) {
      int o = pair / channels;
      int c = pair % channels;
      float[] products = back(sums(ofX.get(c), ofDy.get(o)));
      float[] stored = products == null ? directly(o, c) : products;
      System.arraycopy(stored, 0, dw, pair * TAPS * TAPS, TAPS * TAPS);
    }
    return dw;
  }

  /** The sums of a pair of channels, number by number: lanes over blocks and tiles; the tree. */
  private float[][] sums(List<double[][]> ofX, List<double[][]> ofDy) {
    int tiles = ofX.size() / examples;
    float[][] sums = new float[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        int row = i;
        int column = j;
        sums[i][j] =
            SumOrders.fusedLanes(
                examples,
                tiles,
                (n, t) -> (float) ofDy.get(at(n, t, tiles))[row][column],
                (n, t) -> (float) ofX.get(at(n, t, tiles))[row][column]);
      }
    }
    return sums;
  }

  private int at(int n, int tile, int tiles) {
    return n * tiles + (other ? tiles - 1 - tile : tile);
  }

  /** Gᵀ dU G, along the rows first; {@code null} if a number is so small that it may be noise. */
  private static float[] back(float[][] du) {
    double[][] g = powers(TAPS, true);
    float[][] along = new float[SIZE][TAPS];
    float largest = 0;
    for (int i = 0; i < SIZE; i++) {
      for (int v = 0; v < TAPS; v++) {
        along[i][v] = combine(g, v, du[i]);
      }
      for (float number : du[i]) {
        largest = Math.max(largest, Math.abs(number));
      }
    }
    float[] dw = new float[TAPS * TAPS];
    boolean small = false;
    for (int v = 0; v < TAPS; v++) {
      float[] column = new float[SIZE];
      for (int i = 0; i < SIZE; i++) {
        column[i] = along[i][v];
      }
      for (int u = 0; u < TAPS; u++) {
        dw[u * TAPS + v] = combine(g, u, column);
        small |= Math.abs(dw[u * TAPS + v]) < SMALL * largest;
      }
    }
    return small ? null : dw;
  }

  /** {@code Σ g[i][k] · x[i]}, the term of factor 1 first, the others in order. */
  private static float combine(double[][] g, int k, float[] x) {
    boolean begun = g[SIZE - 1][k] == 1;
    float sum = begun ? x[SIZE - 1] : 0;
    for (int i = 0; i < SIZE - 1; i++) {
      if (g[i][k] != 0) {
        sum = begun ? Math.fma((float) g[i][k], x[i], sum) : (float) g[i][k] * x[i];
        begun = true;
      }
    }
    return sum;
  }

  private float[] directly(int filter, int channel) {
    float[] dw = new float[TAPS * TAPS];
    int plane = side * side;
    for (int tap = 0; tap < dw.length; tap++) {
      int u = tap / TAPS - PADDING;
      int v = tap % TAPS - PADDING;
      dw[tap] =
          SumOrders.fusedLanes(
              examples,
              plane,
              (n, p) -> dy[n][filter * plane + p],
              (n, p) -> {
                int i = p / side + u;
                int j = p % side + v;
                boolean inside = i >= 0 && i < side && j >= 0 && j < side;
                return inside ? x[n][channel * plane + i * side + j] : 0;
              });
    }
    return dw;
  }
}
