package dev.vitrine.train;

import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.tensor.Parameters;
import java.util.Map;
import java.util.Objects;

/**
 * Steps whose shards are learned from apart ({@link Recipe#localSteps}). Every shard begins with
 * the same parameters and optimiser's memory, takes H steps of the recipe's optimiser on stretches
 * of its examples, and {@link ShardTree} takes the mean of what they came to, each weighted by its
 * share of the examples:
 *
 * <pre>
 *   what is learned:   w ← w + Σ share[s] · (w[s] − w)
 *   running averages, the optimiser's memory:   m ← Σ share[s] · m[s]
 * </pre>
 *
 * So a step leaves one network and one memory, as any step does, and a training can be stopped and
 * gone on with after each. A shard's stretches differ by at most one example, and a shard of fewer
 * than H examples takes a step for each. All steps within one are at the learning rate of that one;
 * an optimiser that counts steps counts H to each.
 */
public final class LocalRounds implements GradientSource {
  private final Model model;
  private final Model.Training training;
  private final Shards shards;
  private final ShardSource source;
  private final ShardTree tree;
  private final Means means;
  private final Parameters numbers;
  private final Parameters gradients;
  private Parameters mean;

  /**
   * Steps on shards that somebody learns from.
   *
   * @param model whose parameters are trained
   * @param recipe how a batch is cut, and how many steps a shard takes
   * @param source who takes them
   * @param compute who adds them up; it stays the caller's
   * @throws IllegalArgumentException if the recipe has no local steps
   */
  public LocalRounds(Model model, Recipe recipe, ShardSource source, Compute compute) {
    this.model = Objects.requireNonNull(model, "model");
    this.source = Objects.requireNonNull(source, "source");
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(compute, "compute");
    if (recipe.localSteps().isEmpty()) {
      throw new IllegalArgumentException("Rounds expect a recipe with local steps");
    }
    shards = recipe.cut();
    training = source instanceof ShardWork here ? here.training() : model.training(recipe.loss());
    numbers = Parameters.zeros(ShardWork.layout(model, recipe));
    tree = new ShardTree(numbers.layout(), compute.workers());
    means = new Means(model);
    gradients = Parameters.zeros(model.parameters().layout());
  }

  @Override
  public Model model() {
    return model;
  }

  @Override
  public Model.Training training() {
    return training;
  }

  /** Has all shards take their steps; nothing is changed yet. The mean loss of the examples. */
  double compute(Batch batch, long step, double rate, Map<String, Parameters> memory) {
    int size = model.parameters().values().length;
    System.arraycopy(model.parameters().values(), 0, numbers.values(), 0, size);
    int at = size;
    for (Parameters its : memory.values()) {
      System.arraycopy(its.values(), 0, numbers.values(), at, size);
      at += size;
    }
    tree.begin(shards.of(batch.size()));
    source.compute(new ShardStep(batch, step, rate, numbers), tree);
    ShardSum all = tree.root();
    mean = all.values();
    return all.loss();
  }

  /** Lets parameters and memory be what the newest step came to. */
  void apply(Map<String, Parameters> memory) {
    float[] parameters = model.parameters().values();
    means.take(mean.values(), parameters);
    for (int e = 0; e < parameters.length; e++) {
      gradients.values()[e] = numbers.values()[e] - parameters[e];
    }
    int at = parameters.length;
    for (Parameters its : memory.values()) {
      System.arraycopy(mean.values(), at, its.values(), 0, parameters.length);
      at += parameters.length;
    }
  }

  /**
   * Refuses: where steps are local, there is more to one than a gradient.
   *
   * @throws IllegalStateException always; a {@link TrainingSession} takes such steps
   */
  @Override
  public double compute(Batch batch, long step) {
    Objects.requireNonNull(batch, "batch");
    throw new IllegalStateException(
        "Local steps need a learning rate and the optimiser's memory: let a session take them");
  }

  /**
   * {@return what the newest step took from each parameter, in the place of a gradient: no quotient
   * by a learning rate}
   */
  @Override
  public Parameters gradients() {
    return gradients;
  }

  @Override
  public void output(int example, float[] into) {
    Objects.requireNonNull(into, "into");
    source.output(example, into);
  }

  /**
   * Refuses: the statistics of batches stay with the steps of the shards.
   *
   * @throws IllegalArgumentException always
   */
  @Override
  public void statistic(Value value, float[] into) {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(into, "into");
    throw new IllegalArgumentException("Local steps keep no statistic of the whole batch");
  }

  @Override
  public void release() {
    source.release();
  }
}
