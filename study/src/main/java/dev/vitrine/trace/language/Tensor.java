package dev.vitrine.trace.language;

import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** A number, a vector or a matrix with its numbers. */
public final class Tensor {
  private final Shape shape;
  private final double[] elements;

  private Tensor(Shape shape, double[] elements) {
    this.shape = shape;
    this.elements = elements;
  }

  /**
   * {@return numbers in a shape}
   *
   * @param shape (), (n) or (m, n)
   * @param elements row-major, one for each element of the shape
   */
  public static Tensor of(Shape shape, double... elements) {
    if (elements.length != shape.elements()) {
      throw new IllegalArgumentException(
          "%s numbers do not fill the shape %s".formatted(elements.length, shape));
    }
    return new Tensor(shape, elements.clone());
  }

  /**
   * {@return one number}
   *
   * @param number any
   */
  public static Tensor of(double number) {
    return new Tensor(Shape.scalar(), new double[] {number});
  }

  /** {@return its sizes} */
  public Shape shape() {
    return shape;
  }

  /** {@return a copy of its numbers, row-major} */
  public double[] elements() {
    return elements.clone();
  }

  /**
   * {@return one of its numbers}
   *
   * @param i its index, row-major
   */
  public double at(int i) {
    return elements[i];
  }

  /** {@return how many numbers it has} */
  public int size() {
    return elements.length;
  }

  /** {@return whether it is one number} */
  public boolean isScalar() {
    return shape.rank() == 0;
  }

  /**
   * {@return the same with one number changed}
   *
   * @param i its index, row-major
   * @param number what it becomes
   */
  public Tensor with(int i, double number) {
    double[] changed = elements();
    changed[i] = number;
    return new Tensor(shape, changed);
  }

  /**
   * {@return a function of each number}
   *
   * @param function what is applied
   */
  public Tensor map(DoubleUnaryOperator function) {
    return new Tensor(shape, Arrays.stream(elements).map(function).toArray());
  }

  /** {@return the sum of its numbers} */
  public double sum() {
    return Arrays.stream(elements).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && shape.equals(that.shape)
        && Arrays.equals(elements, that.elements);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(elements);
  }

  @Override
  public String toString() {
    return shape + Arrays.toString(elements);
  }
}
