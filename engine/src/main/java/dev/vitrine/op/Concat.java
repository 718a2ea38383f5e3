package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * Values one after another along an axis; all other axes must be equal. The gradient of each input
 * is its slice of dy.
 *
 * @param axis the axis that grows, 0 the slowest
 */
public record Concat(int axis) implements Op {
  @Override
  public int arity() {
    return -1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape first = inputs.getFirst();
    if (axis < 0 || axis >= first.rank()) {
      throw new UserException(
          "Concat(axis %s) expects inputs with more axes, but got %s".formatted(axis, first));
    }
    long size = first.size(axis);
    for (Shape next : inputs.subList(1, inputs.size())) {
      boolean fits = next.rank() == first.rank();
      for (int a = 0; fits && a < first.rank(); a++) {
        fits = a == axis || next.size(a) == first.size(a);
      }
      if (!fits) {
        throw new UserException(
            "Concat(axis %s) expects inputs that differ only along that axis, but got %s"
                .formatted(axis, inputs));
      }
      size += next.size(axis);
    }
    return first.with(axis, size);
  }

  @Override
  public void evaluate(Call call) {
    int from = 0;
    for (int i = 0; i < call.in().length; i++) {
      Slice slice = new Slice(axis, from, call.shape(i).size(axis));
      double[] x = call.in(i);
      slice.forEach(call.shape(), (whole, part) -> call.out()[whole] = x[part]);
      from += slice.length();
    }
  }

  @Override
  public Formula formula() {
    return Formula.of(
        List.of("x…"), "the inputs one after another", "the slice of dy that came from x");
  }

  @Override
  public void gradient(Adjoint a) {
    int from = 0;
    for (int i = 0, n = a.y().inputs().size(); i < n; i++) {
      Slice slice = new Slice(axis, from, a.x(i).shape().size(axis));
      a.to(i, () -> a.ops().apply(slice, a.dy()));
      from += slice.length();
    }
  }
}
