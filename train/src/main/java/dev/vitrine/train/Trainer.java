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
 */
public record Trainer(
    Model model,
    Recipe recipe,
    int threads,
    Optional<Dataset> validation,
    TrainingListener listener,
    TrainingControl control) {
  /** Refuses {@code null}. */
  public Trainer {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(validation, "validation");
    Objects.requireNonNull(listener, "listener");
    Objects.requireNonNull(control, "control");
  }

  /** A trainer with {@link Recipe#of}'s defaults on all processors. */
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

  /** With another recipe. */
  public Trainer recipe(Recipe newRecipe) {
    return new Trainer(model, newRecipe, threads, validation, listener, control);
  }

  /** With that many examples to a step. */
  public Trainer batchSize(int value) {
    return recipe(recipe.batchSize(value));
  }

  /** With that many passes over the data. */
  public Trainer epochs(int value) {
    return recipe(recipe.epochs(value));
  }

  /** With a schedule for the learning rate. */
  public Trainer schedule(Schedule value) {
    return recipe(recipe.schedule(value));
  }

  /** With another loss. */
  public Trainer loss(Loss value) {
    return recipe(recipe.loss(value));
  }

  /** With another seed for shuffles and random ops. */
  public Trainer seed(Seed value) {
    return recipe(recipe.seed(value));
  }

  /** On that many threads; the result does not depend on it. */
  public Trainer threads(int number) {
    return new Trainer(model, recipe, number, validation, listener, control);
  }

  /** Evaluating on these data after every epoch. */
  public Trainer validation(Dataset data) {
    return new Trainer(model, recipe, threads, Optional.of(data), listener, control);
  }

  /** Telling how it goes. */
  public Trainer listener(TrainingListener newListener) {
    return new Trainer(model, recipe, threads, validation, newListener, control);
  }

  /** To be paused and stopped by this control, from any thread. */
  public Trainer control(TrainingControl newControl) {
    return new Trainer(model, recipe, threads, validation, listener, newControl);
  }

  /**
   * Trains from the start; the model's parameters are updated in place.
   *
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
   * @param epochs what each epoch came to
   */
  public record Result(Model model, Recipe recipe, int threads, List<EpochSummary> epochs) {
    /** Refuses {@code null}. */
    public Result {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(recipe, "recipe");
      Objects.requireNonNull(epochs, "epochs");
    }

    /** The mean loss on other data: that which was trained, whatever it compares with. */
    public double meanLoss(Dataset data) {
      try (Compute compute = Compute.of(threads)) {
        return new LossEvaluator(model, recipe.loss(), data, recipe.normalisation(), compute)
            .meanLoss();
      }
    }

    /** How a classifier does on other data; the 24 worst mistakes are kept. */
    public Evaluation evaluate(Dataset data) {
      try (Compute compute = Compute.of(threads)) {
        return new Evaluator(model, data, recipe.normalisation(), compute).evaluate(24);
      }
    }
  }
}
