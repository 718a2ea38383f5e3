package dev.vitrine.weights.stored;

/**
 * How two tensors of the same sizes differ.
 *
 * @param differing how many numbers differ; NaN equals NaN here
 * @param largest the largest difference; infinite where one number is NaN and the other is not
 */
public record TensorDifference(long differing, double largest) {
  /**
   * {@return the differences, number by number}
   *
   * @param first a tensor
   * @param second one of the same sizes
   */
  public static TensorDifference of(StoredTensor first, StoredTensor second) {
    StoredTensor.Walk one = first.walk();
    StoredTensor.Walk other = second.walk();
    boolean whole = first.isWhole() && second.isWhole();
    long differing = 0;
    double largest = 0;
    for (long i = 0; i < first.elements(); i++) {
      double difference =
          whole
              ? whole(first, one.next(), second, other.next())
              : real(first, one.next(), second, other.next());
      differing += difference == 0 ? 0 : 1;
      largest = Math.max(largest, difference);
    }
    return new TensorDifference(differing, largest);
  }

  private static double real(StoredTensor first, long at, StoredTensor second, long there) {
    double x = first.element().number(first.data(), at);
    double y = second.element().number(second.data(), there);
    boolean same = x == y || (Double.isNaN(x) && Double.isNaN(y));
    boolean none = Double.isNaN(x) || Double.isNaN(y);
    return same ? 0 : none ? Double.POSITIVE_INFINITY : Math.abs(x - y);
  }

  /** Of 64 bits too, of which a double holds 53. */
  private static double whole(StoredTensor first, long at, StoredTensor second, long there) {
    double rounded = real(first, at, second, there);
    long exact =
        first.element().whole(first.data(), at) - second.element().whole(second.data(), there);
    return rounded == 0 ? Math.abs((double) exact) : rounded;
  }
}
