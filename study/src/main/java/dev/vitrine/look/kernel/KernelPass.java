package dev.vitrine.look.kernel;

import dev.vitrine.error.UserException;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;

/**
 * A kernel slid over planes of numbers, by the engine's own op in double precision.
 *
 * @param kernel the kernel as it was given
 * @param padding what lies beyond the edge
 * @param stride pixels from one place to the next, at least 1
 * @param correlation whether the kernel is laid on as it is, as in networks; if not it is turned by
 *     180° first, which is a convolution
 */
public record KernelPass(Matrix kernel, Padding padding, int stride, boolean correlation) {
  /** Checks the stride. */
  public KernelPass {
    if (stride < 1) {
      throw UserException.expecting("The stride", "1 or more", Integer.toString(stride));
    }
  }

  /** {@return the same pass the other way: correlation for convolution} */
  public KernelPass otherWay() {
    return new KernelPass(kernel, padding, stride, !correlation);
  }

  /**
   * {@return what comes out}
   *
   * @param picture one plane of numbers
   * @throws UserException if the kernel is larger than the picture
   */
  public Matrix over(Matrix picture) {
    if (kernel.rows() > picture.rows() || kernel.columns() > picture.columns()) {
      throw new UserException(
          "The kernel of %s×%s is larger than the picture of %s×%s: choose a smaller kernel"
              .formatted(kernel.rows(), kernel.columns(), picture.rows(), picture.columns()));
    }
    int top = padding.before(kernel.rows());
    int bottom = padding.after(kernel.rows());
    int left = padding.before(kernel.columns());
    int right = padding.after(kernel.columns());
    // A turned kernel of even size has its middle on the other side.
    boolean turned = !correlation && padding != Padding.FULL;
    Matrix padded =
        turned
            ? padded(picture, bottom, top, right, left)
            : padded(picture, top, bottom, left, right);
    Matrix laid = correlation ? kernel : kernel.turned();
    Graph graph = new Graph();
    Value x = graph.input("picture", Shape.of(1, padded.rows(), padded.columns()));
    Value w = graph.parameter("kernel", Shape.of(1, 1, laid.rows(), laid.columns()));
    Window window = Window.of(laid.rows(), laid.columns()).stride(stride);
    Value y = graph.apply(new Convolution(window, 1, false), x, w);
    double[] out =
        new Interpreter(1)
            .input("picture", padded.values())
            .parameter("kernel", laid.values())
            .run(graph)
            .of(y, 0);
    return new Matrix(y.shape().size(1), y.shape().size(2), out);
  }

  private Matrix padded(Matrix picture, int top, int bottom, int left, int right) {
    int rows = top + picture.rows() + bottom;
    int columns = left + picture.columns() + right;
    double[] values = new double[Math.multiplyExact(rows, columns)];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int r = Math.clamp(row - top, 0, picture.rows() - 1);
        int c = Math.clamp(column - left, 0, picture.columns() - 1);
        boolean inside = r == row - top && c == column - left;
        if (inside || padding == Padding.REPLICATE) {
          values[row * columns + column] = picture.at(r, c);
        }
      }
    }
    return new Matrix(rows, columns, values);
  }
}
