package dev.vitrine.train;

import dev.vitrine.data.Dataset;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import java.util.Objects;
import java.util.Optional;

/** What is measured after every epoch: a classifier's hits, or the loss of any other network. */
@FunctionalInterface
interface Validation {
  /**
   * What came out.
   *
   * @param loss the mean of the examples' losses
   */
  record Result(double loss, Optional<Evaluation> classes) {
    /** Refuses {@code null}. */
    public Result {
      Objects.requireNonNull(classes, "classes");
    }
  }

  /**
   * Measures.
   *
   * @throws DivergedException if numbers are not finite
   */
  Result run();

  static Validation of(boolean classes, Model model, Recipe recipe, Dataset data, Compute compute) {
    if (classes) {
      Evaluator evaluator = new Evaluator(model, data, recipe.normalisation(), compute);
      return () -> {
        Evaluation evaluation = evaluator.evaluate(0);
        return new Result(evaluation.meanLoss(), Optional.of(evaluation));
      };
    }
    LossEvaluator evaluator =
        new LossEvaluator(model, recipe.loss(), data, recipe.normalisation(), compute);
    return () -> new Result(evaluator.meanLoss(), Optional.empty());
  }
}
