package dev.vitrine.spread;

import java.util.Objects;
import java.util.Optional;

/**
 * How numbers are spread, in buckets of equal width from the least to the greatest.
 *
 * @param least of the numbers
 * @param greatest of the numbers
 * @param count how many there are
 * @param sum of all
 * @param squares the sum of their squares
 * @param limits where each bucket ends
 * @param counts how many there are in each bucket
 */
public record Spread(
    double least,
    double greatest,
    long count,
    double sum,
    double squares,
    double[] limits,
    double[] counts) {
  private static final int BUCKETS = 60;

  /**
   * {@return the spread of the numbers that are finite, if there is one}
   *
   * @param values any numbers
   */
  public static Optional<Spread> of(float... values) {
    Objects.requireNonNull(values, "values");
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    long count = 0;
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
        count++;
        sum += value;
        squares += (double) value * value;
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    int buckets = least == greatest ? 1 : BUCKETS;
    double width = (greatest - least) / buckets;
    double[] limits = new double[buckets];
    for (int i = 0; i < buckets; i++) {
      limits[i] = i == buckets - 1 ? greatest : least + (i + 1) * width;
    }
    double[] counts = new double[buckets];
    for (float value : values) {
      if (Float.isFinite(value)) {
        int bucket = buckets == 1 ? 0 : (int) ((value - least) / width);
        counts[Math.min(bucket, buckets - 1)]++;
      }
    }
    return Optional.of(new Spread(least, greatest, count, sum, squares, limits, counts));
  }
}
