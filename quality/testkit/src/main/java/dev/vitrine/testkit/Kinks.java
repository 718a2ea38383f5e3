package dev.vitrine.testkit;

import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Call;
import dev.vitrine.op.Example;
import dev.vitrine.op.Grid;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.PRelu;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Span;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** How far a point is from where a graph's functions have no derivative. */
final class Kinks {
  /** Whether a distance of exactly 0 counts. */
  private final boolean exactCount;

  private Kinks(boolean exactCount) {
    this.exactCount = exactCount;
  }

  /**
   * The smallest distance of a rectifier's input from 0, and of a window's largest element from its
   * second largest, in the whole batch; infinite for a smooth graph.
   */
  static double margin(Graph graph, Interpreter.Values values, int batchSize) {
    return new Kinks(true).least(graph, values, batchSize);
  }

  /**
   * The same, but numbers that meet a kink exactly do not count: they are zeros behind a rectifier
   * and the like, which are as exact in single precision.
   */
  static double roundingMargin(Graph graph, Interpreter.Values values, int batchSize) {
    return new Kinks(false).least(graph, values, batchSize);
  }

  /**
   * Whether a kink lies between two runs of a graph: some rectifier's input changes its sign, or
   * some window the place of its maximum.
   */
  static boolean between(
      Graph graph, Interpreter.Values before, Interpreter.Values after, int batchSize) {
    for (Value y : graph.values()) {
      for (int n = 0; n < (y.perExample() ? batchSize : 1); n++) {
        if (!y.inputs().isEmpty()) {
          double[] a = before.of(y.inputs().getFirst(), n);
          double[] b = after.of(y.inputs().getFirst(), n);
          if (a != b && !Arrays.equals(pieces(y, a), pieces(y, b))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Which of an op's smooth pieces each of its input's elements is on; empty for a smooth op. */
  private static double[] pieces(Value y, double[] x) {
    return switch (y.op()) {
      case Rectifier.Relu _, Rectifier.LeakyRelu _, Rectifier.Elu _, PRelu _ ->
          Arrays.stream(x).map(Math::signum).toArray();
      case Rectifier.Clip clip ->
          Arrays.stream(x).map(e -> e < clip.min() ? -1 : e > clip.max() ? 1 : 0).toArray();
      case Grid grid -> Arrays.stream(x).map(grid::apply).toArray();
      case MaxPool pool -> places(pool, y, x);
      default -> new double[0];
    };
  }

  /** The numbers of the windows at the elements that are their maxima, each as a square root. */
  private static double[] places(MaxPool pool, Value y, double[] x) {
    double[] numbers = new double[y.shape().elements()];
    Arrays.setAll(numbers, k -> Math.sqrt(k + 2));
    double[] places = new double[x.length];
    Shape in = y.inputs().getFirst().shape();
    new MaxPool.Gradient(pool.window())
        .evaluate(
            new Call(
                List.of(in, y.shape()),
                new double[][] {x, numbers},
                in,
                places,
                new Example(0, 1, 0, Seed.of(0))));
    return places;
  }

  private double distance(double d) {
    return d == 0 && !exactCount ? Double.POSITIVE_INFINITY : d;
  }

  private double least(Graph graph, Interpreter.Values values, int batchSize) {
    double margin = Double.POSITIVE_INFINITY;
    for (Value value : graph.values()) {
      for (int n = 0; n < (value.perExample() ? batchSize : 1); n++) {
        margin = Math.min(margin, margin(value, values, n));
      }
    }
    return margin;
  }

  private double margin(Value value, Interpreter.Values values, int n) {
    return switch (value.op()) {
      case Rectifier.Relu _, Rectifier.LeakyRelu _, Rectifier.Elu _, PRelu _ -> {
        double least = Double.POSITIVE_INFINITY;
        for (double x : values.of(value.inputs().getFirst(), n)) {
          least = Math.min(least, distance(Math.abs(x)));
        }
        yield least;
      }
      case Rectifier.Clip clip -> {
        double least = Double.POSITIVE_INFINITY;
        for (double x : values.of(value.inputs().getFirst(), n)) {
          least = Math.min(least, distance(Math.abs(x - clip.min())));
          least = Math.min(least, distance(Math.abs(x - clip.max())));
        }
        yield least;
      }
      case Grid grid -> {
        double least = Double.POSITIVE_INFINITY;
        for (double x : values.of(value.inputs().getFirst(), n)) {
          double steps = Math.min(Math.max(x / grid.step(), grid.least()), grid.most());
          double from = Math.abs(Math.abs(steps - Math.floor(steps)) - 0.5);
          least = Math.min(least, distance(from * grid.step()));
        }
        yield least;
      }
      case MaxPool pool -> {
        Shape in = value.inputs().getFirst().shape();
        yield gap(pool, in, value.shape(), values.of(value.inputs().getFirst(), n));
      }
      default -> Double.POSITIVE_INFINITY;
    };
  }

  private double gap(MaxPool pool, Shape in, Shape out, double[] x) {
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < out.size(0); c++) {
      for (int i = 0; i < out.size(1); i++) {
        for (int j = 0; j < out.size(2); j++) {
          least = Math.min(least, gap(pool, in, x, c, i, j));
        }
      }
    }
    return least;
  }

  private double gap(MaxPool pool, Shape in, double[] x, int c, int i, int j) {
    Span h = pool.window().h();
    Span w = pool.window().w();
    double best = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    for (int u = 0; u < h.kernel(); u++) {
      for (int v = 0; v < w.kernel(); v++) {
        int row = h.source(i, u);
        int column = w.source(j, v);
        if (row >= 0 && row < in.size(1) && column >= 0 && column < in.size(2)) {
          double element = x[(c * in.size(1) + row) * in.size(2) + column];
          second = Math.max(second, Math.min(best, element));
          best = Math.max(best, element);
        }
      }
    }
    return best == Double.NEGATIVE_INFINITY ? Double.POSITIVE_INFINITY : distance(best - second);
  }
}
