package dev.vitrine.range;

import dev.vitrine.notation.Optimizers;
import dev.vitrine.optim.Schedule;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.TuningData;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The learning-rate range test (Smith, "Cyclical learning rates for training neural networks",
 * 2017): one training whose rate grows from step to step, so that its loss falls, is least, and
 * rises again or breaks.
 */
public final class RangeTest {
  /** A loss so many times the lowest one tells no more. */
  private static final double HOPELESS = 4;

  /** What stays of the running mean by which the end is known. */
  private static final double MEMORY = 0.8;

  private RangeTest() {}

  /**
   * Does the test, on a new network of what a run would compute; its schedule and its length are
   * left out.
   *
   * @param config what a run would compute, {@link RunConfig#fitted fitted} to the data
   * @param data what it is trained on; validation data are not looked at
   * @param range the rates
   * @param compute what it runs on; it stays the caller's
   * @return what came out
   * @throws dev.vitrine.error.UserException if the data do not fit the network
   */
  public static RangeResult run(
      RunConfig config, TuningData data, RateRange range, Compute compute) {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(range, "range");
    Objects.requireNonNull(compute, "compute");
    Recipe recipe = growing(config.recipe(), range);
    TrainingSession session = new TrainingSession(config.newModel(), recipe, data.train(), compute);
    List<Double> losses = new ArrayList<>();
    boolean broken = false;
    double mean = 0;
    double least = Double.POSITIVE_INFINITY;
    while (losses.size() < range.steps() && !broken) {
      try {
        double loss = session.advance();
        losses.add(loss);
        mean = losses.size() == 1 ? loss : MEMORY * mean + (1 - MEMORY) * loss;
        least = Math.min(least, mean);
        broken = mean > HOPELESS * least;
      } catch (DivergedException _) { // that is what is looked for
        broken = true;
      }
    }
    return RangeResult.of(range, losses, broken);
  }

  private static Recipe growing(Recipe recipe, RateRange range) {
    return recipe
        .optimizer(Optimizers.with(recipe.optimizer(), Map.of("learningRate", range.from())))
        .schedule(new Schedule.Exponential(range.growth()));
  }
}
