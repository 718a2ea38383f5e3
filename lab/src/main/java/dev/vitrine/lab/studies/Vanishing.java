package dev.vitrine.lab.studies;

import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.List;

/** When a sigmoid unit passes a gradient on, and what a chain of such units makes of it. */
final class Vanishing {
  /** The golden section. */
  private static final double SECTION = (Math.sqrt(5) - 1) / 2;

  private static final int HALVINGS = 100;

  private Vanishing() {}

  /**
   * How wide the interval of inputs a is on which {@code |w σ'(wa + b)| ≥ 1}, by the formula; 0 if
   * there is none.
   */
  static double width(double w) {
    double size = Math.abs(w);
    if (size < 4) {
      return 0;
    }
    return 2 / size * Math.log(size * (1 + Math.sqrt(1 - 4 / size)) / 2 - 1);
  }

  /** The same without the formula: where w σ'(z) falls to 1, by bisection. */
  static double measuredWidth(double w) {
    double size = Math.abs(w);
    if (size * slope(0) < 1) {
      return 0;
    }
    double low = 0;
    double high = 50;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (size * slope(middle) >= 1) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 2 * low / size;
  }

  private static double slope(double z) {
    double e = Math.exp(-z);
    return e / ((1 + e) * (1 + e));
  }

  /** The w for which the measured width is largest, by golden sections. */
  static double widest() {
    double low = 4;
    double high = 40;
    for (int i = 0; i < HALVINGS; i++) {
      double left = high - SECTION * (high - low);
      double right = low + SECTION * (high - low);
      if (measuredWidth(left) < measuredWidth(right)) {
        low = left;
      } else {
        high = right;
      }
    }
    return (low + high) / 2;
  }

  /**
   * The gradient of the last of a chain of units {@code a ← σ(k (w a + b))}, w = 1, b = −½, with
   * respect to its input ½: by the engine, in double.
   */
  static double chain(int units, double steepness) {
    Graph graph = new Graph();
    Value first = graph.parameter("a", Shape.scalar());
    Value a = first;
    for (int i = 0; i < units; i++) {
      a = graph.sigmoid(graph.scale(graph.shift(a, -0.5), steepness));
    }
    Gradient gradient = Gradient.of(graph, a, List.of(first));
    return new Interpreter(1)
        .parameter("a", 0.5)
        .run(gradient.graph())
        .number(gradient.of().get(first));
  }
}
