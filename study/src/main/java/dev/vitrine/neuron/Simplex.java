package dev.vitrine.neuron;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Linear programs in exact fractions: the largest {@code c·x} with {@code A·x ≤ b} and {@code x ≥
 * 0}, where b ≥ 0, so that 0 is a place to begin at. Dictionaries as in Chvátal, 1983. The steepest
 * variable enters (Dantzig); while the objective stands still, the first (Bland), by which it ends
 * whatever the degeneracy.
 *
 * @param solution x
 * @param prices of the constraints: y ≥ 0 with yᵀA ≥ c and yᵀb = c·x, the proof that it is the
 *     largest
 * @param value c·x
 */
record Simplex(List<Rational> solution, List<Rational> prices, Rational value) {
  /** After so many steps without a larger objective the rule that cannot go in circles is taken. */
  private static final int PATIENCE = 20;

  /** A dictionary: basic variables and the objective in terms of the others. */
  private static final class Dictionary {
    private final Rational[][] rows;
    private final int[] basic;
    private final int[] others;

    /** The last row is the objective, the last column what stands alone. */
    Dictionary(long[][] a, long[] b, long[] c) {
      int m = a.length;
      int n = c.length;
      rows = new Rational[m + 1][n + 1];
      basic = new int[m];
      others = new int[n];
      Arrays.setAll(basic, i -> n + i);
      Arrays.setAll(others, j -> j);
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < m; i++) {
          rows[i][j] = Rational.of(-a[i][j]);
        }
        rows[m][j] = Rational.of(c[j]);
      }
      for (int i = 0; i < m; i++) {
        rows[i][n] = Rational.of(b[i]);
      }
      rows[m][n] = Rational.ZERO;
    }

    Rational objective() {
      return rows[basic.length][others.length];
    }

    /** The other variable that makes the objective larger fastest; −1 for none. */
    private int steepest() {
      int best = -1;
      for (int j = 0; j < others.length; j++) {
        Rational slope = rows[basic.length][j];
        if (slope.signum() > 0 && (best < 0 || slope.compareTo(rows[basic.length][best]) > 0)) {
          best = j;
        }
      }
      return best;
    }

    /** The other variable of the least number that makes the objective larger; −1 for none. */
    private int first() {
      int best = -1;
      for (int j = 0; j < others.length; j++) {
        if (rows[basic.length][j].signum() > 0 && (best < 0 || others[j] < others[best])) {
          best = j;
        }
      }
      return best;
    }

    /** The basic variable that is 0 first. */
    private int leaving(int j) {
      int best = -1;
      Rational least = null;
      for (int i = 0; i < basic.length; i++) {
        if (rows[i][j].signum() < 0) {
          Rational ratio = rows[i][others.length].over(rows[i][j].negate());
          int order = least == null ? -1 : ratio.compareTo(least);
          if (order < 0 || (order == 0 && basic[i] < basic[best])) {
            best = i;
            least = ratio;
          }
        }
      }
      if (best < 0) {
        throw new IllegalArgumentException("The objective has no largest value");
      }
      return best;
    }

    private void pivot(int r, int s) {
      Rational[] row = rows[r];
      Rational pivot = row[s];
      for (int j = 0; j < row.length; j++) {
        row[j] = j == s ? Rational.ONE.over(pivot) : row[j].negate().over(pivot);
      }
      for (int i = 0; i < rows.length; i++) {
        Rational factor = rows[i][s];
        if (i != r && factor.signum() != 0) {
          for (int j = 0; j < row.length; j++) {
            Rational added = factor.times(row[j]);
            rows[i][j] = j == s ? added : rows[i][j].plus(added);
          }
        }
      }
      int swapped = basic[r];
      basic[r] = others[s];
      others[s] = swapped;
    }
  }

  static Simplex largest(long[][] a, long[] b, long[] c) {
    Dictionary dictionary = new Dictionary(a, b, c);
    int still = 0;
    while (true) {
      int entering = still < PATIENCE ? dictionary.steepest() : dictionary.first();
      if (entering < 0) {
        break;
      }
      Rational before = dictionary.objective();
      dictionary.pivot(dictionary.leaving(entering), entering);
      still = dictionary.objective().compareTo(before) > 0 ? 0 : still + 1;
    }
    int m = a.length;
    int n = c.length;
    Rational[] values = new Rational[n];
    Rational[] prices = new Rational[m];
    Arrays.fill(values, Rational.ZERO);
    Arrays.fill(prices, Rational.ZERO);
    for (int i = 0; i < m; i++) {
      if (dictionary.basic[i] < n) {
        values[dictionary.basic[i]] = dictionary.rows[i][n];
      }
    }
    for (int j = 0; j < n; j++) {
      if (dictionary.others[j] >= n) {
        prices[dictionary.others[j] - n] = dictionary.rows[m][j].negate();
      }
    }
    return new Simplex(new ArrayList<>(List.of(values)), List.of(prices), dictionary.rows[m][n]);
  }
}
