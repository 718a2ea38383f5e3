package dev.vitrine.neuron;

import java.util.ArrayList;
import java.util.List;

/**
 * The unit of the smallest whole weights, by their sum in size, its bias midway between the sums
 * that must differ: then none is 0.
 */
final class WholeWeights {
  private final Table table;
  private final Coding coding;
  private final int[] signs;
  private final int[] weights;
  private Unit found;

  private WholeWeights(Table table, Coding coding, Finding.Exact some) {
    this.table = table;
    this.coding = coding;
    List<Integer> relevant = table.relevant();
    signs = new int[table.inputs()];
    relevant.forEach(input -> signs[input] = some.weights().get(input).signum());
    weights = new int[signs.length];
  }

  /**
   * Searches for it.
   *
   * @param some a unit that does it: its signs are those of every other one, for a function rises
   *     or falls with an input that it depends on
   */
  static Unit of(Table table, Coding coding, Finding.Exact some) {
    WholeWeights search = new WholeWeights(table, coding, some);
    for (int sum = 1; search.found == null; sum++) {
      search.spread(0, sum);
    }
    return search.found;
  }

  /** Spreads a sum over the inputs from one on; the first that fits is taken. */
  private void spread(int input, int left) {
    if (found != null) {
      return;
    }
    if (input == weights.length) {
      if (left == 0) {
        tryOut();
      }
      return;
    }
    if (signs[input] == 0) {
      spread(input + 1, left);
      return;
    }
    for (int size = 1; size <= left; size++) {
      weights[input] = signs[input] * size;
      spread(input + 1, left - size);
    }
  }

  private void tryOut() {
    int least = Integer.MAX_VALUE;
    int most = Integer.MIN_VALUE;
    for (int row = 0; row < table.rows(); row++) {
      int sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * coding.number(table.input(row, i));
      }
      if (table.isTrue(row)) {
        least = Math.min(least, sum);
      } else {
        most = Math.max(most, sum);
      }
    }
    if (least > most) {
      List<Double> whole = new ArrayList<>();
      for (int weight : weights) {
        whole.add((double) weight);
      }
      found = new Unit(-(least + most) / 2.0 + 0.0, whole);
    }
  }
}
