package dev.vitrine.lab.trial;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunImages;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.train.Evaluator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The only way to a study's test examples. It opens for networks that were chosen, one evaluation
 * at a time, and each is written down before it is made, so that none is ever uncounted.
 */
public final class TestVault {
  private final Trainings trainings;
  private final Log log;
  private List<Object> loadedFor = List.of();
  private Dataset loaded;

  /**
   * A closed vault.
   *
   * @param trainings where the data are
   * @param log of what happens
   */
  public TestVault(Trainings trainings, Log log) {
    this.trainings = trainings;
    this.log = log;
  }

  /**
   * Judges a network by the test data, and adds to the journal that they were read, and what they
   * said.
   *
   * @param trial a trial of a point that was chosen
   * @param checkpoint its run folder, or a checkpoint that was kept
   * @param epoch of that checkpoint; empty for the end
   * @param config what the run computed
   * @param reason in words
   * @param compute what it runs on; it stays the caller's
   * @throws UserException if the data cannot be had
   * @throws IllegalStateException if the trial's point is no arm's choice
   */
  public void judge(
      Trial trial,
      Path checkpoint,
      Optional<Integer> epoch,
      RunConfig config,
      String reason,
      Compute compute) {
    if (!log.record().isChosen(trial.point().id())) {
      throw new IllegalStateException("The test data are not for what is still being chosen");
    }
    String id = trial.id();
    TrainedNetwork network = TrainedNetwork.open(checkpoint, Optional.empty());
    log.add(new Event.TestRead(log.record().testReads() + 1, id, epoch, reason));
    Dataset test = RunImages.prepareTest(config, whole(config));
    Evaluation evaluation =
        new Evaluator(network.model(), test, network.normalisation(), compute).evaluate(0);
    log.add(
        new Event.Tested(
            id, epoch, evaluation.meanLoss(), evaluation.accuracy(), evaluation.examples()));
  }

  private Dataset whole(RunConfig config) {
    List<Object> key = SharedData.key(config);
    if (!key.equals(loadedFor)) {
      loaded = trainings.data(config).loadTest();
      loadedFor = key;
    }
    return loaded;
  }
}
