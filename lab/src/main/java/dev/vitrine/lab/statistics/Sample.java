package dev.vitrine.lab.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * Some measurements of one thing.
 *
 * @param values in their order, at least one
 */
public record Sample(List<Double> values) {
  /** Copies the list. */
  public Sample {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("A sample expects one value or more, but got none");
    }
  }

  /**
   * {@return a sample of these values}
   *
   * @param values in their order, at least one
   */
  public static Sample of(double... values) {
    return new Sample(Arrays.stream(values).boxed().toList());
  }

  /** {@return how many there are} */
  public int size() {
    return values.size();
  }

  /** {@return their mean; NaN or infinite if one of them is} */
  public double mean() {
    return sum(values) / size();
  }

  /** {@return their standard deviation, of n − 1; 0 of a single one} */
  public double deviation() {
    if (size() == 1) {
      return 0;
    }
    double mean = mean();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (size() - 1));
  }

  /** {@return whether all of them are finite} */
  public boolean isFinite() {
    return values.stream().allMatch(Double::isFinite);
  }

  /**
   * {@return these minus others, value by value}
   *
   * @param others as many
   */
  public Sample minus(Sample others) {
    if (others.size() != size()) {
      throw new IllegalArgumentException(
          "Paired samples expect as many values as each other, but got %s and %s"
              .formatted(size(), others.size()));
    }
    double[] differences = new double[size()];
    Arrays.setAll(differences, i -> values.get(i) - others.values.get(i));
    return of(differences);
  }

  /** By pairs, so that roundings stay small. */
  private static double sum(List<Double> values) {
    int n = values.size();
    return n == 1
        ? values.getFirst()
        : sum(values.subList(0, n / 2)) + sum(values.subList(n / 2, n));
  }
}
