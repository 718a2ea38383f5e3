package dev.vitrine.train;

import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Shards computed one after another in this process, by one plan that has room for the largest. A
 * member of a team computes some of them, {@link #compute(ShardStep, int, int, ShardTree)}, and
 * passes on what the tree then has.
 */
public final class ShardWork implements ShardSource {
  /** A shard's part of a step. */
  interface Part {
    /** The graph that it computes. */
    Model.Training training();

    /** Computes a stretch of the batch; the mean loss of its examples. */
    double compute(ShardStep step, int first, int count, OutputRows outputs);

    /** What goes into the tree of it. */
    Parameters sum();

    void release();

    long planBytes();
  }

  private final Shards shards;
  private final Part part;
  private final OutputRows outputs;
  private final Parameters numbers;

  private ShardWork(Model model, Recipe recipe, Compute compute) {
    shards = recipe.cut();
    part =
        recipe.localSteps().isPresent()
            ? new LocalShard(model, recipe, compute)
            : new ShardGradient(model, recipe, compute);
    outputs = new OutputRows(recipe.batchSize(), model.output().elements());
    Layout layout = layout(model, recipe);
    numbers = recipe.localSteps().isPresent() ? Parameters.zeros(layout) : model.parameters();
  }

  /**
   * {@return how the numbers lie that a step begins with, and those that its shards add up to: as
   * the parameters; with local steps the optimiser's memory comes after them, each array as {@code
   * optimizer.<name>.<parameter>}}
   *
   * @param model the network
   * @param recipe its optimiser, and whether steps are local
   */
  public static Layout layout(Model model, Recipe recipe) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(recipe, "recipe");
    Layout own = model.parameters().layout();
    if (recipe.localSteps().isEmpty()) {
      return own;
    }
    Map<String, Shape> shapes = new LinkedHashMap<>();
    own.entries().forEach(entry -> shapes.put(entry.name(), entry.shape()));
    for (String memory : recipe.optimizer().state()) {
      own.entries()
          .forEach(entry ->
              shapes.put("optimizer.%s.%s".formatted(memory, entry.name()), entry.shape()));
    }
    return Layout.of(shapes);
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
    return part.training();
  }

  /**
   * {@return where a member puts the numbers that it is sent for a step: the model's parameters, or
   * with local steps an array of its own}
   */
  public Parameters numbers() {
    return numbers;
  }

  @Override
  public void compute(ShardStep step, ShardTree sums) {
    Objects.requireNonNull(step, "step");
    compute(step, 0, shards.of(step.batch().size()), sums);
  }

  /**
   * Computes some shards of a step.
   *
   * @param step what they are computed from; without local steps its numbers are the model's own
   *     parameters
   * @param from the first of them
   * @param to the one after the last
   * @param sums begun for this batch
   */
  public void compute(ShardStep step, int from, int to, ShardTree sums) {
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(sums, "sums");
    int whole = step.batch().size();
    for (int shard = from; shard < to; shard++) {
      int first = shards.from(shard, whole);
      int count = shards.size(shard, whole);
      double loss = part.compute(step, first, count, outputs);
      sums.shard(shard, count / (double) whole, loss, part.sum());
    }
  }

  @Override
  public void output(int example, float[] into) {
    Objects.requireNonNull(into, "into");
    outputs.read(example, into);
  }

  @Override
  public void release() {
    part.release();
  }

  /** {@return the bytes of the plan's activations, gradients and scratch memory} */
  public long planBytes() {
    return part.planBytes();
  }
}
