package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Concat;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.DropoutMask;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Graphs drawn at random, for what no list foresees: buffers that take turns in memory, values read
 * by many, steps in place, fusion beside other readers, shared values among those of examples.
 */
class RandomGraphTest {
  private static final Seed SEED = Seed.of(31);
  private static final int ROUNDS = 100;
  private static final Shape IMAGE = Shape.of(3, 4, 5);
  private static final int FEATURES = 60;
  private static final List<Unary> FUNCTIONS =
      List.of(
          new Unary.Tanh(),
          new Unary.Sigmoid(),
          new Unary.Softplus(),
          new Unary.Negate(),
          new Unary.Scale(0.7),
          new Unary.Shift(0.2),
          new Unary.Relu(),
          new Unary.LeakyRelu(0.1),
          new Unary.Elu(1));

  /** How many of the functions, from the front, have no kink. */
  private static final int SMOOTH = 6;

  /** Grows one graph whose values all have the image's shape. */
  private static final class Growth {
    private final CaseBuilder g;
    private final RandomStream random;
    private final boolean smooth;
    private final List<Value> values = new ArrayList<>();
    private long draws;

    Growth(CaseBuilder g, RandomStream random, boolean smooth) {
      this.g = g;
      this.random = random;
      this.smooth = smooth;
      values.add(g.input(IMAGE.sizes()));
      values.add(g.parameter(IMAGE.sizes()));
      values.add(g.input(IMAGE.sizes()));
    }

    int below(int bound) {
      return random.below(draws++, bound);
    }

    Value any() {
      return values.get(below(values.size()));
    }

    Value grow() {
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
  }

  /** Without kinks if {@code smooth}: a rectifier's zeros tie in a pooling behind it. */
  private static GraphCase graph(int round, boolean smooth) {
    return GraphCase.of(
        "random graph, seed %s, round %d".formatted(SEED, round),
        g -> new Growth(g, SEED.stream("graph", round), smooth).grow());
  }

  @Test
  void gradientsAgreeWithDifferences() {
    for (int round = 0; round < ROUNDS / 10; round++) {
      assertThat(GradientCheck.check(graph(round, true), SEED)).isPositive();
    }
  }

  @Test
  void plansAgreeWithTheInterpreter() {
    Oracle.Engine three = new Oracle.Engine(Engines.SIMD.kernels(), 3);
    try (Oracle oracle = new Oracle(List.of(Engines.SCALAR, three))) {
      for (int round = 0; round < ROUNDS; round++) {
        Oracle.Size size = new Oracle.Size(19, 1 + round % 19);
        assertThat(oracle.check(graph(round, false), SEED, size)).isPositive();
      }
    }
  }
}
