package dev.vitrine.train;

import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.tensor.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Gradients of batches as the sum of their shards', each weighted by its share of the examples:
 * those of the batch's mean loss. Statistics of a batch are in the same way the means of the
 * shards' own.
 */
public final class ShardedGradients implements GradientSource {
  private final Model model;
  private final Model.Training training;
  private final Shards shards;
  private final ShardSource source;
  private final ShardTree tree;
  private final List<BatchStatistic> statistics;
  private Parameters gradients;

  /**
   * Gradients of shards that somebody computes.
   *
   * @param model whose parameters are read
   * @param recipe how a batch is cut
   * @param source who computes the shards, for the model's parameters
   * @param compute who adds them up; it stays the caller's
   */
  public ShardedGradients(Model model, Recipe recipe, ShardSource source, Compute compute) {
    this.model = Objects.requireNonNull(model, "model");
    this.source = Objects.requireNonNull(source, "source");
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(compute, "compute");
    shards = recipe.cut();
    training = source instanceof ShardWork here ? here.training() : model.training(recipe.loss());
    statistics = BatchStatistic.of(model, training);
    tree = new ShardTree(model.parameters().layout(), compute.workers());
    gradients = Parameters.zeros(model.parameters().layout());
  }

  /**
   * {@return gradients of shards that are computed here}
   *
   * @param model whose parameters are read
   * @param recipe loss, batch size, shards, and the seed of random ops
   * @param compute what it runs on; it stays the caller's
   * @throws dev.vitrine.error.UserException if the loss does not fit the network
   */
  public static ShardedGradients of(Model model, Recipe recipe, Compute compute) {
    return new ShardedGradients(model, recipe, ShardWork.of(model, recipe, compute), compute);
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
    Objects.requireNonNull(batch, "batch");
    tree.begin(shards.of(batch.size()));
    source.compute(new ShardStep(batch, step, 0, model.parameters()), tree);
    ShardSum all = tree.root();
    gradients = all.values();
    takeStatistics();
    return all.loss();
  }

  /** Out of the gradients, where they stood. */
  private void takeStatistics() {
    float[] sums = gradients.values();
    for (int s = 0; s < statistics.size(); s++) {
      float[] into = statistics.get(s).newest();
      int from = statistics.get(s).average().offset();
      System.arraycopy(sums, from, into, 0, into.length);
      Arrays.fill(sums, from, from + into.length, 0);
    }
  }

  @Override
  public Parameters gradients() {
    return gradients;
  }

  @Override
  public void output(int example, float[] into) {
    source.output(example, into);
  }

  @Override
  public void statistic(Value value, float[] into) {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(into, "into");
    for (int s = 0; s < statistics.size(); s++) {
      if (statistics.get(s).value().equals(value)) {
        float[] newest = statistics.get(s).newest();
        System.arraycopy(newest, 0, into, 0, newest.length);
        return;
      }
    }
    throw new IllegalArgumentException(value + " is no statistic of the batch");
  }

  @Override
  public void release() {
    source.release();
  }
}
