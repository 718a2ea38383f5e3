package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The axes in another order: axis {@code a} of the output is axis {@code order[a]} of the input, as
 * in NumPy's and PyTorch's. The gradient is permuted back. {@code Permute(1, 0)} transposes a
 * matrix.
 *
 * @param order the input's axes as the output has them, each axis once
 */
public record Permute(List<Integer> order) implements Op {
  /** Checks that each axis occurs once, and keeps its own copy. */
  public Permute {
    order = List.copyOf(order);
    List<Integer> sorted = new ArrayList<>(order);
    Collections.sort(sorted);
    for (int a = 0; a < sorted.size(); a++) {
      if (sorted.get(a) != a) {
        throw new UserException(
            "Permute expects each axis from 0 to %s once, but got %s"
                .formatted(sorted.size() - 1, order));
      }
    }
  }

  /**
   * {@return the axes in the given order}
   *
   * @param order the input's axes as the output has them, each once
   */
  public static Permute of(int... order) {
    List<Integer> axes = new ArrayList<>();
    for (int axis : order) {
      axes.add(axis);
    }
    return new Permute(axes);
  }

  /** {@return the order that undoes this one} */
  public Permute inverse() {
    List<Integer> inverse = new ArrayList<>(order);
    for (int a = 0; a < order.size(); a++) {
      inverse.set(order.get(a), a);
    }
    return new Permute(inverse);
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.getFirst();
    if (x.rank() != order.size()) {
      throw new UserException(
          "Permute%s expects an input with %s axes, but got %s".formatted(order, order.size(), x));
    }
    return Shape.of(order.stream().mapToInt(x::size).toArray());
  }

  /**
   * {@return for each output element, in order, its element of an input of shape {@code x}}
   *
   * @param x the shape of the input
   */
  public int[] projection(Shape x) {
    int[] stride = new int[order.size()];
    for (int a = 0; a < stride.length; a++) {
      stride[a] = 1;
      for (int inner = order.get(a) + 1; inner < x.rank(); inner++) {
        stride[a] *= x.size(inner);
      }
    }
    int[] from = new int[x.elements()];
    for (int k = 0; k < from.length; k++) {
      int rest = k;
      for (int a = stride.length - 1; a >= 0; a--) {
        int size = x.size(order.get(a));
        from[k] += rest % size * stride[a];
        rest /= size;
      }
    }
    return from;
  }

  @Override
  public void evaluate(Call call) {
    int[] from = projection(call.shape(0));
    for (int k = 0; k < from.length; k++) {
      call.out()[k] = call.in(0)[from[k]];
    }
  }

  @Override
  public Formula formula() {
    boolean transposes = order.equals(List.of(1, 0));
    return transposes
        ? Formula.of(List.of("x"), "x'", "dy'")
        : Formula.of(List.of("x"), "x, its axes in the order " + order, "dy, its axes put back");
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(inverse(), a.dy()));
  }
}
