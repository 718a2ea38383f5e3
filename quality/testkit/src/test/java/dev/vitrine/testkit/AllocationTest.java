package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.vitrine.lab.Workload;
import dev.vitrine.lab.Workloads;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Compute;
import dev.vitrine.train.TrainingSession;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A step of training allocates nothing, on any of its threads. Vectors are boxed until C2 has
 * compiled the loops around them, at a moment of its own choosing; so steps are run until {@value
 * #CLEAN} windows in a row have allocated nothing in the whole JVM. Code that allocates at every
 * step never gets there.
 */
class AllocationTest {
  private static final int WINDOW = 25;
  private static final int CLEAN = 4;
  private static final int MOST_STEPS = 20_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Oracle.Engine> engines() {
    return Stream.of(Engines.SCALAR, Engines.SIMD, new Oracle.Engine(Engines.SIMD.kernels(), 2));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aStepOfAPlanAllocatesNothing(Oracle.Engine engine) {
    Model model =
        Model.of(
            Sequential.of(
                Conv2d.of(5, 3).padding(1),
                MaxPool2d.of(2),
                Activation.tanh(),
                Conv2d.of(9, 3).padding(1),
                Activation.elu(1),
                AvgPool2d.of(3),
                Flatten.INSTANCE,
                Dropout.of(0.3),
                Linear.of(7),
                Activation.relu(),
                Linear.of(3)),
            Shape.of(2, 6, 6));
    Model.Training training = model.training(Loss.crossEntropy());
    Parameters gradients = Parameters.zeros(model.parameters().layout());
    try (Workers team = new Workers(engine.threads())) {
      Plan plan =
          Planner.of(training.graph(), model.parameters())
              .outputs(training.loss())
              .gradients(training.gradients(), gradients, training.forwardValues())
              .batchSize(20)
              .plan(engine.kernels(), team);
      Seed seed = Seed.of(1);
      requireCleanWindows(step -> plan.run(19, step, seed));
    }
  }

  /** All of a step: images to floats, forward, backward, the optimiser, the loss read back. */
  @ParameterizedTest
  @ValueSource(strings = {"W1", "W3", "W5"})
  void aStepOfASessionAllocatesNothing(String id) {
    Workload found = Workloads.find(id);
    Workload workload = new Workload(id, found.network(), found.recipe().batchSize(17));
    try (Compute compute = new Compute(Engines.SIMD.kernels(), new Workers(2))) {
      // One epoch: its order is an array that is made anew for the next.
      TrainingSession session =
          new TrainingSession(
              workload.model(), workload.recipe(), workload.data(17 * MOST_STEPS / 10), compute);
      requireCleanWindows(step -> session.advance());
    }
  }

  private static void requireCleanWindows(IntConsumer training) {
    int clean = 0;
    long bytes = 0;
    int step = 0;
    while (clean < CLEAN && step < MOST_STEPS) {
      long before = THREADS.getTotalThreadAllocatedBytes();
      for (int i = 0; i < WINDOW; i++) {
        training.accept(step++);
      }
      bytes = THREADS.getTotalThreadAllocatedBytes() - before;
      clean = bytes == 0 ? clean + 1 : 0;
    }
    if (Boolean.getBoolean("vitrine.show")) {
      System.out.printf("%d steps%n", step);
    }
    assertThat(clean)
        .as(
            "windows of %d steps without allocation; the last of %d steps: %,d bytes",
            WINDOW, step, bytes)
        .isEqualTo(CLEAN);
  }
}
