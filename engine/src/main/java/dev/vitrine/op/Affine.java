package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * The matrix–vector product of a dense layer.
 *
 * <pre>
 *   y[o] = b[o] + Σᵢ w[o,i] · x[i]       x (inFeatures)   w (outFeatures, inFeatures)   b, y (outFeatures)
 *
 *   dx[i]   = Σₒ w[o,i] · dy[o]
 *   dw[o,i] = Σₙ dy[o] · x[i]            over the examples n of the batch
 *   db[o]   = Σₙ dy[o]
 * </pre>
 *
 * Inputs: x, w and, if {@code bias}, b. Per example outFeatures · inFeatures MACs.
 *
 * @param bias whether b is an input and is added
 */
public record Affine(boolean bias) implements Op {
  @Override
  public int arity() {
    return bias ? 3 : 2;
  }

  @Override
  public boolean needsShared(int input) {
    return input > 0;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    Shape w = inputs.get(1);
    if (w.rank() != 2) {
      throw new UserException(
          "Linear expects a weight of shape (out, in), but got %s".formatted(w));
    }
    if (x.rank() != 1 || x.size(0) != w.size(1)) {
      throw new UserException(
          "Linear(%s → %s) expects %s input features, but its input is %s%s"
              .formatted(
                  w.size(1), w.size(0), w.size(1), x, x.rank() > 1 ? ": flatten it first" : ""));
    }
    Shape y = Shape.of(w.size(0));
    if (bias && !inputs.get(2).equals(y)) {
      throw new UserException(
          "Linear(%s → %s) expects a bias of shape %s, but got %s"
              .formatted(w.size(1), w.size(0), y, inputs.get(2)));
    }
    return y;
  }

  @Override
  public Cost cost(List<Shape> inputs, Shape output) {
    return Cost.dotProducts(output.elements(), inputs.getFirst().elements(), bias);
  }

  @Override
  public void evaluate(Call call) {
    double[] x = call.in(0);
    double[] w = call.in(1);
    double[] y = call.out();
    for (int o = 0; o < y.length; o++) {
      double sum = bias ? call.in(2)[o] : 0;
      for (int i = 0; i < x.length; i++) {
        sum += w[o * x.length + i] * x[i];
      }
      y[o] = sum;
    }
  }

  @Override
  public Formula formula() {
    return bias
        ? Formula.of(List.of("x", "w", "b"), "w @ x + b", "w' @ dy", "dy @ x'", "dy")
        : Formula.of(List.of("x", "w"), "w @ x", "w' @ dy", "dy @ x'");
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new InputGradient(), a.x(1), a.dy()));
    a.to(1, () -> a.ops().apply(new WeightGradient(), a.x(0), a.dy()));
    if (bias) {
      a.to(2, a::dy);
    }
  }

  /** {@code dx[i] = Σₒ w[o,i] · dy[o]}; inputs: w, dy. */
  public record InputGradient() implements Derivative {
    @Override
    public boolean needsShared(int input) {
      return input == 0;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return Shape.of(inputs.getFirst().size(1));
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.dotProducts(output.elements(), inputs.get(1).elements(), false);
    }

    @Override
    public void evaluate(Call call) {
      double[] w = call.in(0);
      double[] dy = call.in(1);
      double[] dx = call.out();
      for (int o = 0; o < dy.length; o++) {
        for (int i = 0; i < dx.length; i++) {
          dx[i] += w[o * dx.length + i] * dy[o];
        }
      }
    }
  }

  /** {@code dw[o,i] = Σₙ dy[o] · x[i]}; inputs: x, dy. */
  public record WeightGradient() implements Derivative {
    @Override
    public Batching batching() {
      return Batching.REDUCE;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return Shape.of(inputs.get(1).elements(), inputs.get(0).elements());
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.dotProducts(output.elements(), 1, true);
    }

    @Override
    public void evaluate(Call call) {
      double[] x = call.in(0);
      double[] dy = call.in(1);
      double[] dw = call.out();
      for (int o = 0; o < dy.length; o++) {
        for (int i = 0; i < x.length; i++) {
          dw[o * x.length + i] += dy[o] * x[i];
        }
      }
    }
  }
}
