package dev.vitrine.workload;

import dev.vitrine.data.Dataset;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.optim.Schedule;
import dev.vitrine.plan.Compute;
import dev.vitrine.train.BatchSource;
import dev.vitrine.train.DatasetBatches;
import dev.vitrine.train.GradientSource;
import dev.vitrine.train.PlanGradients;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingSession;

/**
 * A training to measure: which network, trained how, on made-up images of the real shape.
 *
 * @param id its short name, such as {@code W3}
 * @param network the network and its input's shape
 * @param recipe optimiser, loss, batch size, normalisation and seed
 */
public record Workload(String id, NetworkSpec network, Recipe recipe) {
  /** Batches to an epoch of {@link #data()}. */
  public static final int BATCHES = 32;

  /**
   * {@return the same workload in batches of another size} The learning rate falls, for at the
   * workload's own a training on very small batches diverges; speed does not depend on it.
   *
   * @param size examples to a step, at least 1
   */
  public Workload batchSize(int size) {
    Schedule falling = new Schedule.InverseDecay(0.1, 1);
    return new Workload(id, network, recipe.batchSize(size).schedule(falling));
  }

  /** {@return the network at its start; a function of the recipe's seed} */
  public Model model() {
    return Model.of(network.layers(), network.input(), Initializer.kaimingUniform(), recipe.seed());
  }

  /** {@return a data set of {@value #BATCHES} batches of {@link SyntheticImages}} */
  public Dataset data() {
    return data(BATCHES * recipe.batchSize());
  }

  /**
   * {@return a data set of that many {@link SyntheticImages}}
   *
   * @param examples how many
   */
  public Dataset data(int examples) {
    return SyntheticImages.of(network.input(), examples, recipe.seed());
  }

  /**
   * {@return a training of {@link #model()} on {@link #data()} that goes on for ever}
   *
   * @param compute what it runs on; it stays the caller's
   */
  public TrainingSession session(Compute compute) {
    return session(PlanGradients.of(model(), recipe, compute), compute);
  }

  /**
   * {@return a training of a source's model on {@link #data()} that goes on for ever}
   *
   * @param gradients of the workload's batches
   * @param compute what it runs on; it stays the caller's
   */
  public TrainingSession session(GradientSource gradients, Compute compute) {
    BatchSource batches = DatasetBatches.of(data(), recipe, gradients.model());
    return new TrainingSession(recipe, batches, gradients, compute);
  }

  /**
   * {@return floating-point operations of a training step per example: two for each
   * multiply–accumulate of the convolutions and dense layers, their gradients included, that the
   * step needs; nothing else is counted}
   */
  public long flops() {
    return TrainingCost.flops(Model.of(network.layers(), network.input()).training(recipe.loss()));
  }

  /** Such as {@code W3 LeNet, batch 64}. */
  @Override
  public String toString() {
    return "%s %s, batch %s".formatted(id, network.title(), recipe.batchSize());
  }
}
