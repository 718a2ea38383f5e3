package dev.vitrine.train;

import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;

/** Gradients of even batches as the mean of two halves', each from a run of its own. */
final class Halves implements GradientSource {
  private final Model model;
  private final Model.Training training;
  private final Parameters half;
  private final Parameters sum;
  private final Plan[] plans = new Plan[2];
  private final Seed seed;
  private int count;

  Halves(Model model, Recipe recipe, Compute compute) {
    this.model = model;
    training = model.training(recipe.loss());
    half = Parameters.zeros(model.parameters().layout());
    sum = Parameters.zeros(model.parameters().layout());
    for (int h = 0; h < 2; h++) {
      plans[h] =
          Planner.of(training.graph(), model.parameters())
              .outputs(training.output(), training.loss())
              .gradients(training.gradients(), half, training.forwardValues())
              .batchSize(recipe.batchSize() / 2)
              .plan(compute.kernels(), compute.workers());
    }
    seed = recipe.seed();
  }

  @Override
  public Model model() {
    return model;
  }

  @Override
  public Model.Training training() {
    return training;
  }

  @Override
  public double compute(Batch batch, long step) {
    count = batch.size() / 2;
    double loss = 0;
    java.util.Arrays.fill(sum.values(), 0);
    for (int h = 0; h < 2; h++) {
      batch.feed(plans[h], h * count, count);
      plans[h].run(count, step, seed);
      loss += plans[h].number(training.loss()) / 2;
      for (int i = 0; i < sum.values().length; i++) {
        sum.values()[i] += half.values()[i] / 2;
      }
    }
    return loss;
  }

  @Override
  public Parameters gradients() {
    return sum;
  }

  @Override
  public void output(int example, float[] into) {
    plans[example / count].read(training.output(), example % count, into);
  }

  @Override
  public void release() {
    plans[0].release();
    plans[1].release();
  }

  @Override
  public void statistic(Value value, float[] into) {
    throw new UnsupportedOperationException("No batch normalisation here");
  }
}
