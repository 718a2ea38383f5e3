package dev.vitrine.testkit;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;

/**
 * {@link GradientCheck} for whole networks, with its tolerance, but with steps of 10⁻⁶, because
 * third derivatives grow with depth. No point is away from the kinks of a hundred thousand
 * rectifiers; so each difference is taken between two points that have no kink between them, if
 * need be ten or a hundred times nearer to each other, and where that fails at another coordinate.
 * Of every leaf the element with the largest gradient comes first, then others at random.
 */
final class NetworkGradientCheck {
  /**
   * What was compared.
   *
   * @param checked coordinates
   * @param kinked coordinates left out for another, because a kink was too near
   * @param worst the largest error, relative to the largest element of its leaf's gradient or
   *     {@value #SMALL}
   */
  record Result(int checked, int kinked, double worst) {}

  private static final double[] STEPS = {1e-6, 1e-7, 1e-8};
  private static final double ABSOLUTE = 1e-7;
  private static final double RELATIVE = 1e-6;
  private static final double SMALL = 1e-3;
  private static final int TRIES = 30;

  private final Problem problem;
  private final Numbers numbers;
  private final int batchSize;
  private final Interpreter interpreter;
  private final Interpreter.Values values;
  private int checked;
  private int kinked;
  private double worst;

  private NetworkGradientCheck(Problem problem, Numbers numbers, int batchSize) {
    this.problem = problem;
    this.numbers = numbers;
    this.batchSize = batchSize;
    interpreter = numbers.interpreter(batchSize);
    values = interpreter.run(problem.graph());
  }

  /**
   * Checks {@code each} elements of every leaf that is wanted.
   *
   * @throws AssertionError at the first that differs
   */
  static Result check(Problem problem, Numbers numbers, int batchSize, int each, Seed seed) {
    NetworkGradientCheck check = new NetworkGradientCheck(problem, numbers, batchSize);
    for (Value leaf : problem.wanted()) {
      check.leaf(leaf, each, seed);
    }
    return new Result(check.checked, check.kinked, check.worst);
  }

  private void leaf(Value leaf, int each, Seed seed) {
    int example = leaf.perExample() ? seed.stream("example").below(0, batchSize) : 0;
    double[] got = values.of(problem.gradients().get(leaf), example);
    int[] order = seed.stream("elements", leaf.id()).permutation(got.length);
    int largest = largest(got);
    int left = Math.min(each, got.length);
    for (int k = -1; k < Math.min(got.length, TRIES) && left > 0; k++) {
      int element = k < 0 ? largest : order[k];
      if (k < 0 || element != largest) {
        double difference = difference(leaf, example, element);
        if (Double.isNaN(difference)) {
          kinked++;
        } else {
          compare(leaf, element, got[element], difference, Math.abs(got[largest]));
          left--;
        }
      }
    }
    if (left == Math.min(each, got.length)) {
      throw new AssertionError("%s: kinks all around %s".formatted(problem.of(), leaf));
    }
  }

  private static int largest(double[] a) {
    int largest = 0;
    for (int k = 1; k < a.length; k++) {
      if (Math.abs(a[k]) > Math.abs(a[largest])) {
        largest = k;
      }
    }
    return largest;
  }

  private void compare(Value leaf, int element, double got, double expected, double largest) {
    double error = Math.abs(got - expected);
    checked++;
    worst = Math.max(worst, error / Math.max(largest, SMALL));
    if (!(error <= ABSOLUTE + RELATIVE * Math.abs(expected))) {
      throw new AssertionError(
          "%s: the gradient with respect to %s, element %s of %s: expected %s by central differences, got %s"
              .formatted(problem.of(), name(leaf), element, leaf.shape(), expected, got));
    }
  }

  private static String name(Value leaf) {
    return leaf.op() instanceof Leaf.Parameter p ? p.name() : ((Leaf.Input) leaf.op()).name();
  }

  /** The central difference; NaN if there is a kink within the smallest step. */
  private double difference(Value leaf, int example, int element) {
    double[] x = numbers.of(leaf, example);
    double at = x[element];
    for (double step : STEPS) {
      double h = step * Math.max(1, Math.abs(at));
      x[element] = at + h;
      Interpreter.Values above = interpreter.rerun(problem.forward(), values, leaf);
      x[element] = at - h;
      Interpreter.Values below = interpreter.rerun(problem.forward(), values, leaf);
      x[element] = at;
      if (!Kinks.between(problem.forward(), below, above, batchSize)) {
        return (above.number(problem.objective()) - below.number(problem.objective())) / (2 * h);
      }
    }
    return Double.NaN;
  }
}
