package dev.vitrine.lab.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many seeds a study has that does not say it: as few as allow a verdict. An exact sign-flip
 * test of n pairs gives no p below 2/2ⁿ, and Holm's correction of m comparisons asks for 0.05/m.
 */
final class DefaultSeeds {
  private static final double LEVEL = 0.05;
  private static final int MOST = 10;

  /** So many arms are compared each with each where there is no baseline. */
  private static final int MOST_EACH = 6;

  private DefaultSeeds() {}

  static int of(
      Map<String, ?> arms, List<Parameter> parameters, List<String> compare, boolean baseline) {
    long compared = Math.max(1, arms.size());
    Set<String> counted = new HashSet<>(compare);
    for (Parameter parameter : parameters) {
      boolean grid = compare.isEmpty() && arms.isEmpty();
      if (grid || counted.remove(parameter.name())) {
        compared *= parameter.grid().size();
      }
    }
    return of(compared, baseline);
  }

  /** Of so many arms that are compared with one of them, or each with each. */
  static int of(long arms, boolean baseline) {
    if (arms < 2) {
      return 1;
    }
    long comparisons = baseline || arms > MOST_EACH ? arms - 1 : arms * (arms - 1) / 2;
    double needed = 2 * comparisons / LEVEL;
    return Math.min(MOST, (int) Math.ceil(Math.log(needed) / Math.log(2)));
  }
}
