package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.EpochOrder;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.workload.Workload;
import dev.vitrine.workload.Workloads;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The workloads' first {@value #STEPS} steps in single precision, as a user trains them, against
 * the same in double: the interpreter on the training graph, and optimisers written out again from
 * their formulas. Every loss agrees to 10⁻⁴ of itself.
 *
 * <p>Batches are small, because the interpreter is slow; networks, optimisers and rates are the
 * workloads' own.
 */
class LossCurveTest {
  private static final int STEPS = 20;
  private static final double TOLERANCE = 1e-4;

  /** Not W6, which is too large for the interpreter. */
  private static final Map<String, Integer> BATCH =
      Map.of("W1", 64, "W2", 17, "W3", 5, "W4", 3, "W5", 9);

  static Stream<Workload> workloads() {
    return Workloads.ALL.stream()
        .filter(w -> BATCH.containsKey(w.id()))
        .map(w -> new Workload(w.id(), w.network(), w.recipe().batchSize(BATCH.get(w.id()))));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void lossesAgreeWithTheInterpreter(Workload workload) {
    Dataset data = workload.data();
    Doubles reference = new Doubles(workload, data);
    double first = 0;
    double last = 0;
    try (Compute compute = new Compute(Engines.SIMD.kernels(), new Workers(2))) {
      TrainingSession session =
          new TrainingSession(workload.model(), workload.recipe(), data, compute);
      for (int step = 0; step < STEPS; step++) {
        double expected = reference.advance(step);
        double got = session.advance();
        if (Boolean.getBoolean("vitrine.show")) {
          System.out.printf(
              Locale.ROOT, "%s %d %.6f %.2e%n", workload.id(), step, expected, got / expected - 1);
        }
        assertThat(got)
            .as("loss of %s at step %d", workload, step)
            .isCloseTo(expected, Offset.offset(TOLERANCE * expected));
        first = step == 0 ? got : first;
        last = got;
      }
    }
    assertThat(last).as("that %s learns", workload).isLessThan(first);
  }

  /** A training in double precision. */
  private static final class Doubles {
    private final Workload workload;
    private final Dataset data;
    private final int[] order;
    private final float[] pixels;
    private final Model.Training training;
    private final Map<String, double[]> parameters = new LinkedHashMap<>();
    private final Map<String, double[]> first = new LinkedHashMap<>();
    private final Map<String, double[]> second = new LinkedHashMap<>();

    Doubles(Workload workload, Dataset data) {
      this.workload = workload;
      this.data = data;
      order = EpochOrder.of(data.size(), workload.recipe().seed(), 0);
      pixels = workload.recipe().normalisation().table(workload.network().input());
      Model model = workload.model();
      training = model.training(workload.recipe().loss());
      model
          .specs()
          .forEach(spec -> {
            float[] start = model.parameters().get(spec.name());
            double[] values = new double[start.length];
            for (int i = 0; i < start.length; i++) {
              values[i] = start[i];
            }
            parameters.put(spec.name(), values);
            first.put(spec.name(), new double[start.length]);
            second.put(spec.name(), new double[start.length]);
          });
    }

    /** Does a step; returns the loss before it. */
    double advance(int step) {
      int n = workload.recipe().batchSize();
      double[][] images = new double[n][data.shape().elements()];
      double[][] labels = new double[n][1];
      for (int i = 0; i < n; i++) {
        int example = order[step * n + i];
        for (int e = 0; e < images[i].length; e++) {
          images[i][e] = pixels[data.pixels()[data.offset(example) + e] & 0xFF];
        }
        labels[i][0] = data.label(example);
      }
      Interpreter interpreter = new Interpreter(n, step, workload.recipe().seed());
      interpreter.input(Model.INPUT, images).input(Model.TARGET, labels);
      parameters.forEach(interpreter::parameter);
      Interpreter.Values values = interpreter.run(training.graph());
      double loss = values.number(training.loss());
      training.gradients().forEach((name, gradient) -> update(name, values, gradient, step));
      return loss;
    }

    private void update(String name, Interpreter.Values values, Value gradient, int step) {
      double[] w = parameters.get(name);
      double[] g = values.of(gradient);
      Optimizer rule = workload.recipe().optimizer();
      switch (rule) {
        case Sgd sgd -> descend(sgd, w, g, first.get(name));
        case Adam adam -> adapt(adam, w, g, first.get(name), second.get(name), step + 1);
        default -> throw new IllegalArgumentException("No reference for " + rule);
      }
    }

    private static void descend(Sgd rule, double[] w, double[] g, double[] v) {
      for (int i = 0; i < w.length; i++) {
        v[i] = rule.momentum() * v[i] + g[i] + rule.weightDecay() * w[i];
        w[i] -= rule.learningRate() * v[i];
      }
    }

    private static void adapt(Adam rule, double[] w, double[] g, double[] m, double[] v, int t) {
      for (int i = 0; i < w.length; i++) {
        m[i] = rule.beta1() * m[i] + (1 - rule.beta1()) * g[i];
        v[i] = rule.beta2() * v[i] + (1 - rule.beta2()) * g[i] * g[i];
        double mean = m[i] / (1 - Math.pow(rule.beta1(), t));
        double square = v[i] / (1 - Math.pow(rule.beta2(), t));
        w[i] -= rule.learningRate() * mean / (Math.sqrt(square) + rule.epsilon());
      }
    }
  }
}
