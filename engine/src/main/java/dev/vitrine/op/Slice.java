package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * The elements {@code from … from + length − 1} along an axis. The gradient is dy at those elements
 * and 0 elsewhere.
 *
 * @param axis the axis to cut, 0 the slowest
 * @param from the first element's index along it
 * @param length how many elements, at least 1
 */
public record Slice(int axis, int from, int length) implements Op {
  /** Visits pairs of element numbers of the whole and of the part. */
  public interface Visitor {
    /**
     * Called for each element of the part, in order.
     *
     * @param whole its number in the whole, row-major
     * @param part its number in the part, row-major
     */
    void element(int whole, int part);
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.getFirst();
    if (axis < 0 || axis >= x.rank() || from < 0 || from > x.size(axis) - length) {
      throw new UserException(
          "Slice(axis %s, %s … %s) expects an input that reaches that far, but got %s"
              .formatted(axis, from, (long) from + length - 1, x));
    }
    return x.with(axis, length);
  }

  /**
   * The elements of the slice, as numbers within the whole and within the part.
   *
   * @param whole the shape of the op's input
   * @param visitor is given the two numbers of each element
   */
  public void forEach(Shape whole, Visitor visitor) {
    int inner = inner(whole);
    int outer = whole.elements() / (inner * whole.size(axis));
    int part = 0;
    for (int o = 0; o < outer; o++) {
      int start = (o * whole.size(axis) + from) * inner;
      for (int i = 0; i < length * inner; i++) {
        visitor.element(start + i, part++);
      }
    }
  }

  /**
   * {@return how many elements of the whole lie between neighbours along the axis}
   *
   * @param whole the shape of the op's input
   */
  public int inner(Shape whole) {
    int inner = 1;
    for (int a = axis + 1; a < whole.rank(); a++) {
      inner *= whole.size(a);
    }
    return inner;
  }

  @Override
  public void evaluate(Call call) {
    forEach(call.shape(0), (whole, part) -> call.out()[part] = call.in(0)[whole]);
  }

  @Override
  public Formula formula() {
    return Formula.of(
        List.of("x"),
        "x[%s … %s]".formatted(from, from + length - 1),
        "dy at those elements, 0 elsewhere");
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new Gradient(this, a.x(0).shape()), a.dy()));
  }

  /**
   * dy at the slice's elements of a value of shape {@code whole}, 0 elsewhere; input: dy.
   *
   * @param of the op whose derivative it is
   * @param whole the shape of the op's input
   */
  public record Gradient(Slice of, Shape whole) implements Derivative {
    @Override
    public int arity() {
      return 1;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return whole;
    }

    @Override
    public void evaluate(Call call) {
      of.forEach(whole, (w, part) -> call.out()[w] = call.in(0)[part]);
    }

    @Override
    public Formula formula() {
      return Formula.of(List.of("dy"), "dy within zeros", "dz at the slice's elements");
    }

    @Override
    public void gradient(Adjoint a) {
      a.to(0, () -> a.ops().apply(of, a.dy()));
    }
  }
}
