package dev.vitrine.op;

import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * The maximum of each window; padding never wins, but a window that lies wholly in it, as one may
 * whose padding is as large as its kernel, has no element and is 0.
 *
 * <pre>
 *   y[c,i,j] = max_{u,v} x[c, i·s + u·d − p, j·s + v·d − p]
 *   dx[c,i',j'] = Σ of dy[c,i,j] over the windows (i,j) whose maximum is at (i',j')
 * </pre>
 *
 * Of equal maxima the first in row order takes the whole gradient, as in PyTorch.
 *
 * @param window how the window slides over the image, and its padding
 */
public record MaxPool(Window window) implements Op {
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
    return Cost.comparisons((long) output.elements() * (window.elements() - 1));
  }

  @Override
  public void evaluate(Call call) {
    PoolWindows windows = new PoolWindows(window, call.shape(0), call.shape());
    for (int k = 0; k < call.out().length; k++) {
      int[] members = windows.members(k);
      call.out()[k] = members.length == 0 ? 0 : call.in(0)[first(call.in(0), members)];
    }
  }

  private static int first(double[] x, int[] members) {
    int best = members[0];
    for (int member : members) {
      if (x[member] > x[best] || Double.isNaN(x[member])) {
        best = member;
      }
    }
    return best;
  }

  @Override
  public Formula formula() {
    return Formula.of(
        List.of("x"),
        "max_{u,v} x[c, i·s + u·d − p, j·s + v·d − p]",
        "Σ of dy[c,i,j] over the windows (i,j) whose maximum is at (i',j')");
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new Gradient(window), a.x(0), a.dy()));
  }

  /**
   * The gradient with respect to x; inputs: x, dy.
   *
   * @param window that of the op whose derivative it is
   */
  public record Gradient(Window window) implements Derivative {
    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.comparisons((long) inputs.get(1).elements() * (window.elements() - 1));
    }

    @Override
    public void evaluate(Call call) {
      PoolWindows windows = new PoolWindows(window, call.shape(0), call.shape(1));
      for (int k = 0; k < call.in(1).length; k++) {
        int[] members = windows.members(k);
        if (members.length > 0) {
          call.out()[first(call.in(0), members)] += call.in(1)[k];
        }
      }
    }
  }
}
