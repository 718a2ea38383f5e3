package dev.vitrine.lab.studies;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.statistics.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came out for all functions and depths.
 *
 * @param functions in their order
 * @param baseline the one that the others are compared with
 * @param depths in their order
 * @param rates that were tried
 * @param arms depth by depth, functions in their order
 * @param comparisons of each arm with the baseline's at its depth; its own place is empty
 * @param clocks the times at each depth
 */
record ActivationFindings(
    List<String> functions,
    String baseline,
    List<Integer> depths,
    List<Double> rates,
    List<ActivationArm> arms,
    List<Optional<Comparison>> comparisons,
    List<ActivationClock> clocks) {
  /**
   * Compares.
   *
   * @throws UserException if the baseline is none of the functions
   */
  static ActivationFindings of(Desk desk, List<ActivationArm> arms, List<ActivationClock> clocks) {
    List<String> functions = desk.words("functions");
    String baseline = baseline(desk);
    List<Comparison.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      ActivationArm arm = arms.get(i);
      if (!arm.net().function().equals(baseline)) {
        int base = i / functions.size() * functions.size() + functions.indexOf(baseline);
        pairs.add(new Comparison.Pair(arm.accuracies(), arms.get(base).accuracies(), false));
      }
    }
    List<Comparison> found = new ArrayList<>(Comparison.all(pairs, Comparison.USUAL_LEVEL));
    List<Optional<Comparison>> placed = new ArrayList<>();
    for (ActivationArm arm : arms) {
      boolean own = arm.net().function().equals(baseline);
      placed.add(own ? Optional.empty() : Optional.of(found.removeFirst()));
    }
    return new ActivationFindings(
        functions, baseline, desk.counts("depths"), desk.numbers("rates"), arms, placed, clocks);
  }

  /** Which function the others are compared with. */
  static String baseline(Desk desk) {
    String baseline = desk.words("baseline").getFirst();
    if (!desk.words("functions").contains(baseline)) {
      throw UserException.unknown("baseline", baseline, desk.words("functions"));
    }
    return baseline;
  }

  /** The place of a function among a clock's. */
  int place(String function) {
    return functions.indexOf(function);
  }

  ActivationArm arm(int depth, String function) {
    return arms.get(place(depth, function));
  }

  /** Of a function that is not the baseline. */
  Comparison comparison(int depth, String function) {
    return comparisons.get(place(depth, function)).orElseThrow();
  }

  private int place(int depth, String function) {
    return depths.indexOf(depth) * functions.size() + functions.indexOf(function);
  }

  List<String> others() {
    return functions.stream().filter(function -> !function.equals(baseline)).toList();
  }

  int deepest() {
    return depths.getLast();
  }
}
