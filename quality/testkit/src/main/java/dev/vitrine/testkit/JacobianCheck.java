package dev.vitrine.testkit;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Jacobians, entry by entry, against differences in double precision:
 *
 * <pre>
 *   quotient = (4·(f(x + h) − f(x − h)) − (f(x + 2h) − f(x − 2h))/2) / 6h     its error goes with h⁴
 *   good if |got − quotient| ≤ 10⁻⁷ + 10⁻⁶ · |quotient|,
 *   or if the slopes on both sides differ, and got lies between them, as at a kink
 * </pre>
 *
 * At points away from kinks the Taylor remainder {@code f(x + tv) − f(x) − t·Jv} must fall with t²
 * besides. Rows and columns of large Jacobians are taken at random. {@link GradientCheck} looks at
 * weighed sums of all rows; here no two faults can hide each other.
 */
public final class JacobianCheck {
  private static final int ROWS = 6;
  private static final int COLUMNS = 10;
  private static final int BATCH = 2;
  private static final double STEP = 1e-4;
  private static final double ONE_SIDED = 1e-7;
  private static final double ABSOLUTE = 1e-7;
  private static final double RELATIVE = 1e-6;

  private final Problem problem;
  private final Numbers numbers;
  private final double[] middle;

  private JacobianCheck(Problem problem, Numbers numbers) {
    this.problem = problem;
    this.numbers = numbers;
    middle = output();
  }

  /**
   * Checks Jacobian entries of a case by all of its wanted leaves.
   *
   * @return how many entries were compared
   * @throws AssertionError at the first that is wrong, naming it
   */
  public static int check(GraphCase c, Seed seed) {
    Problem problem = Problem.of(c);
    boolean kinked = c.scope() == GraphCase.Scope.GRADIENT;
    Numbers numbers =
        kinked ? problem.numbers(seed, BATCH) : GradientCheck.smoothPoint(problem, seed);
    return new JacobianCheck(problem, numbers).run(seed, !kinked);
  }

  /** One column: an element of a leaf, in one example. */
  private record Column(Value leaf, int example, int element) {
    @Override
    public String toString() {
      return "%s, example %s, element %s".formatted(leaf, example, element);
    }
  }

  private int run(Seed seed, boolean smooth) {
    List<Column> columns = columns(seed);
    int[] order = seed.stream("rows").permutation(middle.length);
    int[] rows = Arrays.copyOf(order, Math.min(ROWS, order.length));
    double[][] jacobian = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      jacobian[r] = row(rows[r], columns);
    }
    for (int c = 0; c < columns.size(); c++) {
      double[] got = new double[rows.length];
      for (int r = 0; r < rows.length; r++) {
        got[r] = jacobian[r][c];
      }
      compare(columns.get(c), rows, got, smooth);
    }
    if (smooth) {
      taylor(seed, columns, rows, jacobian);
    }
    return rows.length * columns.size();
  }

  private List<Column> columns(Seed seed) {
    List<Column> columns = new ArrayList<>();
    for (Value leaf : problem.wanted()) {
      for (int n = 0; n < (leaf.perExample() ? BATCH : 1); n++) {
        int[] order = seed.stream("columns", leaf.id()).permutation(leaf.shape().elements());
        for (int k = 0; k < Math.min(COLUMNS, order.length); k++) {
          columns.add(new Column(leaf, n, order[k]));
        }
      }
    }
    return columns;
  }

  /**
   * By the engine's backward pass, the objective's weights being 1 at one output and 0 at others.
   */
  private double[] row(int k, List<Column> columns) {
    Value probe = probe();
    double[][] weights = new double[probe.perExample() ? BATCH : 1][];
    for (int n = 0; n < weights.length; n++) {
      weights[n] = numbers.of(probe, n);
    }
    double[][] kept = Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
    int size = problem.output().shape().elements();
    Arrays.stream(weights).forEach(w -> Arrays.fill(w, 0));
    // The objective is the batch's mean of what is weighed.
    weights[k / size][k % size] = probe.perExample() ? BATCH : 1;
    Interpreter.Values values = numbers.interpreter(BATCH).run(problem.graph());
    double[] row = new double[columns.size()];
    for (int c = 0; c < row.length; c++) {
      Column column = columns.get(c);
      Value gradient = problem.gradients().get(column.leaf());
      row[c] = gradient == null ? 0 : values.of(gradient, column.example())[column.element()];
    }
    for (int n = 0; n < weights.length; n++) {
      System.arraycopy(kept[n], 0, weights[n], 0, size);
    }
    return row;
  }

  /** The leaf that the objective weighs the output by. */
  private Value probe() {
    List<Value> values = problem.forward().values();
    return values.stream()
        .filter(v -> v.op() == Binary.MULTIPLY && v.inputs().getFirst() == problem.output())
        .map(v -> v.inputs().get(1))
        .filter(v -> v.op() instanceof Leaf)
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  /** All examples' outputs, one after another. */
  private double[] output() {
    Interpreter.Values values = numbers.interpreter(BATCH).run(problem.forward());
    Value y = problem.output();
    if (!y.perExample()) {
      return values.of(y).clone();
    }
    int size = y.shape().elements();
    double[] all = new double[BATCH * size];
    for (int n = 0; n < BATCH; n++) {
      System.arraycopy(values.of(y, n), 0, all, n * size, size);
    }
    return all;
  }

  private double[] moved(Column column, double by) {
    double[] x = numbers.of(column.leaf(), column.example());
    double at = x[column.element()];
    x[column.element()] = at + by;
    double[] moved = output();
    x[column.element()] = at;
    return moved;
  }

  private void compare(Column column, int[] rows, double[] got, boolean smooth) {
    double at = Math.abs(numbers.of(column.leaf(), column.example())[column.element()]);
    double h = STEP * Math.max(1, at);
    double[][] around = {
      moved(column, -2 * h), moved(column, -h), moved(column, h), moved(column, 2 * h)
    };
    double tiny = ONE_SIDED * Math.max(1, at);
    double[] left = moved(column, -tiny);
    double[] right = moved(column, tiny);
    for (int r = 0; r < rows.length; r++) {
      int k = rows[r];
      double near = (around[2][k] - around[1][k]) / (2 * h);
      double far = (around[3][k] - around[0][k]) / (4 * h);
      double quotient = near + (near - far) / 3;
      boolean good = Math.abs(got[r] - quotient) <= ABSOLUTE + RELATIVE * Math.abs(quotient);
      double below = (middle[k] - left[k]) / tiny;
      double above = (right[k] - middle[k]) / tiny;
      double slack = 1e-5 * (1 + Math.abs(below) + Math.abs(above));
      boolean between =
          got[r] >= Math.min(below, above) - slack && got[r] <= Math.max(below, above) + slack;
      // At a kink, and where the slope itself has one, as ELU's has at 0, only the sides tell.
      if (!good && !(between && !smooth)) {
        throw new AssertionError(
            "%s: the derivative of output %s by %s: expected %s by differences (%s on the left, %s on the right), got %s"
                .formatted(problem.of(), k, column, quotient, below, above, got[r]));
      }
    }
  }

  /** Along a direction over the columns that were taken. */
  private void taylor(Seed seed, List<Column> columns, int[] rows, double[][] jacobian) {
    RandomStream random = seed.stream("direction");
    double[] direction = new double[columns.size()];
    for (int c = 0; c < direction.length; c++) {
      direction[c] = random.uniform(c, -1, 1);
    }
    double t = 4e-4;
    double first = remainder(columns, direction, rows, jacobian, t);
    double second = remainder(columns, direction, rows, jacobian, t / 2);
    double rounding = 1e-12 * (1 + Arrays.stream(middle).map(Math::abs).max().orElse(0));
    if (!(second <= first / 3 + rounding)) {
      throw new AssertionError(
          "%s: the Taylor remainder expected to fall to a quarter with half the step, but went from %s to %s"
              .formatted(problem.of(), first, second));
    }
  }

  private double remainder(
      List<Column> columns, double[] direction, int[] rows, double[][] jacobian, double t) {
    double[] kept = new double[direction.length];
    for (int c = 0; c < kept.length; c++) {
      Column column = columns.get(c);
      double[] x = numbers.of(column.leaf(), column.example());
      kept[c] = x[column.element()];
      x[column.element()] += t * direction[c];
    }
    double[] there = output();
    for (int c = 0; c < kept.length; c++) {
      Column column = columns.get(c);
      numbers.of(column.leaf(), column.example())[column.element()] = kept[c];
    }
    double most = 0;
    for (int r = 0; r < rows.length; r++) {
      double linear = 0;
      for (int c = 0; c < direction.length; c++) {
        linear += jacobian[r][c] * direction[c];
      }
      most = Math.max(most, Math.abs(there[rows[r]] - middle[rows[r]] - t * linear));
    }
    return most;
  }
}
