package dev.vitrine.train;

import dev.vitrine.data.Dataset;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Schedule;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains a classifier: the short way in.
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
    TrainingListener listener) {
  /** A trainer with {@link Recipe#of}'s defaults on all processors. */
  public static Trainer of(Model model, Optimizer optimizer) {
    return new Trainer(
        model,
        Recipe.of(optimizer),
        Runtime.getRuntime().availableProcessors(),
        Optional.empty(),
        TrainingListener.SILENT);
  }

  /** With another recipe. */
  public Trainer recipe(Recipe newRecipe) {
    return new Trainer(model, newRecipe, threads, validation, listener);
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
    return new Trainer(model, recipe, number, validation, listener);
  }

  /** Evaluating on these data after every epoch. */
  public Trainer validation(Dataset data) {
    return new Trainer(model, recipe, threads, Optional.of(data), listener);
  }

  /** Telling how it goes. */
  public Trainer listener(TrainingListener newListener) {
    return new Trainer(model, recipe, threads, validation, newListener);
  }

  /**
   * Trains from the start; the model's parameters are updated in place.
   *
   * @throws IllegalStateException if another training changes them meanwhile
   */
  public Result fit(Dataset train) {
    try (Compute compute = Compute.of(threads)) {
      TrainingSession session = new TrainingSession(model, recipe, train, compute);
      return new Result(model, recipe, threads, run(session, compute));
    }
  }

  /**
   * Trains a session to its end, or until the listener wants to stop.
   *
   * @throws IllegalStateException if another training changes its model's parameters meanwhile
   */
  public List<EpochSummary> run(TrainingSession session, Compute compute) {
    session.begin();
    try {
      return epochs(session, compute);
    } finally {
      session.end();
    }
  }

  private List<EpochSummary> epochs(TrainingSession session, Compute compute) {
    Optional<Evaluator> evaluator =
        validation.map(data -> new Evaluator(model, data, recipe.normalisation(), compute));
    List<EpochSummary> epochs = new ArrayList<>();
    long start = System.nanoTime();
    long images = session.atEpochEnd() ? 0 : -session.progress().epochImages();
    while (session.step() < session.totalSteps() && !listener.wantsToStop()) {
      double loss = session.advance();
      listener.step(session, loss);
      if (session.atEpochEnd()) {
        double seconds = (System.nanoTime() - start) * 1e-9;
        images += session.progress().epochImages();
        session.requireFinite();
        EpochSummary summary = summary(session, evaluator, seconds, images);
        epochs.add(summary);
        listener.epoch(session, summary);
        start = System.nanoTime();
        images = 0;
      }
    }
    return epochs;
  }

  private static EpochSummary summary(
      TrainingSession session, Optional<Evaluator> evaluator, double seconds, long images) {
    Progress progress = session.progress();
    long last = progress.step() - 1;
    return new EpochSummary(
        (int) (last / session.stepsPerEpoch()) + 1,
        progress.meanLoss(),
        progress.accuracy(),
        evaluator.map(e -> validate(session, e)),
        session.learningRate(last),
        seconds,
        images);
  }

  private static Evaluation validate(TrainingSession session, Evaluator evaluator) {
    try {
      return evaluator.evaluate(0);
    } catch (DivergedException e) {
      throw session.diverged("after its update, " + e.getMessage(), e);
    }
  }

  /**
   * A finished training.
   *
   * @param model with its trained parameters
   * @param epochs what each epoch came to
   */
  public record Result(Model model, Recipe recipe, int threads, List<EpochSummary> epochs) {
    /** How the network does on other data; the 24 worst mistakes are kept. */
    public Evaluation evaluate(Dataset data) {
      try (Compute compute = Compute.of(threads)) {
        return new Evaluator(model, data, recipe.normalisation(), compute).evaluate(24);
      }
    }
  }
}
