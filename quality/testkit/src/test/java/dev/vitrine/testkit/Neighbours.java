package dev.vitrine.testkit;

import dev.vitrine.op.Adjoint;
import dev.vitrine.op.Call;
import dev.vitrine.op.CustomOp;
import dev.vitrine.tensor.Shape;
import java.util.List;

/** {@code y[k] = x[k]·x[k+1]}, cyclic: its derivative has two terms and neighbours to mix up. */
record Neighbours(Slip slip) implements CustomOp {
  enum Slip {
    NONE,
    WRONG_SIGN,
    DROPPED_TERM,
    OFF_BY_ONE,
    WRONG_FACTOR
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.getFirst();
  }

  @Override
  public void evaluate(Call call) {
    double[] x = call.in(0);
    for (int k = 0; k < x.length; k++) {
      call.out()[k] = x[k] * x[(k + 1) % x.length];
    }
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new Gradient(slip), a.x(0), a.dy()));
  }

  /** {@code dx[k] = dy[k]·x[k+1] + dy[k−1]·x[k−1]}, or a slip of it. */
  record Gradient(Slip slip) implements CustomOp {
    @Override
    public int arity() {
      return 2;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.getFirst();
    }

    @Override
    public void evaluate(Call call) {
      double[] x = call.in(0);
      double[] dy = call.in(1);
      int n = x.length;
      for (int k = 0; k < n; k++) {
        int before = (k + n - 1) % n;
        double own = dy[k] * x[(k + 1) % n];
        double other = dy[before] * x[before];
        call.out()[k] =
            switch (slip) {
              case NONE -> own + other;
              case WRONG_SIGN -> own - other;
              case DROPPED_TERM -> own;
              case OFF_BY_ONE -> dy[(k + 1) % n] * x[(k + 1) % n] + other;
              case WRONG_FACTOR -> 1.00001 * (own + other);
            };
      }
    }
  }
}
