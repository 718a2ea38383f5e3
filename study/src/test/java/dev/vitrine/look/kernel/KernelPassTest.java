package dev.vitrine.look.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A kernel slid over numbers, against sums written out. */
class KernelPassTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  /** The documents' example. */
  @Test
  void theDocumentsResult() {
    Matrix input =
        Matrix.parse(
            "matrix",
            "0 0 0 0 1 0 0 0 0; 0 0 1 1 1 1 1 0 0; 1 1 1 1 1 1 1 1 1; 0 0 1 1 1 1 1 0 0; 0 0 0 0 1 0 0 0 0");
    Matrix kernel = Matrix.parse("kernel", "0 -1/4 0; -1/4 2 -1/4; 0 -1/4 0");
    Matrix expected =
        Matrix.parse(
            "matrix",
            "0 0 -.25 -.5 1.75 -.5 -.25 0 0; -.25 -.5 1.5 1.25 1 1.25 1.5 -.5 -.25; 1.75 1.5 1 1 1 1 1 1.5 1.75; -.25 -.5 1.5 1.25 1 1.25 1.5 -.5 -.25; 0 0 -.25 -.5 1.75 -.5 -.25 0 0");
    Matrix made = new KernelPass(kernel, Padding.ZERO, 1, false).over(input);
    assertThat(made.values()).containsExactly(expected.values());
  }

  /**
   * Convolution is defined by y[n] = Σ k[m]·x[n − m], the middle of the kernel being its origin.
   */
  @ParameterizedTest
  @EnumSource(Padding.class)
  void bothWaysByTheirDefinitions(Padding padding) {
    RandomStream random = Seed.of(7).stream("kernel");
    for (int side = 1; side <= 4; side++) {
      Matrix picture = drawn(random, 100 * side, 5, 7);
      Matrix kernel = drawn(random, 1000 * side, side, Math.min(side + 1, 4));
      for (boolean correlation : new boolean[] {false, true}) {
        Matrix made = new KernelPass(kernel, padding, 1, correlation).over(picture);
        int top = offset(padding, kernel.rows(), correlation);
        int left = offset(padding, kernel.columns(), correlation);
        for (int row = 0; row < made.rows(); row++) {
          for (int column = 0; column < made.columns(); column++) {
            double sum = 0;
            for (int r = 0; r < kernel.rows(); r++) {
              for (int c = 0; c < kernel.columns(); c++) {
                int y = correlation ? row - top + r : row + top - r;
                int x = correlation ? column - left + c : column + left - c;
                sum += kernel.at(r, c) * beyond(picture, padding, y, x);
              }
            }
            assertThat(made.at(row, column)).isEqualTo(sum, ROUNDING);
          }
        }
      }
    }
  }

  /** Where the kernel's origin lies for the first number of the result. */
  private static int offset(Padding padding, int kernel, boolean correlation) {
    return switch (padding) {
      case VALID -> correlation ? 0 : kernel - 1;
      case ZERO, REPLICATE -> (kernel - 1) / 2;
      case FULL -> correlation ? kernel - 1 : 0;
    };
  }

  private static double beyond(Matrix picture, Padding padding, int row, int column) {
    int r = Math.clamp(row, 0, picture.rows() - 1);
    int c = Math.clamp(column, 0, picture.columns() - 1);
    boolean inside = r == row && c == column;
    return inside || padding == Padding.REPLICATE ? picture.at(r, c) : 0;
  }

  private static Matrix drawn(RandomStream random, int from, int rows, int columns) {
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.uniform(from + i) - 0.5;
    }
    return new Matrix(rows, columns, values);
  }

  @ParameterizedTest
  @CsvSource({
    "VALID, 1, 3, 5",
    "ZERO, 1, 5, 7",
    "FULL, 1, 7, 9",
    "ZERO, 2, 3, 4",
    "VALID, 3, 1, 2"
  })
  void sizes(Padding padding, int stride, int rows, int columns) {
    Matrix picture = new Matrix(5, 7, new double[35]);
    Matrix made =
        new KernelPass(Kernel.parse("box").numbers(), padding, stride, true).over(picture);
    assertThat(made.rows()).isEqualTo(rows);
    assertThat(made.columns()).isEqualTo(columns);
  }

  @Test
  void aKernelIsNoLargerThanThePicture() {
    KernelPass pass = new KernelPass(Kernel.parse("box:5").numbers(), Padding.ZERO, 1, false);
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> pass.over(Matrix.parse("matrix", "1 2 3; 4 5 6")))
        .withMessage(
            "The kernel of 5×5 is larger than the picture of 2×3: choose a smaller kernel");
  }
}
