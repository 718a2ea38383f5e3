package dev.vitrine.testkit;

import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Concat;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.DropoutMask;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.random.RandomStream;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Grows one graph at random, whose values all have the image's shape. */
final class RandomGraph {
  private static final Shape IMAGE = Shape.of(3, 4, 5);
  private static final int FEATURES = 60;
  private static final List<Unary> FUNCTIONS =
      List.of(
          new Sigmoidal.Tanh(),
          new Sigmoidal.Sigmoid(),
          new Sigmoidal.Softplus(),
          new Elementary.Negate(),
          new Elementary.Scale(0.7),
          new Elementary.Shift(0.2),
          new Sigmoidal.Silu(),
          new Sigmoidal.Gelu(),
          new Sigmoidal.GeluTanh(),
          new Rectifier.Relu(),
          new Rectifier.Clip(-0.7, 1.3),
          new Rectifier.LeakyRelu(0.1),
          new Rectifier.Elu(1));

  /** How many of the functions, from the front, have no kink. */
  private static final int SMOOTH = 9;

  /** About what a forward pass of some layers costs. */
  private static final long WORK = 15_000;

  private final CaseBuilder g;
  private final Draws draws;
  private final boolean smooth;
  private final List<Value> values = new ArrayList<>();

  private RandomGraph(CaseBuilder g, Draws draws, boolean smooth) {
    this.g = g;
    this.draws = draws;
    this.smooth = smooth;
    values.add(g.input(IMAGE.sizes()));
    values.add(g.parameter(IMAGE.sizes()));
    values.add(g.input(IMAGE.sizes()));
  }

  private int below(int bound) {
    return draws.below(bound);
  }

  private Value any() {
    return values.get(below(values.size()));
  }

  private Value grow() {
    for (int ops = 4 + below(10); ops > 0; ops--) {
      values.add(next(any()));
    }
    Value y = values.getLast();
    for (int more = below(3); more > 0; more--) {
      y = g.add(y, any());
    }
    return g.sum(y, 0);
  }

  private Value next(Value x) {
    return switch (below(12)) {
      case 0, 1, 2 -> g.apply(FUNCTIONS.get(below(smooth ? SMOOTH : FUNCTIONS.size())), x);
      case 3 -> g.apply(Binary.ADD, x, any());
      case 4 -> g.tanh(g.multiply(x, any()));
      case 5, 6 -> convolution(x);
      case 7 -> pooling(x);
      case 8 -> dense(x);
      case 9 -> halves(x, any());
      case 10 -> g.subtract(x, x.perExample() ? g.batchMean(x) : any());
      default -> mixed(x);
    };
  }

  private Value convolution(Value x) {
    Value w = g.parameter(3, 3, 3, 3);
    Convolution op = new Convolution(Window.of(3).padding(1), 1, true);
    Value y = g.scale(g.apply(op, x, w, g.parameter(3)), 0.5);
    return below(2) == 0 ? (smooth ? g.sigmoid(y) : g.relu(y)) : y;
  }

  private Value pooling(Value x) {
    Window window = Window.of(3).padding(1);
    return below(2) == 0 && !smooth
        ? g.apply(new MaxPool(window), x)
        : g.apply(new AveragePool(window, false), x);
  }

  private Value dense(Value x) {
    Value w = g.parameter(Points.normal(0.15), FEATURES, FEATURES);
    Value y = g.apply(new Affine(true), g.flatten(x), w, g.parameter(FEATURES));
    return g.reshape(below(2) == 0 ? g.tanh(y) : y, IMAGE);
  }

  /** The first channel of one value and the others of another. */
  private Value halves(Value a, Value b) {
    return g.apply(new Concat(0), g.apply(new Slice(0, 0, 1), a), g.apply(new Slice(0, 1, 2), b));
  }

  private Value mixed(Value x) {
    return below(2) == 0
        ? g.multiply(x, g.apply(new DropoutMask(0.3, "drop" + values.size()), x))
        : g.multiply(g.apply(new Softmax(), x), any());
  }

  /**
   * A graph of four to thirteen ops and the sum of some of their values.
   *
   * @param smooth without kinks: a rectifier's zeros tie in a pooling behind it
   */
  static RandomCase of(RandomStream random, boolean smooth, String context) {
    String name = context + (smooth ? "smooth" : "random") + " graph";
    GraphCase c = GraphCase.of(name, g -> new RandomGraph(g, new Draws(random), smooth).grow());
    return new RandomCase(c, WORK, smooth);
  }
}
