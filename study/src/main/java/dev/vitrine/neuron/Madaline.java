package dev.vitrine.neuron;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Threshold units under another one.
 *
 * @param hidden those that read the inputs
 * @param output the one that reads them
 */
public record Madaline(List<Unit> hidden, Unit output) {
  /** The units, with their own copy. */
  public Madaline {
    hidden = List.copyOf(hidden);
  }

  /**
   * Makes one for a function: of its ANDs under an OR, of its negation's, or, if it depends on the
   * number of true inputs alone, of a unit for each change; whichever has the fewest hidden units.
   *
   * @param table of the function
   * @param coding what stands for true and false
   * @return the units, which are not always the fewest that there could be
   */
  public static Madaline of(Table table, Coding coding) {
    List<Madaline> candidates = new ArrayList<>();
    candidates.add(ofCubes(table, coding, 1));
    candidates.add(ofCubes(table.negated(), coding, -1));
    ofCounts(table, coding).ifPresent(candidates::add);
    Madaline best = candidates.getFirst();
    for (Madaline each : candidates) {
      best = each.hidden.size() < best.hidden.size() ? each : best;
    }
    best.require(table, coding);
    return best;
  }

  private static Madaline ofCubes(Table table, Coding coding, int sign) {
    List<Unit> hidden = new ArrayList<>();
    for (Cubes.Cube cube : Cubes.cover(table)) {
      List<Double> weights = new ArrayList<>();
      int literals = 0;
      int plain = 0;
      for (int i = 0; i < table.inputs(); i++) {
        int bit = 1 << (table.inputs() - 1 - i);
        boolean cared = (cube.care() & bit) != 0;
        boolean on = (cube.value() & bit) != 0;
        literals += cared ? 1 : 0;
        plain += cared && on ? 1 : 0;
        weights.add(!cared ? 0.0 : on ? 1.0 : -1.0);
      }
      hidden.add(new Unit(coding == Coding.SIGNS ? 1 - literals : 0.5 - plain, weights));
    }
    double or = coding == Coding.SIGNS ? hidden.size() - 1 : -0.5;
    return new Madaline(
        hidden, new Unit(sign * or, Collections.nCopies(hidden.size(), (double) sign)));
  }

  private static Optional<Madaline> ofCounts(Table table, Coding coding) {
    return table
        .byCount()
        .map(values -> {
          int n = table.inputs();
          List<Unit> hidden = new ArrayList<>();
          List<Double> weights = new ArrayList<>();
          double sum = 0;
          for (int k = 1; k <= n; k++) {
            if (values[k] != values[k - 1]) {
              double bias = coding == Coding.SIGNS ? n - 2 * k + 1 : 0.5 - k;
              hidden.add(new Unit(bias, Collections.nCopies(n, 1.0)));
              weights.add(values[k] ? 1.0 : -1.0);
              sum += weights.getLast();
            }
          }
          double first = values[0] ? 1 : -1;
          return new Madaline(
              hidden, new Unit(coding == Coding.SIGNS ? sum + first : first / 2, weights));
        });
  }

  /** Nothing is handed out that was not seen to work. */
  private void require(Table table, Coding coding) {
    for (int row = 0; row < table.rows(); row++) {
      if (isTrue(table, row, coding) != table.isTrue(row)) {
        throw new IllegalStateException("a Madaline that is wrong in row " + row);
      }
    }
  }

  /**
   * {@return what it says in a row}
   *
   * @param table whose inputs it reads
   * @param row its number
   * @param coding what stands for true and false
   */
  public boolean isTrue(Table table, int row, Coding coding) {
    double sum = output.bias();
    for (int h = 0; h < hidden.size(); h++) {
      boolean on = hidden.get(h).sum(table, row, coding) >= 0;
      sum += output.weights().get(h) * coding.number(on);
    }
    return sum >= 0;
  }

  /**
   * {@return it as one types it, lines between semicolons}
   *
   * @param names of the inputs
   */
  public String text(List<String> names) {
    List<String> lines = new ArrayList<>();
    List<String> units = new ArrayList<>();
    for (int h = 0; h < hidden.size(); h++) {
      units.add("h" + (h + 1));
      lines.add("h%s = %s".formatted(h + 1, hidden.get(h).text(names)));
    }
    lines.add("y = " + output.text(units));
    return String.join("; ", lines);
  }
}
