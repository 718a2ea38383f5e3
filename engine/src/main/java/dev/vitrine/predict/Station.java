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
 * A place to compute at, for one call at a time: a few plans with their activations, those used
 * last. Few examples, and those of networks with large activations, are each computed by
 * themselves; many of a small network go through a plan of whole blocks of lanes in pieces. The
 * answers are the same, because an example's numbers do not depend on its neighbours.
 */
final class Station {
  /** Plans kept: two sizes of two outputs, say. */
  private static final int MOST_PLANS = 4;

  /** Floats that the activations of a wide plan should not need many times more of: 64 MB. */
  private static final long WIDE_FLOATS = 16L << 20;

  private static final int MOST_EXAMPLES = 256;

  /** Examples that are computed by themselves at once; blocks of lanes would mostly be empty. */
  private static final int FEW = 8;

  /** The same of networks with a value of more elements, 16 of which leave a core's own caches. */
  private static final int FEW_LARGE = 16;

  private static final int LARGE = 1 << 14;

  private record Size(Value value, int examples, boolean few) {}

  private final Kernels kernels;
  private final Workers workers;
  private final Map<Size, Plan> plans = new LinkedHashMap<>(8, 0.75f, true);

  /**
   * A station without plans.
   *
   * @param workers what it computes on, the thread that asks among them
   */
  Station(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
  }

  /** Fills in the results of examples, given as the network's input. */
  void compute(LayerOutput output, float[][] inputs, float[][] results) {
    for (int from = 0; from < inputs.length; ) {
      Plan plan = plan(output, size(output, inputs.length - from));
      int count = Math.min(inputs.length - from, plan.batchSize());
      try {
        plan.input(Model.INPUT, count, inputs, from);
        plan.run(count);
        for (int i = 0; i < count; i++) {
          results[from + i] = plan.read(output.value(), i);
        }
      } finally {
        plan.release();
      }
      from += count;
    }
  }

  private static Size size(LayerOutput output, int left) {
    long fitting = Math.max(1, WIDE_FLOATS / (2 * output.largest()));
    boolean large = output.largest() > LARGE;
    if (large || left <= FEW) {
      long most = large ? Math.min(fitting, FEW_LARGE) : FEW;
      int examples = left < 2 ? 1 : 2 * Integer.highestOneBit(left - 1);
      return new Size(output.value(), (int) Math.min(examples, most), true);
    }
    int wide = Math.clamp(fitting / Kernels.LANES * Kernels.LANES, Kernels.LANES, MOST_EXAMPLES);
    return new Size(output.value(), left <= Kernels.LANES ? Kernels.LANES : wide, false);
  }

  /** How so many examples are computed, or as many of them as are at once. */
  static Planner planner(LayerOutput output, int examples) {
    return planner(output, size(output, examples));
  }

  private static Planner planner(LayerOutput output, Size size) {
    Planner planner =
        Planner.of(output.graph(), output.parameters())
            .outputs(output.value())
            .batchSize(size.examples);
    return size.few ? planner.frozen(output.parameters()) : planner;
  }

  private Plan plan(LayerOutput output, Size size) {
    Plan known = plans.get(size);
    if (known != null) {
      return known;
    }
    Plan plan = planner(output, size).plan(kernels, workers);
    if (plans.size() == MOST_PLANS) {
      plans.remove(plans.keySet().iterator().next());
    }
    plans.put(size, plan);
    return plan;
  }
}
