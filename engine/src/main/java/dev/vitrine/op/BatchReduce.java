package dev.vitrine.op;

import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * The sum or the mean over the N examples of the batch: from one value per example to one shared.
 *
 * <pre>
 *   y = Σₙ xₙ        dxₙ = dy
 *   y = Σₙ xₙ / N    dxₙ = dy / N
 * </pre>
 *
 * A shared x stands for N equal examples: its sum is N · x, its mean x.
 */
public enum BatchReduce implements Op {
  /** The sum. */
  SUM,
  /** The mean. */
  MEAN;

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Batching batching() {
    return Batching.REDUCE;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.getFirst();
  }

  @Override
  public Cost cost(List<Shape> inputs, Shape output) {
    return Cost.additions(output.elements());
  }

  @Override
  public void evaluate(Call call) {
    double divisor = this == MEAN ? call.example().batchSize() : 1;
    for (int k = 0; k < call.out().length; k++) {
      call.out()[k] += call.in(0)[k] / divisor;
    }
  }

  @Override
  public Formula formula() {
    String divided = this == MEAN ? "/N" : "";
    return Formula.of(List.of("x"), "Σₙ xₙ" + divided, "dy" + divided);
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new BatchSpread(this), a.dy()));
  }
}
