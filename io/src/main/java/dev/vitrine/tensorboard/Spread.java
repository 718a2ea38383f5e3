package dev.vitrine.tensorboard;

import dev.vitrine.format.ProtoMessage;
import java.util.Optional;

/**
 * How numbers are spread: a {@code HistogramProto}, with buckets of equal width from the least to
 * the greatest.
 */
record Spread(
    double least,
    double greatest,
    long count,
    double sum,
    double squares,
    double[] limits,
    double[] counts) {
  private static final int BUCKETS = 60;

  /** Of those that are finite, if there is one. */
  static Optional<Spread> of(float[] values) {
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

  ProtoMessage message() {
    ProtoMessage histogram =
        new ProtoMessage()
            .real(1, least)
            .real(2, greatest)
            .real(3, count)
            .real(4, sum)
            .real(5, squares)
            .reals(6, limits)
            .reals(7, counts);
    return new ProtoMessage().message(5, histogram);
  }
}
