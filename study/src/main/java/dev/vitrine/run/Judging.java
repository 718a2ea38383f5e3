package dev.vitrine.run;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.image.Normalisation;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Judgement;
import dev.vitrine.metrics.Regression;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.RegressionEvaluator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Judges a network by what its data have: classes or numbers. */
final class Judging {
  /** Mistakes are kept to be looked at. */
  private static final int WORST = 24;

  private Judging() {}

  static Judgement of(
      Model model, Loss loss, Dataset test, Normalisation normalisation, Compute compute) {
    return test.targets() instanceof Targets.Classes
        ? new Evaluator(model, test, normalisation, compute)
            .evaluate(test.hasPictures() ? WORST : 0)
        : new RegressionEvaluator(model, loss, test, normalisation, compute).evaluate();
  }

  /** The figures with the stable names of {@code --json}. */
  static Map<String, Object> json(Judgement judgement) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (judgement) {
      case Evaluation classes -> json.put("accuracy", classes.accuracy());
      case Regression numbers -> {
        json.put("mse", numbers.mse());
        json.put("rmse", numbers.rmse());
        json.put("r2", numbers.r2().isPresent() ? numbers.r2().getAsDouble() : null);
        if (numbers.targets().size() > 1) {
          json.put("targets", numbers.targets().stream().map(Judging::json).toList());
        }
      }
    }
    json.put("loss", judgement.meanLoss());
    json.put("examples", judgement.examples());
    return json;
  }

  private static Map<String, Object> json(Regression.Fit fit) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mse", fit.mse());
    json.put("rmse", fit.rmse());
    json.put("r2", fit.r2().isPresent() ? fit.r2().getAsDouble() : null);
    return json;
  }
}
