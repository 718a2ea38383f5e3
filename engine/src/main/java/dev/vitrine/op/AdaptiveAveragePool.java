package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * The means of {@code height × width} bins that cover the plane, whatever its size (PyTorch's rule;
 * neighbouring bins share a row or column where the sizes do not divide).
 *
 * <pre>
 *   y[c,i,j] = mean of x[c,u,v]   ⌊i·H / height⌋ ≤ u &lt; ⌈(i + 1)·H / height⌉,  v and W alike
 *   dx[c,u,v] = Σ of dy[c,i,j] / n(i,j) over the bins (i,j) that cover (u,v)
 * </pre>
 *
 * {@code n(i,j)} is the number of elements of a bin. x (C, H, W), y (C, height, width). Per output
 * element n − 1 additions and one multiplication.
 *
 * @param height rows of the output
 * @param width columns of the output
 */
public record AdaptiveAveragePool(int height, int width) implements Op {
  /** Checks the sizes. */
  public AdaptiveAveragePool {
    check(height, width);
  }

  /**
   * Refuses sizes that no plane has.
   *
   * @throws UserException if a size is less than 1
   */
  public static void check(int height, int width) {
    if (height < 1 || width < 1) {
      throw new UserException(
          "AdaptiveAvgPool2d expects an output of at least 1×1, but got %s×%s"
              .formatted(height, width));
    }
  }

  /**
   * {@return the first element of bin {@code i} of {@code bins} over {@code size} elements}
   *
   * @param i the bin, from 0
   * @param bins how many bins along the axis
   * @param size the input's elements along the axis
   */
  public static int first(int i, int bins, int size) {
    return (int) ((long) i * size / bins);
  }

  /**
   * {@return the element behind the last of bin {@code i} of {@code bins} over {@code size}
   * elements}
   *
   * @param i the bin, from 0
   * @param bins how many bins along the axis
   * @param size the input's elements along the axis
   */
  public static int end(int i, int bins, int size) {
    return (int) (((i + 1L) * size + bins - 1) / bins);
  }

  /**
   * {@return how many elements the bin at output row {@code i} and column {@code j} has}
   *
   * @param i the row, from 0
   * @param j the column, from 0
   * @param input (C, H, W)
   */
  public int count(int i, int j, Shape input) {
    int rows = end(i, height, input.size(1)) - first(i, height, input.size(1));
    return rows * (end(j, width, input.size(2)) - first(j, width, input.size(2)));
  }

  /**
   * {@return the elements of all {@code bins} over {@code size} elements together: each end of a
   * bin within an element counts that one twice}
   *
   * @param bins how many bins along the axis
   * @param size the input's elements along the axis
   */
  public static long members(int bins, int size) {
    return (long) size + bins - gcd(bins, size);
  }

  /**
   * {@return the elements of the largest of {@code bins} over {@code size} elements}
   *
   * @param bins how many bins along the axis
   * @param size the input's elements along the axis
   */
  public static int largest(int bins, int size) {
    int common = gcd(bins, size);
    return (int) (((long) bins / common + size / common - 1 + bins / common - 1) / (bins / common));
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.getFirst();
    if (x.rank() != 3) {
      throw new UserException(
          "AdaptiveAvgPool2d(%s×%s) expects an input of shape (C, H, W), but got %s"
              .formatted(height, width, x));
    }
    return Shape.of(x.size(0), height, width);
  }

  @Override
  public Cost cost(List<Shape> inputs, Shape output) {
    Shape x = inputs.getFirst();
    long members = members(height, x.size(1)) * members(width, x.size(2));
    long n = output.elements();
    return Cost.additions(output.size(0) * members - n).plus(Cost.multiplications(n));
  }

  @Override
  public void evaluate(Call call) {
    double[] x = call.in(0);
    double[] y = call.out();
    forEach(call.shape(0), (in, out, n) -> y[out] += x[in] / n);
  }

  @Override
  public Formula formula() {
    return Formula.of(
        List.of("x"),
        "mean of x[c,u,v] over the bin (i,j)",
        "Σ of dy[c,i,j] / n(i,j) over the bins (i,j) that cover (u,v)");
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new Gradient(this, a.x(0).shape()), a.dy()));
  }

  private interface Visitor {
    void member(int in, int out, int n);
  }

  /** Every pair of an input element and an output element whose bin, of n elements, has it. */
  private void forEach(Shape x, Visitor visitor) {
    for (int k = 0; k < x.size(0) * height * width; k++) {
      int i = k / width % height;
      int j = k % width;
      int channel = k / (height * width);
      int n = count(i, j, x);
      for (int u = first(i, height, x.size(1)); u < end(i, height, x.size(1)); u++) {
        for (int v = first(j, width, x.size(2)); v < end(j, width, x.size(2)); v++) {
          visitor.member((channel * x.size(1) + u) * x.size(2) + v, k, n);
        }
      }
    }
  }

  /**
   * The gradient with respect to x, of shape {@code input}; input: dy.
   *
   * @param of the op whose derivative it is
   * @param input (C, H, W)
   */
  public record Gradient(AdaptiveAveragePool of, Shape input) implements Derivative {
    @Override
    public int arity() {
      return 1;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return input;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return of.cost(List.of(input), inputs.getFirst());
    }

    @Override
    public void evaluate(Call call) {
      double[] dy = call.in(0);
      double[] dx = call.out();
      of.forEach(input, (in, out, n) -> dx[in] += dy[out] / n);
    }
  }
}
