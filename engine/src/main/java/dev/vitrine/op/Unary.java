package dev.vitrine.op;

import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * A function of one number, applied to each element: {@code y = f(x)}, {@code dx = f′(x) · dy}. The
 * families are tables of functions and their derivatives.
 */
public sealed interface Unary extends Op permits Elementary, Grid, Rectifier, Sigmoidal {
  /**
   * {@return the value of the function}
   *
   * @param x the input element
   */
  double apply(double x);

  /**
   * {@return the derivative, given the input {@code x}, or the output if {@link #fromOutput}}
   *
   * @param v the input or output element
   */
  double derivative(double v);

  /**
   * {@return whether {@link #derivative} is written in terms of the output alone, so that the input
   * need not be kept}
   */
  default boolean fromOutput() {
    return false;
  }

  @Override
  default int arity() {
    return 1;
  }

  @Override
  default Shape shape(List<Shape> inputs) {
    return inputs.getFirst();
  }

  /**
   * {@return the arithmetic of {@code n} elements; one elementary function each unless said
   * otherwise}
   *
   * @param n how many elements
   */
  default Cost cost(long n) {
    return Cost.functions(n);
  }

  @Override
  default Cost cost(List<Shape> inputs, Shape output) {
    return cost(output.elements());
  }

  @Override
  default void evaluate(Call call) {
    double[] x = call.in(0);
    double[] y = call.out();
    for (int i = 0; i < y.length; i++) {
      y[i] = apply(x[i]);
    }
  }

  @Override
  default void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new Gradient(this), fromOutput() ? a.y() : a.x(0), a.dy()));
  }

  /**
   * {@code dx = f′ · dy}; inputs: f's output or input, whichever the derivative uses, and dy.
   *
   * @param of the op whose derivative it is
   */
  record Gradient(Unary of) implements Derivative {
    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return of.cost(inputs, output).plus(Cost.multiplications(output.elements()));
    }

    @Override
    public void evaluate(Call call) {
      double[] v = call.in(0);
      double[] dy = call.in(1);
      double[] dx = call.out();
      for (int i = 0; i < dx.length; i++) {
        dx[i] = of.derivative(v[i]) * dy[i];
      }
    }
  }
}
