package dev.vitrine.testkit;

import com.sun.management.ThreadMXBean;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.workload.Workload;
import dev.vitrine.workload.Workloads;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.IntConsumer;

/** A process that trains until nothing is allocated any more; says so, or how much still is. */
final class AllocationProbe {
  /** What it prints of a training that allocates nothing. */
  static final String NOTHING = "allocates nothing";

  private static final int WINDOW = 25;

  /** Windows without allocation, one after the other, that are to be seen. */
  private static final int CLEAN = 4;

  private static final int MOST_STEPS = 20_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationProbe() {}

  /**
   * Trains.
   *
   * @param args {@code scalar} or {@code simd}, the number of threads, and what: {@code layers} or
   *     workloads
   */
  public static void main(String... args) {
    Oracle.Engine engine = args[0].equals("simd") ? Engines.SIMD : Engines.SCALAR;
    try (Workers team = new Workers(Integer.parseInt(args[1]))) {
      Compute compute = new Compute(engine.kernels(), team);
      for (int i = 2; i < args.length; i++) {
        IntConsumer training =
            args[i].equals("layers") ? layers(compute) : session(args[i], compute);
        System.out.println(args[i] + " " + train(training));
      }
    }
  }

  /** Every kind of layer, by its plan. */
  private static IntConsumer layers(Compute compute) {
    Model model =
        Model.of(
            Sequential.of(
                Conv2d.of(5, 3).padding(1),
                BatchNorm2d.of(),
                LocalResponseNorm.of(3),
                LocalResponseNorm.of(3).beta(0.6),
                MaxPool2d.of(2),
                Activation.tanh(),
                Conv2d.of(9, 3).padding(1),
                Activation.elu(1),
                AvgPool2d.of(3),
                Flatten.of(),
                Dropout.of(0.3),
                Linear.of(7),
                Activation.relu(),
                Linear.of(3)),
            Shape.of(2, 6, 6));
    Model.Training training = model.training(Loss.crossEntropy());
    Parameters gradients = Parameters.zeros(model.parameters().layout());
    Plan plan =
        Planner.of(training.graph(), model.parameters())
            .outputs(training.loss())
            .gradients(training.gradients(), gradients, training.forwardValues())
            .batchSize(20)
            .plan(compute.kernels(), compute.workers());
    for (int i = 0; i < 19; i++) {
      plan.input(Model.TARGET, i, i % 3);
      plan.input(Model.INPUT, i, new float[2 * 6 * 6]);
    }
    Seed seed = Seed.of(1);
    return step -> plan.run(19, step, seed);
  }

  /** All of a step: images to floats, forward, backward, the optimiser, the loss read back. */
  private static IntConsumer session(String id, Compute compute) {
    Workload found = Workloads.find(id);
    Workload workload = new Workload(id, found.network(), found.recipe().batchSize(17));
    // Long epochs: the order of each is an array that is made anew for the next.
    TrainingSession session =
        new TrainingSession(workload.model(), workload.recipe(), workload.data(17 * 2000), compute);
    return step -> session.advance();
  }

  private static String train(IntConsumer training) {
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
    return clean == CLEAN
        ? "%s after %s steps".formatted(NOTHING, step - CLEAN * WINDOW)
        : String.format(
            Locale.ROOT, "allocates %,d bytes in %d steps after %d", bytes, WINDOW, step - WINDOW);
  }
}
