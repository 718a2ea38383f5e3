package dev.vitrine.neuron;

import dev.vitrine.error.UserException;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One unit or several, and what they make of all truth values of their inputs.
 *
 * @param inputs the names of the inputs, the slowest first
 * @param units the names of the units, in order; the last is the output
 * @param activations what each makes of its sum
 * @param coding what stands for true and false among the inputs
 * @param rows from all false to all true
 * @param table of the output; empty if its unit does not decide
 * @param name what people call the function; empty for no usual name
 * @param plane where the output's sum is 0, if it is a weighted sum of the inputs
 */
public record Neuron(
    List<String> inputs,
    List<String> units,
    List<Squash> activations,
    Coding coding,
    List<Row> rows,
    Optional<Table> table,
    Optional<String> name,
    Optional<Plane> plane) {
  /** Sums that differ by less are rounded differently, not different. */
  private static final double ROUNDING = 1e-9;

  /** The units, with their own copies. */
  public Neuron {
    inputs = List.copyOf(inputs);
    units = List.copyOf(units);
    activations = List.copyOf(activations);
    rows = List.copyOf(rows);
  }

  /**
   * A row of the truth table.
   *
   * @param inputs the numbers of the inputs
   * @param sums of the units
   * @param outputs of the units
   */
  public record Row(List<Integer> inputs, List<Double> sums, List<Double> outputs) {}

  /**
   * Where a sum is 0.
   *
   * @param unit that sum's
   * @param margin its least distance from a row's point
   * @param least the least sum in size
   */
  public record Plane(Unit unit, double margin, double least) {}

  /**
   * Evaluates units.
   *
   * @param text lines of the expression language, such as {@code -1.5 + x1 + x2}; a line may have
   *     {@code sign(…)}, {@code step(…)} or a function such as {@code tanh(…)} around it
   * @param activation of the lines that have none
   * @param coding what stands for true and false
   * @return their truth table
   * @throws UserException if the text cannot be read, or has no inputs or more than 12
   */
  public static Neuron of(String text, Squash activation, Coding coding) {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(coding, "coding");
    UnitLines lines = UnitLines.of(text);
    List<String> inputs = lines.inputs();
    List<Squash> activations =
        lines.lines().stream().map(line -> line.own().orElse(activation)).toList();
    Table all = Table.of(inputs.size(), _ -> false);
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < all.rows(); row++) {
      List<Integer> values = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        values.add(coding.number(all.input(row, i)));
      }
      rows.add(row(lines, activations, inputs, values));
    }
    Optional<Table> table =
        activations.getLast().decides()
            ? Optional.of(Table.of(inputs.size(), row -> rows.get(row).outputs().getLast() > 0))
            : Optional.empty();
    return new Neuron(
        inputs,
        lines.lines().stream().map(UnitLines.Line::name).toList(),
        activations,
        coding,
        rows,
        table,
        table.flatMap(t -> FunctionName.of(t, inputs)),
        plane(lines, inputs, rows));
  }

  private static Row row(
      UnitLines lines, List<Squash> activations, List<String> inputs, List<Integer> values) {
    Map<String, Double> known = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      known.put(inputs.get(i), (double) values.get(i));
    }
    List<Double> sums = new ArrayList<>();
    List<Double> outputs = new ArrayList<>();
    for (int u = 0; u < activations.size(); u++) {
      UnitLines.Line line = lines.lines().get(u);
      sums.add(sum(line.sum(), known));
      outputs.add(activations.get(u).function().applyAsDouble(sums.getLast()));
      known.put(line.name(), outputs.getLast());
    }
    return new Row(values, sums, outputs);
  }

  /** A sum of names whose numbers are known; one that is next to nothing is 0. */
  static double sum(Expression sum, Map<String, Double> known) {
    Map<String, Tensor> tensors = new HashMap<>();
    known.forEach((name, value) -> tensors.put(name, Tensor.of(value)));
    Expression plain = Names.withConstants(sum, known.keySet());
    Tensor value = Evaluation.of(plain, tensors);
    if (!value.isScalar()) {
      throw sum.at().fault("a unit sums to one number, but this has the shape " + value.shape());
    }
    if (!Double.isFinite(value.at(0))) {
      throw sum.at().fault("the sum is not finite for inputs " + known);
    }
    // −0 is 0, and what decimal fractions leave of 0 is.
    return Math.abs(value.at(0)) < 1e-12 ? 0 : value.at(0);
  }

  private static Optional<Plane> plane(UnitLines lines, List<String> inputs, List<Row> rows) {
    Expression sum = lines.lines().getLast().sum();
    if (!Set.copyOf(inputs).containsAll(Names.of(sum))) {
      return Optional.empty();
    }
    Map<String, Double> known = new HashMap<>();
    inputs.forEach(name -> known.put(name, 0.0));
    double bias;
    List<Double> weights = new ArrayList<>();
    try {
      bias = sum(sum, known);
      for (String name : inputs) {
        known.put(name, 1.0);
        weights.add(sum(sum, known) - bias);
        known.put(name, 0.0);
      }
    } catch (UserException notFinite) {
      return Optional.empty();
    }
    double length = Math.sqrt(weights.stream().mapToDouble(w -> w * w).sum());
    double least = Double.POSITIVE_INFINITY;
    for (Row row : rows) {
      double weighed = bias;
      for (int i = 0; i < weights.size(); i++) {
        weighed += weights.get(i) * row.inputs().get(i);
      }
      if (Math.abs(weighed - row.sums().getLast()) > ROUNDING * (1 + Math.abs(weighed))) {
        return Optional.empty();
      }
      least = Math.min(least, Math.abs(row.sums().getLast()));
    }
    return length == 0
        ? Optional.empty()
        : Optional.of(new Plane(new Unit(bias, weights), least / length, least));
  }

  /** The output's sum at any point. */
  static double sumAt(
      UnitLines lines, List<Squash> activations, List<String> inputs, double... point) {
    Map<String, Double> known = new HashMap<>();
    for (int i = 0; i < point.length; i++) {
      known.put(inputs.get(i), point[i]);
    }
    double sum = 0;
    for (int u = 0; u < activations.size(); u++) {
      UnitLines.Line line = lines.lines().get(u);
      sum = sum(line.sum(), known);
      known.put(line.name(), activations.get(u).function().applyAsDouble(sum));
    }
    return sum;
  }
}
