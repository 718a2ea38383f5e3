package dev.vitrine.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A small matrix that kernels apply to vectors of 16 lanes with its numbers built in: {@code y =
 * M·x}, or {@code y = M₂·M₁·x} where two sparse factors need fewer operations than their product.
 * Compared by identity, because kernels keep what they generate for it; so there should be few, in
 * constants.
 *
 * <p>The order of operations is the map's, and the same for every kernel: a row starts with its
 * first term of factor 1 (or else its first term) and adds the others from left to right, each by a
 * fused multiply-add.
 */
public final class LinearMap {
  /**
   * One output: {@code factor[0]·x[input[0]] + …}, in the order of evaluation.
   *
   * @param input the indices of the inputs that are summed
   * @param factor what each of them is multiplied by
   */
  @SuppressWarnings("ArrayRecordComponent") // made once, never compared
  public record Row(int[] input, float[] factor) {
    static Row of(double[] matrixRow) {
      List<Integer> order = new ArrayList<>();
      for (int k = 0; k < matrixRow.length; k++) {
        if (matrixRow[k] != 0) {
          boolean start =
              matrixRow[k] == 1 && (order.isEmpty() || matrixRow[order.getFirst()] != 1);
          order.add(start ? 0 : order.size(), k);
        }
      }
      int[] input = new int[order.size()];
      float[] factor = new float[input.length];
      for (int i = 0; i < input.length; i++) {
        input[i] = order.get(i);
        factor[i] = (float) matrixRow[input[i]];
      }
      return new Row(input, factor);
    }
  }

  private final double[][][] factors;
  private final List<List<Row>> stages = new ArrayList<>();

  /**
   * The map {@code factors[0]}, or {@code factors[1] · factors[0]}.
   *
   * @param factors matrices {@code [output][input]}, the first to be applied first; one or two
   */
  public LinearMap(double[][]... factors) {
    this.factors = factors.clone();
    for (double[][] factor : factors) {
      List<Row> rows = new ArrayList<>();
      for (double[] row : factor) {
        rows.add(Row.of(row));
      }
      stages.add(List.copyOf(rows));
    }
  }

  /** {@return the rows of each factor, the first to be applied first} */
  public List<List<Row>> stages() {
    return stages;
  }

  /** {@return how many vectors it reads} */
  public int inputs() {
    return factors[0][0].length;
  }

  /** {@return how many vectors it makes} */
  public int outputs() {
    return stages.getLast().size();
  }

  /** {@return the transposed map, of as many operations} */
  public LinearMap transposed() {
    double[][][] transposed = new double[factors.length][][];
    for (int i = 0; i < factors.length; i++) {
      transposed[factors.length - 1 - i] = transpose(factors[i]);
    }
    return new LinearMap(transposed);
  }

  /**
   * {@return the map that makes only one of the outputs}
   *
   * @param output its number, from 0
   */
  public LinearMap row(int output) {
    return new LinearMap(new double[][] {matrix()[output]});
  }

  /** {@return the whole matrix} */
  public double[][] matrix() {
    double[][] product = factors[0];
    for (int i = 1; i < factors.length; i++) {
      product = multiply(factors[i], product);
    }
    return product;
  }

  private static double[][] transpose(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < t.length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  private static double[][] multiply(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        for (int j = 0; j < b[0].length; j++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }
}
