package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * The same elements, in the same order, in another shape; the gradient is reshaped back.
 *
 * @param target the shape of the output, of as many elements as the input
 */
public record Reshape(Shape target) implements Op {
  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    if (inputs.getFirst().elements() != target.elements()) {
      throw new UserException(
          "Reshape to %s expects %s elements, but its input %s has %s"
              .formatted(
                  target, target.elements(), inputs.getFirst(), inputs.getFirst().elements()));
    }
    return target;
  }

  @Override
  public void evaluate(Call call) {
    System.arraycopy(call.in(0), 0, call.out(), 0, call.out().length);
  }

  @Override
  public Formula formula() {
    return Formula.of(List.of("x"), "x in the shape " + target, "dy in the shape of x");
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().reshape(a.dy(), a.x(0).shape()));
  }
}
