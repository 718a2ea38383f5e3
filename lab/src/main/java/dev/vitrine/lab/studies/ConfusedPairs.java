package dev.vitrine.lab.studies;

import dev.vitrine.lab.statistics.Comparison;
import dev.vitrine.lab.statistics.Holm;
import dev.vitrine.lab.statistics.SignTest;
import dev.vitrine.metrics.Mistake;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How often each two classes are taken for one another, either way, and which of these counts
 * differ.
 *
 * @param pairs of all classes, the most often confused first
 * @param corrected the p of each two pairs by Holm's correction over all of them: the first pair
 *     against each later one, then the second, and so on
 */
record ConfusedPairs(List<Pair> pairs, List<Double> corrected) {
  /**
   * Two classes.
   *
   * @param low the smaller one
   * @param high the larger one
   * @param mistakes images of one that were read as the other
   */
  record Pair(int low, int high, List<Mistake> mistakes) {
    int count() {
      return mistakes.size();
    }

    /** How many images of one class were read as the other. */
    long from(int actual) {
      return mistakes.stream().filter(m -> m.actual() == actual).count();
    }

    String name() {
      return "%s and %s".formatted(low, high);
    }
  }

  /**
   * Of a network's mistakes.
   *
   * @param mistakes all of them among some images
   * @param classes how many there are
   */
  static ConfusedPairs of(List<Mistake> mistakes, int classes) {
    List<Pair> pairs = new ArrayList<>();
    for (int low = 0; low < classes; low++) {
      for (int high = low + 1; high < classes; high++) {
        int one = low;
        int other = high;
        pairs.add(
            new Pair(
                low,
                high,
                mistakes.stream()
                    .filter(m ->
                        Math.min(m.actual(), m.best().index()) == one
                            && Math.max(m.actual(), m.best().index()) == other)
                    .toList()));
      }
    }
    pairs.sort(Comparator.comparingInt(Pair::count).reversed());
    List<Double> p = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      for (int j = i + 1; j < pairs.size(); j++) {
        p.add(SignTest.p(pairs.get(i).count(), pairs.get(j).count()));
      }
    }
    return new ConfusedPairs(List.copyOf(pairs), Holm.correct(p));
  }

  /** How many comparisons of two pairs there are. */
  int comparisons() {
    return corrected.size();
  }

  /** In how many of them one pair is shown to be confused more often than the other. */
  long shown() {
    return corrected.stream().filter(p -> p <= Comparison.USUAL_LEVEL).count();
  }

  /** The corrected p of two pairs. */
  double between(Pair one, Pair other) {
    int a = index(one);
    int b = index(other);
    int low = Math.min(a, b);
    int before = low * (2 * pairs.size() - low - 1) / 2; // comparisons of the pairs ahead of it
    return corrected.get(before + Math.max(a, b) - low - 1);
  }

  private int index(Pair wanted) {
    return pairs.indexOf(pair(wanted.low(), wanted.high()));
  }

  /** How many pairs cannot be told from the most confused one, itself left out. */
  long notToldFromFirst() {
    return corrected.subList(0, pairs.size() - 1).stream()
        .filter(p -> p > Comparison.USUAL_LEVEL)
        .count();
  }

  Pair pair(int low, int high) {
    return pairs.stream()
        .filter(pair -> pair.low() == low && pair.high() == high)
        .findFirst()
        .orElseThrow();
  }
}
