package dev.vitrine.train;

import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import java.util.List;
import java.util.Objects;

/**
 * Shards computed one after another in this process, by one plan that has room for the largest. A
 * member of a team computes some of them, {@link #compute(Batch, long, int, int, ShardTree)}, and
 * passes on what the tree then has.
 */
public final class ShardWork implements ShardSource {
  private final Shards shards;
  private final PlanGradients plan;
  private final List<BatchStatistic> statistics;
  private final float[] row;
  private final float[] outputs;

  private ShardWork(Model model, Recipe recipe, Compute compute) {
    shards = recipe.cut();
    plan = new PlanGradients(model, recipe, shards.largest(recipe.batchSize()), compute);
    statistics = BatchStatistic.of(model, plan.training());
    row = new float[model.output().elements()];
    outputs = new float[Math.multiplyExact(recipe.batchSize(), row.length)];
  }

  /**
   * Compiles the plan.
   *
   * @param model whose parameters are read
   * @param recipe loss, batch size, shards, and the seed of random ops
   * @param compute what it runs on; it stays the caller's
   * @return the source, with a plan of its own
   * @throws dev.vitrine.error.UserException if the loss does not fit the network
   */
  public static ShardWork of(Model model, Recipe recipe, Compute compute) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(compute, "compute");
    return new ShardWork(model, recipe, compute);
  }

  /** {@return the graph that it computes} */
  public Model.Training training() {
    return plan.training();
  }

  @Override
  public void compute(Batch batch, long step, ShardTree sums) {
    Objects.requireNonNull(batch, "batch");
    compute(batch, step, 0, shards.of(batch.size()), sums);
  }

  /**
   * Computes some shards of a batch.
   *
   * @param batch the examples
   * @param step its number, from 0, which random ops depend on
   * @param from the first of them
   * @param to the one after the last
   * @param sums begun for this batch
   */
  public void compute(Batch batch, long step, int from, int to, ShardTree sums) {
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(sums, "sums");
    int whole = batch.size();
    for (int shard = from; shard < to; shard++) {
      int first = shards.from(shard, whole);
      int count = shards.size(shard, whole);
      double loss = plan.compute(batch, first, count, step);
      readOutputs(first, count);
      addStatistics();
      sums.shard(shard, count / (double) whole, loss, plan.gradients());
    }
  }

  private void readOutputs(int first, int count) {
    for (int i = 0; i < count; i++) {
      plan.output(i, row);
      System.arraycopy(row, 0, outputs, (first + i) * row.length, row.length);
    }
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
  public void output(int example, float[] into) {
    Objects.requireNonNull(into, "into");
    System.arraycopy(outputs, example * row.length, into, 0, row.length);
  }

  @Override
  public void release() {
    plan.release();
  }

  /** {@return the bytes of the plan's activations, gradients and scratch memory} */
  public long planBytes() {
    return plan.planBytes();
  }
}
