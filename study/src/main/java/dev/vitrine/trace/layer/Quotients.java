package dev.vitrine.trace.layer;

import java.util.LinkedHashMap;
import java.util.Map;

/** A Jacobian beside difference quotients, on either side by itself where the two disagree. */
public final class Quotients {
  private static final double STEP = 1e-4;
  private static final double RELATIVE = 1e-6;
  private static final double ABSOLUTE = 1e-7;

  private Quotients() {}

  /**
   * What differences say.
   *
   * @param off the largest difference of an entry from its quotient
   * @param kinks how many entries stand where the slope differs from one side to the other; there
   *     the entry lies between the two
   * @param wrong how many entries are neither
   */
  public record Found(double off, int kinks, int wrong) {}

  static Found of(LayerGraph graph, Map<String, double[]> numbers, Jacobian jacobian) {
    double[] x = numbers.get(LayerGraph.X);
    double[] middle = graph.output(numbers);
    double off = 0;
    int kinks = 0;
    int wrong = 0;
    for (int i = 0; i < x.length; i++) {
      double h = STEP * Math.max(1, Math.abs(x[i]));
      double[] far = central(graph, numbers, i, 2 * h);
      double[] near = central(graph, numbers, i, h);
      double[] left = sided(graph, numbers, i, -h / 100, middle);
      double[] right = sided(graph, numbers, i, h / 100, middle);
      for (int k = 0; k < middle.length; k++) {
        double claimed = jacobian.rows()[k][i];
        // Taylor: the error of a central quotient goes with h², so this one's goes with h⁴.
        double quotient = near[k] + (near[k] - far[k]) / 3;
        double difference = Math.abs(claimed - quotient);
        double room = ABSOLUTE + RELATIVE * Math.abs(claimed);
        double slack = 1e-4 * (1 + Math.abs(left[k]) + Math.abs(right[k]));
        boolean between =
            claimed >= Math.min(left[k], right[k]) - slack
                && claimed <= Math.max(left[k], right[k]) + slack;
        if (difference > room && between) {
          // Where the slopes are alike, it is the slope that has a kink, as ELU's has at 0.
          kinks += Math.abs(left[k] - right[k]) > 2 * slack ? 1 : 0;
        } else {
          off = Math.max(off, difference);
          wrong += difference > room ? 1 : 0;
        }
      }
    }
    return new Found(off, kinks, wrong);
  }

  private static double[] central(
      LayerGraph graph, Map<String, double[]> numbers, int i, double h) {
    double[] above = moved(graph, numbers, i, h);
    double[] below = moved(graph, numbers, i, -h);
    double[] slope = new double[above.length];
    for (int k = 0; k < slope.length; k++) {
      slope[k] = (above[k] - below[k]) / (2 * h);
    }
    return slope;
  }

  private static double[] sided(
      LayerGraph graph, Map<String, double[]> numbers, int i, double h, double[] middle) {
    double[] slope = moved(graph, numbers, i, h).clone();
    for (int k = 0; k < slope.length; k++) {
      slope[k] = (slope[k] - middle[k]) / h;
    }
    return slope;
  }

  private static double[] moved(LayerGraph graph, Map<String, double[]> numbers, int i, double h) {
    Map<String, double[]> at = new LinkedHashMap<>(numbers);
    double[] x = numbers.get(LayerGraph.X).clone();
    x[i] += h;
    at.put(LayerGraph.X, x);
    return graph.output(at);
  }

  /** Two ways to the same gradient. */
  static void requireEqual(String name, double[] engine, double[] other) {
    for (int i = 0; i < engine.length; i++) {
      double scale = 1e-9 * Math.max(Math.abs(engine[i]), Math.abs(other[i])) + 1e-12;
      if (engine.length != other.length || !(Math.abs(engine[i] - other[i]) <= scale)) {
        throw new IllegalStateException(
            "The engine and another way disagree about the gradient of %s, element %s: %s and %s"
                .formatted(name, i, engine[i], i < other.length ? other[i] : "none"));
      }
    }
  }
}
