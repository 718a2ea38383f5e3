package dev.vitrine.lab.trial;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.lab.journal.Confusion;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Regression;
import dev.vitrine.nn.Loss;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.RegressionEvaluator;
import java.util.Optional;

/**
 * What a network says of examples, in inference mode.
 *
 * @param loss the mean over them
 * @param accuracy the share that is read right; NaN if there are no classes
 * @param examples how many
 * @param confusion what was read as what, if there are classes
 * @param r2 the coefficient of determination, if there are numbers
 */
record Reading(
    double loss,
    double accuracy,
    long examples,
    Optional<Confusion> confusion,
    Optional<Double> r2) {
  static Reading of(TrainedNetwork network, Dataset data, Compute compute) {
    return data.targets() instanceof Targets.Classes classes
        ? classes(network, data, classes, compute)
        : numbers(network, data, compute);
  }

  private static Reading classes(
      TrainedNetwork network, Dataset data, Targets.Classes classes, Compute compute) {
    Evaluation said =
        new Evaluator(network.model(), data, network.normalisation(), compute)
            .evaluate(data.size());
    return new Reading(
        said.meanLoss(),
        said.accuracy(),
        said.examples(),
        Optional.of(Confusion.of(classes.names(), said)),
        Optional.empty());
  }

  private static Reading numbers(TrainedNetwork network, Dataset data, Compute compute) {
    Loss loss = network.run().orElseThrow().recipe().loss();
    Regression said =
        new RegressionEvaluator(network.model(), loss, data, network.normalisation(), compute)
            .evaluate();
    Optional<Double> r2 =
        said.r2().isPresent() ? Optional.of(said.r2().getAsDouble()) : Optional.empty();
    return new Reading(said.meanLoss(), Double.NaN, said.examples(), Optional.empty(), r2);
  }
}
