package dev.vitrine.testkit;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Op;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;

/**
 * Derivatives against central differences, both in double precision on the {@link Interpreter}:
 *
 * <pre>
 *   expected = (f(x + h) − f(x − h)) / 2h     h = 10⁻⁵ · max(1, |x|)
 *   good if |got − expected| ≤ 10⁻⁷ + 10⁻⁶ · |expected|
 * </pre>
 *
 * The difference's own error is about h² · f‴/6 + 2⁻⁵³ · |f| / h ≈ 10⁻¹⁰ for the cases' magnitudes.
 * Every element of every wanted leaf is checked, of each example; of a leaf with more than {@value
 * #MOST} elements, that many at random. Points nearer than 10⁻³ to a kink (ReLU, ties of a maximum)
 * are drawn anew.
 */
public final class GradientCheck {
  /** Elements of one leaf that are checked for one example. */
  public static final int MOST = 250;

  private static final double STEP = 1e-5;
  private static final double ABSOLUTE = 1e-7;
  private static final double RELATIVE = 1e-6;
  private static final double MARGIN = 1e-3;
  private static final int BATCH = 2;
  private static final int ATTEMPTS = 200;

  private final Problem problem;
  private final Numbers numbers;

  private GradientCheck(Problem problem, Numbers numbers) {
    this.problem = problem;
    this.numbers = numbers;
  }

  /**
   * Checks every derivative of a case.
   *
   * @return how many elements were compared
   * @throws AssertionError at the first that differs, naming op, leaf, element, expected and got
   */
  public static int check(GraphCase c, Seed seed) {
    Problem problem = Problem.of(c);
    return new GradientCheck(problem, smoothPoint(problem, seed)).run(seed);
  }

  /** Numbers away from kinks. */
  static Numbers smoothPoint(Problem problem, Seed seed) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Seed next = Seed.of(seed.stream("point", attempt).bits(0));
      Numbers numbers = problem.numbers(next, BATCH);
      Interpreter.Values values = numbers.interpreter(BATCH).run(problem.forward());
      if (Kinks.margin(problem.forward(), values, BATCH) > MARGIN) {
        return numbers;
      }
    }
    throw new AssertionError(
        "%s: no point away from kinks in %s attempts".formatted(problem.of(), ATTEMPTS));
  }

  private int run(Seed seed) {
    Interpreter.Values values = numbers.interpreter(BATCH).run(problem.graph());
    int checked = 0;
    for (Value leaf : problem.wanted()) {
      for (int n = 0; n < (leaf.perExample() ? BATCH : 1); n++) {
        Value gradient = problem.gradients().get(leaf);
        int elements = leaf.shape().elements();
        double[] got = gradient == null ? new double[elements] : values.of(gradient, n);
        int[] order = seed.stream("elements", leaf.id()).permutation(elements);
        for (int k = 0; k < Math.min(elements, MOST); k++) {
          compare(leaf, n, order[k], got[order[k]]);
          checked++;
        }
      }
    }
    return checked;
  }

  private void compare(Value leaf, int example, int element, double got) {
    double[] x = numbers.of(leaf, example);
    double at = x[element];
    double h = STEP * Math.max(1, Math.abs(at));
    x[element] = at + h;
    double above = objective();
    x[element] = at - h;
    double below = objective();
    x[element] = at;
    double expected = (above - below) / (2 * h);
    if (!(Math.abs(got - expected) <= ABSOLUTE + RELATIVE * Math.abs(expected))) {
      throw new AssertionError(
          "%s: the gradient of %s with respect to %s, example %s, element %s of %s: expected %s by central differences, got %s"
              .formatted(
                  problem.of(),
                  reader(leaf),
                  name(leaf),
                  example,
                  element,
                  leaf.shape(),
                  expected,
                  got));
    }
  }

  private double objective() {
    return numbers.interpreter(BATCH).run(problem.forward()).number(problem.objective());
  }

  /** The op that reads a leaf: where to look for the fault first. */
  private Op reader(Value leaf) {
    return problem.forward().values().stream()
        .filter(v -> v.inputs().contains(leaf))
        .map(Value::op)
        .findFirst()
        .orElse(leaf.op());
  }

  private static String name(Value leaf) {
    return leaf.op() instanceof Leaf.Parameter p
        ? "parameter '" + p.name() + "'"
        : "input '" + ((Leaf.Input) leaf.op()).name() + "'";
  }
}
