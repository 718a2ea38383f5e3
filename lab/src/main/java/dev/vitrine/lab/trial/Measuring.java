package dev.vitrine.lab.trial;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.TrainedNetwork;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Measures networks on the examples that they learned from, as they are at their end: while they
 * learned, dropout was on, images were changed, and the network was another at every step.
 */
public final class Measuring {
  private final SharedData data;
  private final Log log;

  /**
   * Nothing is read yet.
   *
   * @param trainings where the data are
   * @param log of what happens
   */
  public Measuring(Trainings trainings, Log log) {
    data = new SharedData(trainings, 1);
    this.log = log;
  }

  /**
   * Measures a network, and adds to the journal what came out.
   *
   * @param trial that was trained to its end
   * @param folder its run folder
   * @param config what the run computed
   * @param compute what it runs on; it stays the caller's
   * @throws dev.vitrine.error.UserException if the data cannot be had, or the folder is damaged
   */
  public void measure(Trial trial, Path folder, RunConfig config, Compute compute) {
    TrainedNetwork network = TrainedNetwork.open(folder, Optional.empty());
    Reading said = Reading.of(network, data.of(config).train(), compute);
    log.add(new Event.Measured(trial.id(), said.loss(), said.accuracy(), said.examples()));
  }

  /**
   * Adds to the journal how large a network's gradients are: at its start, with all weights 0, and
   * at its end.
   *
   * @param trial that was trained to its end
   * @param folder its run folder
   * @param config what the run computed
   * @param compute what it runs on; it stays the caller's
   * @throws dev.vitrine.error.UserException if the data cannot be had, or the folder is damaged
   */
  public void probe(Trial trial, Path folder, RunConfig config, Compute compute) {
    TrainedNetwork network = TrainedNetwork.open(folder, Optional.empty());
    GradientProbe.of(trial.id(), network, data.of(config).train(), compute).forEach(log::add);
  }
}
