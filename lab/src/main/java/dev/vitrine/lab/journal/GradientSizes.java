package dev.vitrine.lab.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How large the elements of a parameter's gradient are.
 *
 * @param parameter its name
 * @param rms the root of the mean of their squares
 * @param zeros how many are exactly 0
 * @param histogram how many of the others there are by size: from 1e-12 to 1e4, two to a power of
 *     ten, the outermost with all beyond
 */
public record GradientSizes(String parameter, double rms, int zeros, List<Integer> histogram) {
  /** The exponent of the first size. */
  public static final int LOW = -12;

  /** How many sizes there are to a power of ten. */
  public static final int FINE = 2;

  private static final int HIGH = 4;

  /** Copies the list. */
  public GradientSizes {
    histogram = List.copyOf(histogram);
  }

  /**
   * {@return the sizes of a gradient}
   *
   * @param parameter whose it is
   * @param gradient finite numbers, at least one
   */
  public static GradientSizes of(String parameter, float... gradient) {
    List<Integer> histogram = new ArrayList<>(Collections.nCopies(FINE * (HIGH - LOW) + 1, 0));
    double squares = 0;
    int zeros = 0;
    for (float g : gradient) {
      squares += (double) g * g;
      if (g == 0) {
        zeros++;
      } else {
        long size = Math.round(FINE * (Math.log10(Math.abs(g)) - LOW));
        int place = Math.clamp(size, 0, histogram.size() - 1);
        histogram.set(place, histogram.get(place) + 1);
      }
    }
    return new GradientSizes(parameter, Math.sqrt(squares / gradient.length), zeros, histogram);
  }

  /** {@return how many elements there are} */
  public int elements() {
    return zeros + histogram.stream().mapToInt(n -> n).sum();
  }
}
