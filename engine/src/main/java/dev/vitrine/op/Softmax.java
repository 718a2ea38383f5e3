package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * Probabilities from logits, over the first axis (the classes, or the channels of an image).
 *
 * <pre>
 *   y[c]  = exp(x[c] − m) / Σ_k exp(x[k] − m)      m = max_k x[k]
 *   dx[c] = y[c] · (dy[c] − Σ_k dy[k] · y[k])
 * </pre>
 */
public record Softmax() implements Op {
  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return classes("Softmax", inputs.getFirst());
  }

  static Shape classes(String op, Shape x) {
    if (x.rank() == 0) {
      throw new UserException(op + " expects a vector or an image, but got a single number");
    }
    return x;
  }

  @Override
  public Cost cost(List<Shape> inputs, Shape output) {
    long n = output.elements();
    long positions = n / output.size(0);
    return new Cost(0, n, n + n - positions, n - positions, n);
  }

  @Override
  public void evaluate(Call call) {
    double[] x = call.in(0);
    int positions = x.length / call.shape(0).size(0);
    for (int p = 0; p < positions; p++) {
      double norm = logSumExp(x, p, positions);
      for (int k = p; k < x.length; k += positions) {
        call.out()[k] = Math.exp(x[k] - norm);
      }
    }
  }

  /** {@code log Σ exp} of every {@code step}-th element from {@code start}, without overflow. */
  static double logSumExp(double[] x, int start, int step) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = start; k < x.length; k += step) {
      max = Math.max(max, x[k]);
    }
    double sum = 0;
    for (int k = start; k < x.length; k += step) {
      sum += Math.exp(x[k] - max);
    }
    return max + Math.log(sum);
  }

  /**
   * {@return whether a value is probabilities of one set of classes: the output of this op, perhaps
   * written as a vector afterwards}
   *
   * @param value of any graph
   */
  public static boolean isOutput(Value value) {
    Value source = value;
    while (source.op() instanceof Reshape) {
      source = source.inputs().getFirst();
    }
    return source.op() instanceof Softmax && source.shape().size(0) == source.shape().elements();
  }

  @Override
  public Formula formula() {
    return Formula.of(List.of("x"), "exp(x[c]) / Σ_k exp(x[k])", "y[c]·(dy[c] − Σ_k dy[k]·y[k])");
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new Gradient(), a.y(), a.dy()));
  }

  /** {@code dx[c] = y[c] · (dy[c] − Σ_k dy[k] · y[k])}; inputs: y, dy. */
  public record Gradient() implements Derivative {
    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      long n = output.elements();
      return new Cost(0, 2 * n, 2 * n, 0, 0);
    }

    @Override
    public void evaluate(Call call) {
      double[] y = call.in(0);
      double[] dy = call.in(1);
      int positions = y.length / call.shape(0).size(0);
      for (int p = 0; p < positions; p++) {
        double dot = 0;
        for (int k = p; k < y.length; k += positions) {
          dot += dy[k] * y[k];
        }
        for (int k = p; k < y.length; k += positions) {
          call.out()[k] = y[k] * (dy[k] - dot);
        }
      }
    }
  }
}
