package dev.vitrine.op;

import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * A shared value for every example, divided by the number of examples if it is the derivative of
 * their mean: {@code yₙ = x} or {@code yₙ = x / N}; {@code dx = Σₙ dyₙ} or {@code Σₙ dyₙ / N}.
 *
 * @param of the reduction whose derivative this is
 */
public record BatchSpread(BatchReduce of) implements Op {
  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Batching batching() {
    return Batching.SPREAD;
  }

  @Override
  public boolean needsShared(int input) {
    return true;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.getFirst();
  }

  @Override
  public void evaluate(Call call) {
    double divisor = of == BatchReduce.MEAN ? call.example().batchSize() : 1;
    for (int k = 0; k < call.out().length; k++) {
      call.out()[k] = call.in(0)[k] / divisor;
    }
  }

  @Override
  public Formula formula() {
    String divided = of == BatchReduce.MEAN ? "/N" : "";
    return Formula.of(List.of("x"), "x" + divided, "Σₙ dyₙ" + divided);
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(of, a.dy()));
  }
}
