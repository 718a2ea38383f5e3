package dev.vitrine.train;

import dev.vitrine.nn.Model;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.StepTime;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;
import java.util.List;
import java.util.Objects;

/** Gradients of whole batches from one plan in this process. */
public final class PlanGradients implements GradientSource {
  private final Model model;
  private final Model.Training training;
  private final Parameters gradients;
  private final Plan plan;
  private final Seed seed;

  /** With room for so many examples, such as a shard's. */
  PlanGradients(Model model, Recipe recipe, int examples, Compute compute) {
    this.model = model;
    training = model.training(recipe.loss());
    gradients = Parameters.zeros(model.parameters().layout());
    plan =
        planner(model, training, gradients)
            .batchSize(examples)
            .plan(compute.kernels(), compute.workers());
    seed = recipe.seed();
  }

  /**
   * {@return the planner of a training's steps, for a batch of one example until it is told
   * another} The optimiser's update, which is no part of the graph, is none of them.
   *
   * @param model whose parameters are read
   * @param training the model's training graph
   * @param gradients where the gradients of the parameters go, laid out as these
   */
  public static Planner planner(Model model, Model.Training training, Parameters gradients) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(training, "training");
    return Planner.of(training.graph(), model.parameters())
        .outputs(training.output(), training.loss())
        .outputs(BufferUpdate.read(training))
        .gradients(training.gradients(), gradients, training.forwardValues());
  }

  /**
   * Compiles the plan.
   *
   * @param model whose parameters are read
   * @param recipe loss, batch size, and the seed of random ops
   * @param compute what it runs on; it stays the caller's
   * @return the source, with a plan of its own
   * @throws dev.vitrine.error.UserException if the loss does not fit the network
   */
  public static PlanGradients of(Model model, Recipe recipe, Compute compute) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(compute, "compute");
    return new PlanGradients(model, recipe, recipe.batchSize(), compute);
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
    return compute(batch, 0, batch.size(), step);
  }

  /** Computes a stretch of a batch, for which alone everything then is. */
  double compute(Batch batch, int from, int count, long step) {
    if (step < 0) {
      throw new IllegalArgumentException("Gradients expect a step of 0 or more, but got " + step);
    }
    plan.forget();
    batch.feed(plan, from, count);
    plan.run(from, count, batch.size(), step, seed);
    return plan.number(training.loss());
  }

  @Override
  public Parameters gradients() {
    return gradients;
  }

  @Override
  public void output(int example, float[] into) {
    Objects.requireNonNull(into, "into");
    plan.read(training.output(), example, into);
  }

  @Override
  public void statistic(Value value, float[] into) {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(into, "into");
    plan.read(value, 0, into);
  }

  @Override
  public void release() {
    plan.release();
  }

  /** Starts to measure how long each step of the plan takes. */
  public void profile() {
    plan.profile();
  }

  /** {@return how long each step of the plan took since {@link #profile}} */
  public List<StepTime> stepTimes() {
    return plan.stepTimes();
  }

  /**
   * {@return the bytes of the plan's activations, gradients and scratch memory: all but the
   * parameters}
   */
  public long planBytes() {
    return plan.bytes();
  }
}
