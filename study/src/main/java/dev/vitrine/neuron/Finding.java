package dev.vitrine.neuron;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A threshold unit for a truth table, or the proof that there is none and several units that do it.
 *
 * @param table what is looked for
 * @param coding what stands for true and false
 * @param name what people call the function; empty for no usual name
 * @param widest the unit of the largest margin among those with weights of at most 1 in size; empty
 *     if there is none, or the function is constant, which the bias alone does
 * @param margin its smallest sum, by the right sign
 * @param smallest a unit of the smallest whole weights, searched for up to five inputs
 * @param proof why there is none
 * @param madaline several units, if there is none
 */
public record Finding(
    Table table,
    Coding coding,
    Optional<String> name,
    Optional<Exact> widest,
    Rational margin,
    Optional<Unit> smallest,
    Optional<Proof> proof,
    Optional<Madaline> madaline) {
  /** Up to so many inputs the smallest whole weights are searched for. */
  public static final int MOST_SEARCHED = 5;

  private static final int ADDED = 8;

  /** How many rows are looked at before others are found to be wrong. */
  private static final int BEGUN = 32;

  /**
   * A unit in exact numbers.
   *
   * @param bias what its sum begins with
   * @param weights one an input
   */
  public record Exact(Rational bias, List<Rational> weights) {}

  /**
   * That no line separates: one point is a mean of true rows and a mean of false ones, so no sum
   * can be positive on all the former and negative on all the latter.
   *
   * @param positives shares of true rows, by their numbers; they sum to 1
   * @param negatives shares of false rows, by their numbers; they sum to 1
   * @param point which both means are
   */
  public record Proof(
      Map<Integer, Rational> positives, Map<Integer, Rational> negatives, List<Rational> point) {}

  /**
   * Finds a unit, or proves that there is none.
   *
   * @param table what it is to do
   * @param coding what stands for true and false
   * @return one of both
   */
  public static Finding of(Table table, Coding coding) {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(coding, "coding");
    Optional<String> name = FunctionName.of(table, names(table.inputs()));
    if (table.isConstant()) {
      Unit constant = new Unit(table.isTrue(0) ? 1 : -1, Collections.nCopies(table.inputs(), 0.0));
      return new Finding(
          table,
          coding,
          name,
          Optional.empty(),
          Rational.ONE,
          Optional.of(constant),
          Optional.empty(),
          Optional.empty());
    }
    List<Integer> rows = begun(table);
    while (true) {
      Simplex best = solve(table, coding, rows);
      if (best.value().signum() == 0) {
        return new Finding(
            table,
            coding,
            name,
            Optional.empty(),
            Rational.ZERO,
            Optional.empty(),
            Optional.of(proof(table, coding, rows, best.prices())),
            Optional.of(Madaline.of(table, coding)));
      }
      Exact unit = unit(table, best.solution());
      List<Integer> violated = violated(table, coding, unit, best.value());
      if (violated.isEmpty()) {
        Optional<Unit> smallest =
            table.inputs() <= MOST_SEARCHED
                ? Optional.of(WholeWeights.of(table, coding, unit))
                : Optional.empty();
        return new Finding(
            table,
            coding,
            name,
            Optional.of(unit),
            best.value(),
            smallest,
            Optional.empty(),
            Optional.empty());
      }
      Set<Integer> more = new LinkedHashSet<>(rows);
      more.addAll(violated.subList(0, Math.min(ADDED, violated.size())));
      rows = List.copyOf(more);
    }
  }

  /**
   * {@return the names of inputs that were given none: x1, x2, …}
   *
   * @param count how many
   */
  public static List<String> names(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add("x" + i);
    }
    return names;
  }

  /**
   * A few rows to begin with: all of a small table, else some of those where one input decides,
   * between which the plane must pass.
   */
  private static List<Integer> begun(Table table) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      if (table.rows() <= BEGUN || isBorder(table, row)) {
        rows.add(row);
      }
    }
    List<Integer> some = new ArrayList<>();
    int count = Math.min(BEGUN, rows.size());
    for (int i = 0; i < count; i++) {
      some.add(rows.get((int) ((long) i * rows.size() / count)));
    }
    return some;
  }

  private static boolean isBorder(Table table, int row) {
    for (int bit = 1; bit < table.rows(); bit *= 2) {
      if (table.isTrue(row) != table.isTrue(row ^ bit)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The largest t with {@code y·(bias + Σ w·x) ≥ t} in the given rows, every weight at most 1 in
   * size, and the bias no larger than sums can be. Variables: the positive and the negative parts
   * of the weights and of the bias, then t.
   */
  private static Simplex solve(Table table, Coding coding, List<Integer> rows) {
    int n = table.inputs();
    int unknown = 2 * n + 3;
    long[][] a = new long[rows.size() + n + 1][unknown];
    long[] b = new long[a.length];
    for (int i = 0; i < rows.size(); i++) {
      int y = table.isTrue(rows.get(i)) ? 1 : -1;
      for (int j = 0; j < n; j++) {
        long term = (long) y * coding.number(table.input(rows.get(i), j));
        a[i][2 * j] = -term;
        a[i][2 * j + 1] = term;
      }
      a[i][2 * n] = -y;
      a[i][2 * n + 1] = y;
      a[i][2 * n + 2] = 1;
    }
    for (int j = 0; j <= n; j++) {
      a[rows.size() + j][2 * j] = 1;
      a[rows.size() + j][2 * j + 1] = 1;
      b[rows.size() + j] = j < n ? 1 : n + 1L;
    }
    long[] c = new long[unknown];
    c[2 * n + 2] = 1;
    return Simplex.largest(a, b, c);
  }

  private static Exact unit(Table table, List<Rational> solution) {
    List<Rational> weights = new ArrayList<>();
    for (int j = 0; j <= table.inputs(); j++) {
      weights.add(solution.get(2 * j).minus(solution.get(2 * j + 1)));
    }
    Rational bias = weights.removeLast();
    return new Exact(bias, List.copyOf(weights));
  }

  /** The rows whose sum is too small, the worst first. */
  private static List<Integer> violated(Table table, Coding coding, Exact unit, Rational margin) {
    Map<Integer, Rational> rows = new LinkedHashMap<>();
    for (int row = 0; row < table.rows(); row++) {
      Rational sum = unit.bias();
      for (int j = 0; j < table.inputs(); j++) {
        Rational x = Rational.of(coding.number(table.input(row, j)));
        sum = sum.plus(unit.weights().get(j).times(x));
      }
      Rational right = table.isTrue(row) ? sum : sum.negate();
      if (right.compareTo(margin) < 0) {
        rows.put(row, right);
      }
    }
    return rows.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The prices of the rows are the shares; they are checked before they are shown. */
  private static Proof proof(
      Table table, Coding coding, List<Integer> rows, List<Rational> prices) {
    Map<Integer, Rational> positives = new LinkedHashMap<>();
    Map<Integer, Rational> negatives = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      if (prices.get(i).signum() > 0) {
        (table.isTrue(rows.get(i)) ? positives : negatives).put(rows.get(i), prices.get(i));
      }
    }
    Map<Integer, Rational> p = shares(positives);
    Map<Integer, Rational> q = shares(negatives);
    List<Rational> point = mean(table, coding, p);
    if (!point.equals(mean(table, coding, q))) {
      throw new IllegalStateException("a proof whose two means differ");
    }
    return new Proof(p, q, point);
  }

  private static Map<Integer, Rational> shares(Map<Integer, Rational> prices) {
    Rational sum = prices.values().stream().reduce(Rational.ZERO, Rational::plus);
    Map<Integer, Rational> shares = new LinkedHashMap<>();
    prices.forEach((row, price) -> shares.put(row, price.over(sum)));
    return shares;
  }

  private static List<Rational> mean(Table table, Coding coding, Map<Integer, Rational> shares) {
    List<Rational> point = new ArrayList<>();
    for (int j = 0; j < table.inputs(); j++) {
      Rational sum = Rational.ZERO;
      for (Map.Entry<Integer, Rational> share : shares.entrySet()) {
        Rational x = Rational.of(coding.number(table.input(share.getKey(), j)));
        sum = sum.plus(share.getValue().times(x));
      }
      point.add(sum);
    }
    return point;
  }
}
