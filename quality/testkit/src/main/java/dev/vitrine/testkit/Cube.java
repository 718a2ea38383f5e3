package dev.vitrine.testkit;

import dev.vitrine.op.Adjoint;
import dev.vitrine.op.Call;
import dev.vitrine.op.CustomOp;
import dev.vitrine.tensor.Shape;
import java.util.List;

/** A custom op as a user would write it: {@code y = x³}, {@code dx = 3x² · dy}. */
record Cube() implements CustomOp {
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
    for (int k = 0; k < call.out().length; k++) {
      double x = call.in(0)[k];
      call.out()[k] = x * x * x;
    }
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new Gradient(), a.x(0), a.dy()));
  }

  /** {@code dx = 3x² · dy}; inputs: x, dy. */
  record Gradient() implements CustomOp {
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
      for (int k = 0; k < call.out().length; k++) {
        double x = call.in(0)[k];
        call.out()[k] = 3 * x * x * call.in(1)[k];
      }
    }
  }
}
