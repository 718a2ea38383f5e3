package dev.vitrine.spread;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * How large numbers are, whatever their sign.
 *
 * @param rms the root of the mean of their squares
 * @param zeros how many are exactly 0
 * @param histogram how many of the others there are by size: from 1e-12 to 1e4, two to a power of
 *     ten, the outermost with all beyond
 */
public record Sizes(double rms, int zeros, List<Integer> histogram) {
  /** The exponent of the first size. */
  public static final int LOW = -12;

  /** How many sizes there are to a power of ten. */
  public static final int FINE = 2;

  private static final int HIGH = 4;

  /** Copies the list. */
  public Sizes {
    histogram = List.copyOf(histogram);
  }

  /**
   * {@return the sizes of numbers}
   *
   * @param numbers finite, at least one
   */
  public static Sizes of(float... numbers) {
    Objects.requireNonNull(numbers, "numbers");
    List<Integer> histogram = new ArrayList<>(Collections.nCopies(FINE * (HIGH - LOW) + 1, 0));
    double squares = 0;
    int zeros = 0;
    for (float g : numbers) {
      squares += (double) g * g;
      if (g == 0) {
        zeros++;
      } else {
        long size = Math.round(FINE * (Math.log10(Math.abs(g)) - LOW));
        int place = Math.clamp(size, 0, histogram.size() - 1);
        histogram.set(place, histogram.get(place) + 1);
      }
    }
    return new Sizes(Math.sqrt(squares / numbers.length), zeros, histogram);
  }
}
