package dev.vitrine.trace.layer;

import dev.vitrine.tensor.Shape;
import java.util.Arrays;

/**
 * All derivatives of one array of numbers by another.
 *
 * @param of the derived array's name
 * @param by the name of what it is derived by
 * @param output the derived array's shape
 * @param input the shape of what it is derived by
 * @param rows {@code rows[k][i] = ∂of[k]/∂by[i]}, both counted row-major
 */
public record Jacobian(String of, String by, Shape output, Shape input, double[][] rows) {
  /** {@return how many entries are not 0} */
  public int filled() {
    return (int) Arrays.stream(rows).flatMapToDouble(Arrays::stream).filter(v -> v != 0).count();
  }

  /**
   * {@return the transposed map: what a gradient of the output is to the input, {@code Σ_k dy[k] ·
   * ∂of[k]/∂by[i]}}
   *
   * @param dy one number for each output
   */
  public double[] back(double[] dy) {
    double[] dx = new double[input.elements()];
    for (int k = 0; k < rows.length; k++) {
      for (int i = 0; i < dx.length; i++) {
        dx[i] += dy[k] * rows[k][i];
      }
    }
    return dx;
  }
}
