package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * A rectifier whose slope below 0 is learned for each channel (He et al., 2015).
 *
 * <pre>
 *   y[c,k] = x[c,k] where x[c,k] &gt; 0, else a[c] · x[c,k]      x, y (C, …)   a (C)
 *
 *   dx[c,k] = dy[c,k] where x[c,k] &gt; 0, else a[c] · dy[c,k]
 *   da[c]   = Σ_{n,k} min(x[c,k], 0) · dy[c,k]        n: the examples of the batch
 * </pre>
 *
 * Inputs: x, a. Per element a comparison and a multiplication.
 */
public record PRelu() implements Op {
  @Override
  public int arity() {
    return 2;
  }

  @Override
  public boolean needsShared(int input) {
    return input == 1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    if (x.rank() == 0 || !inputs.get(1).equals(Shape.of(x.size(0)))) {
      throw new UserException(
          "PRelu expects channels first and a slope for each, but got %s and %s"
              .formatted(x, inputs.get(1)));
    }
    return x;
  }

  @Override
  public Cost cost(List<Shape> inputs, Shape output) {
    return Cost.comparisons(output.elements()).plus(Cost.multiplications(output.elements()));
  }

  @Override
  public void evaluate(Call call) {
    double[] x = call.in(0);
    double[] a = call.in(1);
    int plane = x.length / a.length;
    for (int k = 0; k < x.length; k++) {
      call.out()[k] = x[k] > 0 ? x[k] : a[k / plane] * x[k];
    }
  }

  @Override
  public Formula formula() {
    return Formula.of(
        List.of("x", "a"),
        "x[c,k] where x[c,k] > 0, else a[c]·x[c,k]",
        "dy[c,k] where x[c,k] > 0, else a[c]·dy[c,k]",
        "Σ_k min(x[c,k], 0)·dy[c,k]");
  }

  @Override
  public void gradient(Adjoint adjoint) {
    Ops g = adjoint.ops();
    Value x = adjoint.x(0);
    adjoint.to(0, () -> g.apply(new InputGradient(), x, adjoint.x(1), adjoint.dy()));
    adjoint.to(
        1,
        () -> {
          Value below = g.apply(new Rectifier.Clip(Double.NEGATIVE_INFINITY, 0), x);
          return g.apply(new Convolution.BiasGradient(), g.multiply(below, adjoint.dy()));
        });
  }

  /** The gradient with respect to x; inputs: x, a, dy. */
  public record InputGradient() implements Derivative {
    @Override
    public int arity() {
      return 3;
    }

    @Override
    public boolean needsShared(int input) {
      return input == 1;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.comparisons(output.elements()).plus(Cost.multiplications(output.elements()));
    }

    @Override
    public void evaluate(Call call) {
      double[] x = call.in(0);
      double[] a = call.in(1);
      double[] dy = call.in(2);
      int plane = x.length / a.length;
      for (int k = 0; k < x.length; k++) {
        call.out()[k] = x[k] > 0 ? dy[k] : a[k / plane] * dy[k];
      }
    }
  }
}
