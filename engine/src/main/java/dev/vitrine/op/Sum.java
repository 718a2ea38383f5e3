package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The sum over some axes, which disappear. Elements are added in row order.
 *
 * @param from the input's shape
 * @param kept the input's shape with the summed axes shrunk to size 1
 * @param target the input's shape without the summed axes
 */
public record Sum(Shape from, Shape kept, Shape target) implements Op {
  /**
   * {@return the sum over the given axes of a shape}
   *
   * @param from the shape of the input
   * @param axes which; none means all
   */
  public static Sum over(Shape from, int... axes) {
    BitSet summed = new BitSet();
    for (int axis : axes) {
      if (axis < 0 || axis >= from.rank()) {
        throw new UserException("Sum expects an axis of %s, but got %s".formatted(from, axis));
      }
      summed.set(axis);
    }
    if (axes.length == 0) {
      summed.set(0, from.rank());
    }
    int[] kept = from.sizes();
    summed.stream().forEach(a -> kept[a] = 1);
    int[] target = new int[from.rank() - summed.cardinality()];
    int n = 0;
    for (int a = summed.nextClearBit(0); a < from.rank(); a = summed.nextClearBit(a + 1)) {
      target[n++] = from.size(a);
    }
    return new Sum(from, Shape.of(kept), Shape.of(target));
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    if (!inputs.getFirst().equals(from)) {
      throw new UserException(
          "Sum expects an input of shape %s, but got %s".formatted(from, inputs.getFirst()));
    }
    return target;
  }

  @Override
  public Cost cost(List<Shape> inputs, Shape output) {
    return Cost.additions(from.elements() - output.elements());
  }

  /** {@return for each input element, in order, the output element that it is added to} */
  public int[] projection() {
    return Axes.projection(from, kept);
  }

  @Override
  public void evaluate(Call call) {
    int[] to = projection();
    for (int k = 0; k < to.length; k++) {
      call.out()[to[k]] += call.in(0)[k];
    }
  }

  @Override
  public Formula formula() {
    return target.rank() == 0
        ? Formula.of(List.of("x"), "sum(x)", "dy*ones(x)")
        : Formula.of(List.of("x"), "Σ of x over some axes", "dy, repeated along them");
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().broadcast(a.ops().reshape(a.dy(), kept), from));
  }

  @Override
  public String toString() {
    return "Sum(%s → %s)".formatted(from, Arrays.toString(target.sizes()));
  }
}
