package dev.vitrine.train;

import dev.vitrine.data.Dataset;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import java.util.Objects;

/**
 * Measures any network's mean loss on a dataset. Keeps its plan, so that it can be asked again and
 * again.
 */
public final class LossEvaluator {
  private static final int BATCH = 256;

  private final Dataset data;
  private final Plan plan;
  private final Value loss;
  private final TargetFeed targets;
  private final ExampleFeed examples;

  /**
   * An evaluator of a model, whose parameters are read anew at each {@link #meanLoss}.
   *
   * @param model what is evaluated
   * @param loss what the mean is of
   * @param data with the targets that the loss wants
   * @param normalisation how pixels become numbers
   * @param compute what it runs on; it stays the caller's
   * @throws dev.vitrine.error.UserException if the data do not have what the loss wants, or it is
   *     no loss
   */
  public LossEvaluator(
      Model model, Loss loss, Dataset data, Normalisation normalisation, Compute compute) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(normalisation, "normalisation");
    Objects.requireNonNull(compute, "compute");
    this.data = data;
    examples = new ExampleFeed(data, normalisation, model.input());
    Model.Network network = model.inference();
    targets = TargetFeed.of(data, loss.target(), model, network.output().shape());
    this.loss = network.loss(loss);
    plan =
        Planner.of(network.graph(), model.parameters())
            .outputs(this.loss)
            .batchSize(Math.min(BATCH, data.size()))
            .plan(compute.kernels(), compute.workers());
  }

  /**
   * {@return the mean of all examples' losses, added up in double precision, one after the other}
   *
   * @throws DivergedException if it is not a finite number
   */
  public double meanLoss() {
    float[] one = new float[1];
    double sum = 0;
    for (int from = 0; from < data.size(); from += plan.batchSize()) {
      int count = Math.min(plan.batchSize(), data.size() - from);
      examples.at(null, from);
      examples.feed(plan, Model.INPUT, count);
      targets.feed(plan, examples, count);
      plan.run(count);
      for (int i = 0; i < count; i++) {
        plan.read(loss, i, one);
        sum += one[0];
      }
    }
    if (!Double.isFinite(sum)) {
      throw new DivergedException(
          "The network's loss on data set %s is not finite".formatted(data.name()), null);
    }
    plan.release();
    return sum / data.size();
  }
}
