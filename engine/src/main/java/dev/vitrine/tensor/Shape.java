package dev.vitrine.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The sizes of a value along its axes, per example: an image is {@code (C, H, W)}, a vector {@code
 * (features)}, a number {@code ()}. The batch is not part of a shape.
 */
public final class Shape {
  private static final Shape SCALAR = new Shape(new int[0]);

  private final int[] sizes;
  private final int elements;

  private Shape(int[] sizes) {
    this.sizes = sizes;
    long product = 1;
    for (int size : sizes) {
      product *= size;
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Shape %s has more than 2^31 − 1 elements".formatted(text(sizes)));
      }
    }
    elements = (int) product;
  }

  /**
   * {@return a shape of the given sizes, slowest axis first}
   *
   * @param sizes the elements along each axis, at least 1 each
   * @throws IllegalArgumentException if a size is not positive
   */
  public static Shape of(int... sizes) {
    if (sizes.length == 0) {
      return SCALAR;
    }
    for (int size : sizes) {
      if (size <= 0) {
        throw new IllegalArgumentException(
            "Shape expects positive sizes, but got %s".formatted(text(sizes)));
      }
    }
    return new Shape(sizes.clone());
  }

  /** {@return the shape of a single number: no axes, one element} */
  public static Shape scalar() {
    return SCALAR;
  }

  /**
   * {@return the same sizes but for one}
   *
   * @param axis its number, 0 the slowest
   * @param size of the axis; what is too large for an {@code int} may be asked for
   * @throws IllegalArgumentException if there are more elements than an array holds, or none
   */
  public Shape with(int axis, long size) {
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Shape %s, but %s long along axis %s, has more than 2^31 − 1 elements"
              .formatted(this, size, axis));
    }
    int[] other = sizes();
    other[axis] = (int) size;
    return of(other);
  }

  /** {@return how many axes} */
  public int rank() {
    return sizes.length;
  }

  /**
   * {@return the size of an axis, {@code 0 ≤ axis < rank}}
   *
   * @param axis its number, 0 the slowest
   */
  public int size(int axis) {
    return sizes[axis];
  }

  /** {@return the product of all sizes; 1 for a scalar} */
  public int elements() {
    return elements;
  }

  /** {@return a copy of the sizes} */
  public int[] sizes() {
    return sizes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && Arrays.equals(sizes, that.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** As in the documents: {@code (1, 28, 28)}. */
  @Override
  public String toString() {
    return text(sizes);
  }

  private static String text(int[] sizes) {
    return Arrays.stream(sizes)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
