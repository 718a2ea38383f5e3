package dev.vitrine.lab.trial;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.lab.journal.Confusion;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.nn.Loss;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.LossEvaluator;
import java.util.Optional;

/**
 * What a network says of examples, in inference mode.
 *
 * @param loss the mean over them
 * @param accuracy the share that is read right; NaN if there are no classes
 * @param examples how many
 * @param confusion what was read as what, if there are classes
 */
record Reading(double loss, double accuracy, long examples, Optional<Confusion> confusion) {
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
        Optional.of(Confusion.of(classes.names(), said)));
  }

  private static Reading numbers(TrainedNetwork network, Dataset data, Compute compute) {
    Loss loss = network.run().orElseThrow().recipe().loss();
    double mean =
        new LossEvaluator(network.model(), loss, data, network.normalisation(), compute).meanLoss();
    return new Reading(mean, Double.NaN, data.size(), Optional.empty());
  }
}
