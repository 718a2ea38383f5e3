package dev.vitrine.op;

import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * The mean of each window.
 *
 * <pre>
 *   y[c,i,j]    = Σ_{u,v} x[c, i·s + u·d − p, j·s + v·d − p] / n(i,j)
 *   dx[c,i',j'] = Σ of dy[c,i,j] / n(i,j) over the windows (i,j) that cover (i',j')
 * </pre>
 *
 * {@code n(i,j)} counts the window's elements that lie in the input or, if {@code countPadding}, in
 * its padding; those of a ceil-mode window that lie beyond both never count (PyTorch's rule). A
 * window without an element, wholly in padding that does not count, is 0.
 *
 * @param window how the window slides over the image, and its padding
 * @param countPadding whether padding is in the mean
 */
public record AveragePool(Window window, boolean countPadding) implements Op {
  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return window.slide(this, inputs.getFirst());
  }

  @Override
  public Cost cost(List<Shape> inputs, Shape output) {
    Shape x = inputs.getFirst();
    long n = output.elements();
    long rows = window.h().members(x.size(1), output.size(1));
    long columns = window.w().members(x.size(2), output.size(2));
    return Cost.additions(output.size(0) * rows * columns - n).plus(Cost.multiplications(n));
  }

  /**
   * {@return what the sum of the window at output row {@code i} and column {@code j} is divided by}
   *
   * @param i the row, from 0
   * @param j the column, from 0
   * @param input (C, H, W)
   */
  public int divisor(int i, int j, Shape input) {
    return count(window.h(), i, input.size(1)) * count(window.w(), j, input.size(2));
  }

  private int count(Span span, int out, int in) {
    int low = countPadding ? -span.before() : 0;
    int high = countPadding ? in + span.after() : in;
    int count = 0;
    for (int tap = 0; tap < span.kernel(); tap++) {
      int source = span.source(out, tap);
      count += source >= low && source < high ? 1 : 0;
    }
    return Math.max(count, 1);
  }

  private double divisor(int k, Shape input, Shape output) {
    return divisor(k / output.size(2) % output.size(1), k % output.size(2), input);
  }

  @Override
  public void evaluate(Call call) {
    PoolWindows windows = new PoolWindows(window, call.shape(0), call.shape());
    for (int k = 0; k < call.out().length; k++) {
      double sum = 0;
      for (int member : windows.members(k)) {
        sum += call.in(0)[member];
      }
      call.out()[k] = sum / divisor(k, call.shape(0), call.shape());
    }
  }

  @Override
  public Formula formula() {
    return Formula.of(
        List.of("x"),
        "Σ_{u,v} x[c, i·s + u·d − p, j·s + v·d − p] / n(i,j)",
        "Σ of dy[c,i,j] / n(i,j) over the windows (i,j) that cover (i',j')");
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new Gradient(this, a.x(0).shape()), a.dy()));
  }

  /**
   * The gradient with respect to x, of shape {@code input}; input: dy.
   *
   * @param of the op whose derivative it is
   * @param input (C, H, W)
   */
  public record Gradient(AveragePool of, Shape input) implements Derivative {
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
      PoolWindows windows = new PoolWindows(of.window, input, call.shape(0));
      for (int k = 0; k < call.in(0).length; k++) {
        for (int member : windows.members(k)) {
          call.out()[member] += call.in(0)[k] / of.divisor(k, input, call.shape(0));
        }
      }
    }
  }
}
