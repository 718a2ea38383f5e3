package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Repeats a value along axes of size 1, and along new axes in front, until its shape is {@code
 * target} (NumPy's rule). The gradient is the sum over the repeated axes.
 *
 * @param target the shape of the output
 */
public record Broadcast(Shape target) implements Op {
  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    aligned(inputs.getFirst());
    return target;
  }

  /** The input's shape with axes of size 1 put in front until its rank is the target's. */
  private Shape aligned(Shape x) {
    int[] sizes = new int[target.rank()];
    Arrays.fill(sizes, 1);
    boolean fits = x.rank() <= sizes.length;
    for (int a = 0; fits && a < x.rank(); a++) {
      int at = sizes.length - x.rank() + a;
      sizes[at] = x.size(a);
      fits = sizes[at] == 1 || sizes[at] == target.size(at);
    }
    if (!fits) {
      throw new UserException(
          "Broadcast to %s expects an input whose axes are those of the target or 1, but got %s"
              .formatted(target, x));
    }
    return Shape.of(sizes);
  }

  /**
   * {@return for each output element, in order, the element of an input of shape {@code x} that it
   * repeats}
   *
   * @param x a shape that broadcasts to the target
   */
  public int[] projection(Shape x) {
    return Axes.projection(target, aligned(x));
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
    return Formula.of(List.of("x"), "x repeated to " + target, "Σ of dy over what repeats x");
  }

  @Override
  public void gradient(Adjoint a) {
    Shape x = a.x(0).shape();
    Shape aligned = aligned(x);
    int[] repeated =
        IntStream.range(0, target.rank())
            .filter(axis -> aligned.size(axis) == 1 && target.size(axis) > 1)
            .toArray();
    a.to(
        0, () -> a.ops().reshape(repeated.length == 0 ? a.dy() : a.ops().sum(a.dy(), repeated), x));
  }
}
