package dev.vitrine.train;

import dev.vitrine.data.Dataset;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Schedule;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Trains a network: the short way in.
 *
 * <pre>{@code
 * var result = Trainer.of(model, Sgd.of(0.01).momentum(0.9)).batchSize(64).epochs(3).fit(train);
 * System.out.println(result.evaluate(test).accuracy());
 * }</pre>
 *
 * <p>A trainer is immutable; each setter returns a changed copy.
 *
 * @param model whose parameters are trained, in place
 * @param recipe how it is trained
 * @param threads how many threads, the caller's included; the bits do not depend on it
 * @param validation what is evaluated on after every epoch, if anything
 * @param listener who is told of steps and epochs
 * @param control who may pause and stop the training
 */
public record Trainer(
    Model model,
    Recipe recipe,
    int threads,
    Optional<Dataset> validation,
    TrainingListener listener,
    TrainingControl control) {
  /**
   * Refuses {@code null}.
   *
   * @throws dev.vitrine.error.UserException if the threads are not 1 to 1024
   */
  public Trainer {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(validation, "validation");
    Objects.requireNonNull(listener, "listener");
    Objects.requireNonNull(control, "control");
    Compute.requireThreads(threads);
  }

  /**
   * {@return a trainer with {@link Recipe#of}'s defaults on all processors}
   *
   * @param model whose parameters are trained, in place
   * @param optimizer the rule, with its learning rate
   */
  public static Trainer of(Model model, Optimizer optimizer) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(optimizer, "optimizer");
    return new Trainer(
        model,
        Recipe.of(optimizer),
        Runtime.getRuntime().availableProcessors(),
        Optional.empty(),
        TrainingListener.SILENT,
        new TrainingControl());
  }

  /**
   * {@return this with another recipe}
   *
   * @param newRecipe how the model is trained
   */
  public Trainer recipe(Recipe newRecipe) {
    return new Trainer(model, newRecipe, threads, validation, listener, control);
  }

  /**
   * {@return this with that many examples to a step}
   *
   * @param value at least 1
   */
  public Trainer batchSize(int value) {
    return recipe(recipe.batchSize(value));
  }

  /**
   * {@return this with batches cut into that many parts, whose gradients are computed apart}
   *
   * @param value 1 for whole batches, and at most the batch size
   */
  public Trainer shards(int value) {
    return recipe(recipe.shards(value));
  }

  /**
   * {@return this with that many passes over the data}
   *
   * @param value passes, at least 1
   */
  public Trainer epochs(int value) {
    return recipe(recipe.epochs(value));
  }

  /**
   * {@return this with a schedule for the learning rate}
   *
   * @param value the factor on the learning rate at each step
   */
  public Trainer schedule(Schedule value) {
    return recipe(recipe.schedule(value));
  }

  /**
   * {@return this with another loss}
   *
   * @param value what is made small
   */
  public Trainer loss(Loss value) {
    return recipe(recipe.loss(value));
  }

  /**
   * {@return this with another seed for shuffles and random ops}
   *
   * @param value of shuffles and random ops
   */
  public Trainer seed(Seed value) {
    return recipe(recipe.seed(value));
  }

  /**
   * {@return this on that many threads; the result does not depend on it}
   *
   * @param number how many threads, the caller's included
   * @throws dev.vitrine.error.UserException if that is not 1 to 1024
   */
  public Trainer threads(int number) {
    return new Trainer(model, recipe, number, validation, listener, control);
  }

  /**
   * {@return this, evaluating on these data after every epoch}
   *
   * @param data of the same shape and classes as what it is trained on
   */
  public Trainer validation(Dataset data) {
    Objects.requireNonNull(data, "data");
    return new Trainer(model, recipe, threads, Optional.of(data), listener, control);
  }

  /**
   * {@return this, telling how it goes}
   *
   * @param newListener who is told of steps and epochs
   */
  public Trainer listener(TrainingListener newListener) {
    return new Trainer(model, recipe, threads, validation, newListener, control);
  }

  /**
   * {@return this, to be paused and stopped by this control, from any thread}
   *
   * @param newControl who may pause and stop the training
   */
  public Trainer control(TrainingControl newControl) {
    return new Trainer(model, recipe, threads, validation, listener, newControl);
  }

  /**
   * Trains from the start; the model's parameters are updated in place.
   *
   * @param train what is learned from
   * @return the trained model, and what each epoch came to
   * @throws dev.vitrine.error.UserException if the data do not fit the model
   * @throws DivergedException if numbers become infinite or NaN
   * @throws IllegalStateException if another training changes them meanwhile
   */
  public Result fit(Dataset train) {
    try (Compute compute = Compute.of(threads)) {
      TrainingSession session = new TrainingSession(model, recipe, train, compute);
      return new Result(model, recipe, threads, session.run(validation, listener, control));
    }
  }

  /**
   * A finished training.
   *
   * @param model with its trained parameters
   * @param recipe how it was trained
   * @param threads how many threads evaluate
   * @param epochs what each epoch came to
   */
  public record Result(Model model, Recipe recipe, int threads, List<EpochSummary> epochs) {
    /** Refuses {@code null}. */
    public Result {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(recipe, "recipe");
      Objects.requireNonNull(epochs, "epochs");
    }

    /**
     * {@return the mean loss on other data: that which was trained, whatever it compares with}
     *
     * @param data with the targets that the loss wants
     */
    public double meanLoss(Dataset data) {
      try (Compute compute = Compute.of(threads)) {
        return new LossEvaluator(model, recipe.loss(), data, recipe.normalisation(), compute)
            .meanLoss();
      }
    }

    /**
     * {@return how a classifier does on other data; the 24 worst mistakes are kept}
     *
     * @param data with classes
     */
    public Evaluation evaluate(Dataset data) {
      try (Compute compute = Compute.of(threads)) {
        return new Evaluator(model, data, recipe.normalisation(), compute).evaluate(24);
      }
    }
  }
}
