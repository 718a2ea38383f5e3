package dev.vitrine.spread;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How numbers are spread, in few words.
 *
 * @param count how many there are
 * @param zeros how many are exactly 0
 * @param odd how many are infinite or NaN, and left out of the rest
 * @param rms the root of the mean of their squares
 * @param at the numbers at the shares {@link #SHARES} of the way from the least to the greatest
 */
public record Quantiles(long count, long zeros, long odd, double rms, List<Double> at) {
  /** Least, 5, 25, 50, 75 and 95 per cent, greatest. */
  public static final List<Double> SHARES = List.of(0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0);

  /** Checks the number of quantiles. */
  public Quantiles {
    at = List.copyOf(at);
    if (at.size() != SHARES.size()) {
      throw new IllegalArgumentException(
          "There are %s quantiles, but got %s".formatted(SHARES.size(), at.size()));
    }
  }

  /**
   * {@return those of some numbers; 0 everywhere if none is finite} A quantile is one of the
   * numbers, the nearest.
   *
   * @param values any numbers
   */
  public static Quantiles of(float... values) {
    Objects.requireNonNull(values, "values");
    float[] sorted = new float[values.length];
    int finite = 0;
    long zeros = 0;
    double squares = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        sorted[finite++] = value + 0f; // −0 is 0
        squares += (double) value * value;
        zeros += value == 0 ? 1 : 0;
      }
    }
    Arrays.sort(sorted, 0, finite);
    int last = finite - 1;
    List<Double> at =
        SHARES.stream()
            .map(share -> last < 0 ? 0 : (double) sorted[(int) Math.round(share * last)])
            .toList();
    double rms = finite == 0 ? 0 : Math.sqrt(squares / finite);
    return new Quantiles(values.length, zeros, values.length - finite, rms, at);
  }
}
