package dev.vitrine.train;

import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.tensor.Parameters;
import java.util.List;

/**
 * A shard that is learned from in steps of its own: each begins with the step's numbers, whatever
 * another shard came to, on a copy of the network, and goes through its examples in their order.
 */
final class LocalShard implements ShardWork.Part {
  private final Shards steps;
  private final Model copy;
  private final PlanGradients plan;
  private final ParameterUpdate update;
  private final BufferUpdate averages;
  private final List<Parameters> memory;
  private final Means means;
  private final Parameters sum;

  LocalShard(Model model, Recipe recipe, Compute compute) {
    steps = new Shards(recipe.localSteps().orElseThrow());
    copy = new Model(model.network(), model.input(), model.specs(), model.parameters().copy());
    plan = new PlanGradients(copy, recipe, recipe.atOnce(), compute);
    update = new ParameterUpdate(copy, recipe, compute.workers());
    averages = new BufferUpdate(plan);
    memory = List.copyOf(update.state().values());
    means = new Means(model);
    sum = Parameters.zeros(ShardWork.layout(model, recipe));
  }

  @Override
  public Model.Training training() {
    return plan.training();
  }

  @Override
  public double compute(ShardStep step, int first, int count, OutputRows outputs) {
    begin(step.numbers());
    double loss = 0;
    int parts = steps.of(count);
    for (int part = 0; part < parts; part++) {
      int from = first + steps.from(part, count);
      int size = steps.size(part, count);
      double its = plan.compute(step.batch(), from, size, step.number());
      outputs.take(plan, from, size);
      update.apply(plan.gradients(), step.rate(), step.number() * steps.count() + part);
      averages.apply(size);
      loss += its * (size / (double) count);
    }
    end(step.numbers());
    return loss;
  }

  private void begin(Parameters numbers) {
    int size = copy.parameters().values().length;
    System.arraycopy(numbers.values(), 0, copy.parameters().values(), 0, size);
    for (int m = 0; m < memory.size(); m++) {
      System.arraycopy(numbers.values(), (m + 1) * size, memory.get(m).values(), 0, size);
    }
  }

  private void end(Parameters numbers) {
    int size = copy.parameters().values().length;
    means.moved(copy.parameters().values(), numbers.values(), sum.values());
    for (int m = 0; m < memory.size(); m++) {
      System.arraycopy(memory.get(m).values(), 0, sum.values(), (m + 1) * size, size);
    }
  }

  @Override
  public Parameters sum() {
    return sum;
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
