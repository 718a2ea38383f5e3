package dev.vitrine.lab.journal;

import dev.vitrine.spread.Sizes;
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
  public static final int LOW = Sizes.LOW;

  /** How many sizes there are to a power of ten. */
  public static final int FINE = Sizes.FINE;

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
    Sizes sizes = Sizes.of(gradient);
    return new GradientSizes(parameter, sizes.rms(), sizes.zeros(), sizes.histogram());
  }

  /** {@return how many elements there are} */
  public int elements() {
    return zeros + histogram.stream().mapToInt(n -> n).sum();
  }
}
