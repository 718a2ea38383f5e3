package dev.vitrine.neuron;

import dev.vitrine.error.Decimal;
import java.util.List;

/**
 * A threshold unit: true where {@code bias + Σ weight·input ≥ 0}.
 *
 * @param bias what its sum begins with
 * @param weights one an input
 */
public record Unit(double bias, List<Double> weights) {
  /** The unit, with its own copy. */
  public Unit {
    weights = List.copyOf(weights);
  }

  /**
   * {@return the sum in a row of a table}
   *
   * @param table whose inputs it reads
   * @param row its number
   * @param coding what stands for true and false
   */
  public double sum(Table table, int row, Coding coding) {
    double sum = bias;
    for (int i = 0; i < weights.size(); i++) {
      sum += weights.get(i) * coding.number(table.input(row, i));
    }
    return sum;
  }

  /**
   * {@return it as one types it: {@code -1.5 + x1 - 2*x2}}
   *
   * @param names of the inputs
   */
  public String text(List<String> names) {
    StringBuilder text = new StringBuilder();
    if (bias != 0) {
      text.append(Decimal.text(bias));
    }
    for (int i = 0; i < weights.size(); i++) {
      double weight = weights.get(i);
      if (weight != 0) {
        text.append(text.isEmpty() ? weight < 0 ? "-" : "" : weight < 0 ? " - " : " + ");
        double size = Math.abs(weight);
        text.append(size == 1 ? "" : Decimal.text(size) + "*").append(names.get(i));
      }
    }
    return text.isEmpty() ? "0" : text.toString();
  }
}
