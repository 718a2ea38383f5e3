package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
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
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A step of training allocates nothing. On scalar kernels: vectors are boxed until C2 has run. */
class AllocationTest {
  @Test
  void aStepAllocatesNothing() {
    Model model =
        Model.of(
            Sequential.of(
                Conv2d.of(5, 3).padding(1),
                MaxPool2d.of(2),
                Activation.tanh(),
                Flatten.INSTANCE,
                Linear.of(7),
                Activation.relu(),
                Linear.of(3)),
            Shape.of(2, 6, 6));
    Model.Training training = model.training(Loss.crossEntropy());
    Parameters gradients = Parameters.zeros(model.parameters().layout());
    try (Workers team = new Workers(1)) {
      Plan plan =
          Planner.of(training.graph(), model.parameters())
              .outputs(training.loss())
              .gradients(training.gradients(), gradients, training.forwardValues())
              .batchSize(20)
              .plan(Engines.SCALAR.kernels(), team);
      run(plan, 20);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      run(plan, 100);
      long after = threads.getCurrentThreadAllocatedBytes();
      // Asking costs a few bytes once; an object a step would be 1,600 and more.
      assertThat(after - before).isLessThan(1_000);
    }
  }

  private static void run(Plan plan, int steps) {
    Seed seed = Seed.of(1);
    for (int step = 0; step < steps; step++) {
      plan.run(19, step, seed);
    }
  }
}
