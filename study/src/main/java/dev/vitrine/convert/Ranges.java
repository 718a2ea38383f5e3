package dev.vitrine.convert;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The smallest and the largest number that values of a network have on some examples. */
final class Ranges {
  private static final int BATCH = 64;

  /** What was seen of a value. */
  record Range(float least, float most) {
    Range with(float[] numbers) {
      float low = least;
      float high = most;
      for (float number : numbers) {
        low = Math.min(low, number);
        high = Math.max(high, number);
      }
      return new Range(low, high);
    }

    boolean isFinite() {
      return Float.isFinite(least) && Float.isFinite(most);
    }
  }

  private Ranges() {}

  /**
   * Runs examples, in their order; 0 is in every range.
   *
   * @throws UserException if the data do not fit the network, or it makes numbers that are none
   */
  static Map<Value, Range> of(
      Model.Network network,
      Parameters parameters,
      Collection<Value> values,
      Shape input,
      Dataset examples,
      Normalisation normalisation,
      Compute compute) {
    if (examples.shape().elements() != input.elements()) {
      throw new UserException(
          "%s has examples of %s, but the network expects %s"
              .formatted(examples.name(), examples.shape(), input));
    }
    Plan plan =
        Planner.of(network.graph(), parameters)
            .outputs(values.toArray(Value[]::new))
            .batchSize(Math.min(BATCH, examples.size()))
            .plan(compute.kernels(), compute.workers());
    Map<Value, Range> ranges = new HashMap<>();
    float[] numbers = new float[input.elements()];
    for (int from = 0; from < examples.size(); from += plan.batchSize()) {
      int count = Math.min(plan.batchSize(), examples.size() - from);
      for (int i = 0; i < count; i++) {
        examples.read(from + i, numbers);
        normalisation.apply(numbers, input);
        plan.input(Model.INPUT, i, numbers);
      }
      plan.run(count);
      for (Value value : values) {
        Range range = ranges.getOrDefault(value, new Range(0, 0));
        for (int i = 0; i < count; i++) {
          range = range.with(plan.read(value, i));
        }
        ranges.put(value, range);
      }
    }
    plan.release();
    ranges.forEach((value, range) -> {
      if (!range.isFinite()) {
        throw new UserException(
            "What the network makes of %s before its layer %s is not finite: its numbers, or the data, are damaged"
                .formatted(examples.name(), value.scope()));
      }
    });
    return ranges;
  }
}
