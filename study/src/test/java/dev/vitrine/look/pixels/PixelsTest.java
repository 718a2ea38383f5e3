package dev.vitrine.look.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.inside.LayerProbe;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What is said of pixels, against double precision and against answers that are known. */
class PixelsTest {
  private static final int SIDE = 9;
  private static final int PIXELS = SIDE * SIDE;

  private final Model deep =
      Model.of(
          Sequential.of(
              Conv2d.of(3, 3),
              BatchNorm2d.of(),
              Activation.tanh(),
              MaxPool2d.of(2),
              Conv2d.of(4, 2),
              Activation.relu(),
              Flatten.of(),
              Linear.of(3)),
          Shape.of(1, SIDE, SIDE),
          Initializer.kaimingNormal(),
          Seed.of(5));

  private static float[] example(int number) {
    float[] example = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      example[i] = (float) Math.abs(Math.sin(number + 1.7 * i));
    }
    return example;
  }

  /** The plan's gradient beside the interpreter's, for more examples than a block of lanes. */
  @Test
  void theGradientInDoublePrecision() {
    float[][] examples = new float[19][];
    for (int i = 0; i < examples.length; i++) {
      examples[i] = example(i);
    }
    UnitGradient.Result result;
    try (Compute compute = Compute.of(2)) {
      UnitGradient scores = UnitGradient.ofScores(deep, compute);
      result = scores.of(scores.unit(2), examples);
    }
    Model.Network network = deep.inference();
    Graph graph = network.graph();
    Value picked = graph.constant(Shape.of(3), 0, 0, 1);
    Value score = graph.sum(graph.multiply(network.output(), picked), 0);
    Value x =
        graph.values().stream().filter(v -> v.op() instanceof Leaf.Input).findFirst().orElseThrow();
    Gradient gradient = Gradient.of(graph, graph.batchSum(score), List.of(x));
    Interpreter interpreter = new Interpreter(examples.length);
    deep.specs()
        .forEach(
            spec -> interpreter.parameter(spec.name(), wide(deep.parameters().get(spec.name()))));
    double[][] inputs = new double[examples.length][];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = wide(examples[i]);
    }
    Interpreter.Values values = interpreter.input(Model.INPUT, inputs).run(gradient.graph());
    for (int i = 0; i < examples.length; i++) {
      assertThat(result.values()[i]).isCloseTo(values.of(score, i)[0], within(1e-5));
      assertThat(wide(result.gradients()[i]))
          .containsExactly(values.of(gradient.of().get(x), i), within(1e-5));
    }
  }

  /** Requests have threads of their own, and an earlier one's may be there still. */
  @Test
  void oneThreadAfterAnotherMayAsk() throws Exception {
    float[][] examples = {example(1)};
    try (Compute compute = Compute.of(1);
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      UnitGradient scores = UnitGradient.ofScores(deep, compute);
      float[] first = other.submit(() -> scores.of(scores.unit(0), examples)).get().gradients()[0];
      assertThat(scores.of(scores.unit(0), examples).gradients()[0]).isEqualTo(first);
      LayerProbe probe = LayerProbe.of(deep, Optional.empty(), 1, compute);
      assertThat(other.submit(() -> catchThrowable(() -> probe.read(_ -> 1))).get())
          .as("no example was given")
          .isNotNull();
      assertThat(probe.read(plan -> give(plan, examples[0])).layers()).isNotEmpty();
    }
  }

  private static int give(Plan plan, float[] example) {
    plan.input(Model.INPUT, 0, example);
    return 1;
  }

  private static double[] wide(float... values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  @Test
  void integratedGradientsAreComplete() {
    try (Compute compute = Compute.of(1)) {
      UnitGradient scores = UnitGradient.ofScores(deep, compute);
      for (int i = 0; i < 5; i++) {
        Attribution it = Attribution.of(scores, 1, example(i), new float[PIXELS]);
        double difference = it.score() - it.baseline();
        assertThat(it.sum())
            .isCloseTo(difference, within(Attribution.COMPLETE * Math.abs(difference)));
      }
    }
  }

  /** score = Σ w·x + b: everything is known. */
  @Test
  void aLinearNetwork() {
    Model linear =
        Model.of(
            Sequential.of(Flatten.of(), Linear.of(2)),
            Shape.of(1, SIDE, SIDE),
            Initializer.kaimingNormal(),
            Seed.of(5));
    float[] all = linear.parameters().get("linear1.weight");
    float[] w = java.util.Arrays.copyOfRange(all, PIXELS, 2 * PIXELS);
    float[] x = example(1);
    try (Compute compute = Compute.of(1)) {
      UnitGradient scores = UnitGradient.ofScores(linear, compute);
      Attribution it = Attribution.of(scores, 1, x, new float[PIXELS]);
      assertThat(it.points()).isEqualTo(32);
      for (int i = 0; i < PIXELS; i++) {
        assertThat(it.gradient()[i]).isEqualTo(w[i]);
        assertThat(it.integrated()[i]).isCloseTo((double) w[i] * x[i], within(1e-6));
      }
      Occlusion covered = Occlusion.of(scores, 1, x, new float[PIXELS]);
      assertThat(covered.side()).isEqualTo(1);
      for (int i = 0; i < PIXELS; i++) {
        assertThat(covered.falls()[i]).isCloseTo((double) w[i] * x[i], within(1e-5));
      }
      float[] white = new float[PIXELS];
      java.util.Arrays.fill(white, 1);
      UnitGradient layer = UnitGradient.ofLayer(linear, "linear1", compute);
      Maximisation most = Maximisation.of(layer, 1, new float[PIXELS], white);
      assertThat(most.after()).isGreaterThan(most.before());
      double best = linear.parameters().get("linear1.bias")[1];
      for (float weight : w) {
        best += Math.max(weight, 0);
      }
      assertThat(most.after()).isBetween(most.before() + 0.7 * (best - most.before()), best);
      Maximisation again = Maximisation.of(layer, 1, new float[PIXELS], white);
      assertThat(again.numbers()).isEqualTo(most.numbers());
    }
  }

  /** A channel is climbed as the mean over its places. */
  @Test
  void aChannelOfALayer() {
    try (Compute compute = Compute.of(1)) {
      UnitGradient conv = UnitGradient.ofLayer(deep, "conv2", compute);
      float[] weights = conv.unit(3);
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        int plane = weights.length / 4;
        assertThat(weights[i]).isEqualTo(i / plane == 3 ? 1f / plane : 0);
        sum += weights[i];
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }
}
