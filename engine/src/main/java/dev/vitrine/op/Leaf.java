package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A value that no op computes: it is given from outside. Its derivative ends there. */
public sealed interface Leaf extends Op {
  /** {@return the shape of the value} */
  Shape shape();

  @Override
  default int arity() {
    return 0;
  }

  @Override
  default Shape shape(List<Shape> inputs) {
    return shape();
  }

  @Override
  default void evaluate(Call call) {
    throw new IllegalStateException("A leaf is given, not computed: " + this);
  }

  @Override
  default Formula formula() {
    return Formula.of(List.of(), "given");
  }

  @Override
  default void gradient(Adjoint adjoint) {
    // No inputs, so nothing to hand on.
  }

  /**
   * Given anew for every example: an image, a label.
   *
   * @param name its name, one of its own among inputs
   * @param shape the shape of one example
   */
  record Input(String name, Shape shape) implements Leaf {
    /** Refuses {@code null}. */
    public Input {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(shape, "shape");
    }

    @Override
    public Batching batching() {
      return Batching.SPREAD;
    }
  }

  /**
   * Learned: shared by all examples, found by its name in a {@code Parameters}.
   *
   * @param name its full name, one of its own among parameters and buffers
   * @param shape the shape of the value
   */
  record Parameter(String name, Shape shape) implements Leaf {
    /** Refuses {@code null}. */
    public Parameter {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(shape, "shape");
    }
  }

  /**
   * Carried, not learned: shared by all examples, found like a parameter.
   *
   * @param name its full name, one of its own among parameters and buffers
   * @param shape the shape of the value
   */
  record Buffer(String name, Shape shape) implements Leaf {
    /** Refuses {@code null}. */
    public Buffer {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(shape, "shape");
    }
  }

  /**
   * Given once and for all, shared by all examples: a filter, a mask, a table. Two are equal if
   * their shapes are and they were given the same.
   *
   * @param shape its shape
   * @param elements its numbers, row-major; a single one stands for every element
   */
  @SuppressWarnings("ArrayRecordComponent") // copied in and out, and compared by its elements
  record Constant(Shape shape, double... elements) implements Leaf {
    /**
     * Copies the numbers.
     *
     * @throws UserException if there is neither one nor one for each element
     */
    public Constant {
      Objects.requireNonNull(shape, "shape");
      Objects.requireNonNull(elements, "elements");
      if (elements.length != 1 && elements.length != shape.elements()) {
        throw new UserException(
            "A constant of %s expects %s numbers, or one for all, but got %s"
                .formatted(shape, shape.elements(), elements.length));
      }
      elements = elements.clone();
    }

    /** {@return a copy of the numbers, row-major} */
    @Override
    public double[] elements() {
      return elements.clone();
    }

    /** {@return whether one number stands for every element} */
    public boolean isUniform() {
      return elements.length == 1;
    }

    /**
     * {@return the number of element {@code i}}
     *
     * @param i its index, row-major; which one does not matter where one number stands for all
     */
    public double number(int i) {
      return elements[isUniform() ? 0 : i];
    }

    @Override
    public void evaluate(Call call) {
      for (int i = 0; i < call.out().length; i++) {
        call.out()[i] = number(i);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Constant constant
          && shape.equals(constant.shape)
          && Arrays.equals(elements, constant.elements);
    }

    @Override
    public int hashCode() {
      return 31 * shape.hashCode() + Arrays.hashCode(elements);
    }

    /** Its number, or that it has several. */
    @Override
    public String toString() {
      return elements.length == 1
          ? "Constant(%s)".formatted(elements[0])
          : "Constant(%s numbers)".formatted(elements.length);
    }
  }
}
