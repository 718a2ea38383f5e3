package dev.vitrine.lab.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Holm's correction (1979) of several p values: with these, the chance of even one false "differs"
 * among all comparisons stays at or below the level, whatever hangs together with what.
 */
public final class Holm {
  private Holm() {}

  /**
   * {@return corrected values in the same order: of m, the k-th smallest times m − k + 1, never
   * below the one before, at most 1}
   *
   * @param p in [0, 1]
   */
  public static List<Double> correct(List<Double> p) {
    Integer[] order = new Integer[p.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparing(p::get));
    Double[] corrected = new Double[p.size()];
    double least = 0;
    for (int k = 0; k < order.length; k++) {
      least = Math.max(least, Math.min(1, p.get(order[k]) * (order.length - k)));
      corrected[order[k]] = least;
    }
    return new ArrayList<>(Arrays.asList(corrected));
  }
}
