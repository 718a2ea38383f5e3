package dev.vitrine.testkit;

import dev.vitrine.op.Adjoint;
import dev.vitrine.op.Call;
import dev.vitrine.op.CustomOp;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * A custom op that depends on the example's place in its batch alone: {@code y[n,k] = 1 + n + k/2}.
 */
record Place() implements CustomOp {
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
      call.out()[k] = 1 + call.example().index() + k / 2.0;
    }
  }

  @Override
  public void gradient(Adjoint a) {
    // The input only gives the shape.
  }
}
