package dev.vitrine.op;

import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * The logarithm of {@link Softmax}, over the first axis, without its underflow.
 *
 * <pre>
 *   y[c]  = x[c] − log Σ_k exp(x[k])
 *   dx[c] = dy[c] − exp(y[c]) · Σ_k dy[k]
 * </pre>
 */
public record LogSoftmax() implements Op {
  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return Softmax.classes("LogSoftmax", inputs.getFirst());
  }

  @Override
  public Cost cost(List<Shape> inputs, Shape output) {
    return new Softmax().cost(inputs, output);
  }

  @Override
  public void evaluate(Call call) {
    double[] x = call.in(0);
    int positions = x.length / call.shape(0).size(0);
    for (int p = 0; p < positions; p++) {
      double norm = Softmax.logSumExp(x, p, positions);
      for (int k = p; k < x.length; k += positions) {
        call.out()[k] = x[k] - norm;
      }
    }
  }

  @Override
  public Formula formula() {
    return Formula.of(List.of("x"), "x[c] − log Σ_k exp(x[k])", "dy[c] − exp(y[c])·Σ_k dy[k]");
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new Gradient(), a.y(), a.dy()));
  }

  /** {@code dx[c] = dy[c] − exp(y[c]) · Σ_k dy[k]}; inputs: y, dy. */
  public record Gradient() implements Derivative {
    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      long n = output.elements();
      return new Cost(0, n, 2 * n, 0, n);
    }

    @Override
    public void evaluate(Call call) {
      double[] y = call.in(0);
      double[] dy = call.in(1);
      int positions = y.length / call.shape(0).size(0);
      for (int p = 0; p < positions; p++) {
        double sum = 0;
        for (int k = p; k < y.length; k += positions) {
          sum += dy[k];
        }
        for (int k = p; k < y.length; k += positions) {
          call.out()[k] = dy[k] - Math.exp(y[k]) * sum;
        }
      }
    }
  }
}
