package dev.vitrine.train;

import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.tensor.Parameters;
import java.util.List;

/** The gradient of a shard, at the model's parameters. */
final class ShardGradient implements ShardWork.Part {
  private final PlanGradients plan;
  private final List<BatchStatistic> statistics;

  ShardGradient(Model model, Recipe recipe, Compute compute) {
    plan = new PlanGradients(model, recipe, recipe.atOnce(), compute);
    statistics = BatchStatistic.of(model, plan.training());
  }

  @Override
  public Model.Training training() {
    return plan.training();
  }

  @Override
  public double compute(ShardStep step, int first, int count, OutputRows outputs) {
    double loss = plan.compute(step.batch(), first, count, step.number());
    outputs.take(plan, first, count);
    addStatistics();
    return loss;
  }

  /** Into the gradients, where averages have none. */
  private void addStatistics() {
    float[] gradients = plan.gradients().values();
    for (int s = 0; s < statistics.size(); s++) {
      BatchStatistic of = statistics.get(s);
      plan.statistic(of.value(), of.newest());
      System.arraycopy(of.newest(), 0, gradients, of.average().offset(), of.newest().length);
    }
  }

  @Override
  public Parameters sum() {
    return plan.gradients();
  }

  @Override
  public void release() {
    plan.release();
  }

  @Override
  public long planBytes() {
    return plan.planBytes();
  }
}
