package dev.vitrine.predict;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A place to compute at, for one thread at a time: a few plans with their activations, those used
 * last. Small batches have a plan of one block of lanes; larger ones go through a wider plan in
 * pieces. The answers are the same, because an example's numbers do not depend on its neighbours.
 */
final class Station implements AutoCloseable {
  /** Plans kept: two sizes of two outputs, say. */
  private static final int MOST_PLANS = 4;

  /** Floats that the activations of a wide plan should not need many times more of: 64 MB. */
  private static final long WIDE_FLOATS = 16L << 20;

  private static final int MOST_EXAMPLES = 256;

  /** Examples of which each is computed by itself; lanes of 16 would mostly be empty. */
  private static final int FEW = 8;

  private record Size(Value value, int examples) {}

  private final Kernels kernels;
  private final Workers workers = new Workers(1);
  private final Map<Size, Plan> plans = new LinkedHashMap<>(8, 0.75f, true);

  Station(Kernels kernels) {
    this.kernels = kernels;
  }

  /** Fills in the results of examples, given as the network's input. */
  void compute(LayerOutput output, float[][] inputs, float[][] results) {
    int wide = wide(output);
    for (int from = 0; from < inputs.length; ) {
      int left = inputs.length - from;
      Plan plan =
          plan(output, left <= FEW ? few(left) : left <= Kernels.LANES ? Kernels.LANES : wide);
      int count = Math.min(left, plan.batchSize());
      for (int i = 0; i < count; i++) {
        plan.input(Model.INPUT, i, inputs[from + i]);
      }
      plan.run(count);
      for (int i = 0; i < count; i++) {
        results[from + i] = plan.read(output.value(), i);
      }
      plan.release();
      from += count;
    }
  }

  /** The size of the plan for few examples: a power of two. */
  private static int few(int examples) {
    return examples < 2 ? 1 : 2 * Integer.highestOneBit(examples - 1);
  }

  private Plan plan(LayerOutput output, int examples) {
    Size size = new Size(output.value(), examples);
    Plan known = plans.get(size);
    if (known != null) {
      return known;
    }
    Planner planner =
        Planner.of(output.graph(), output.parameters().parameters())
            .outputs(output.value())
            .batchSize(examples);
    if (examples < Kernels.LANES) {
      planner.frozen(output.parameters());
    }
    Plan plan = planner.plan(kernels, workers);
    if (plans.size() == MOST_PLANS) {
      plans.remove(plans.keySet().iterator().next());
    }
    plans.put(size, plan);
    return plan;
  }

  /** Examples of a wide plan: fewer of a network with large activations. */
  private static int wide(LayerOutput output) {
    long largest =
        output.graph().values().stream()
            .filter(Value::perExample)
            .mapToLong(v -> v.shape().elements())
            .max()
            .orElse(1);
    long fitting = WIDE_FLOATS / (2 * largest) / Kernels.LANES * Kernels.LANES;
    return Math.clamp(fitting, Kernels.LANES, MOST_EXAMPLES);
  }

  @Override
  public void close() {
    workers.close();
  }
}
