package dev.vitrine.lab.trial;

import dev.vitrine.lab.search.Trial;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.Run;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunPlace;
import dev.vitrine.run.TuningData;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import java.time.Duration;
import java.util.Optional;

/** A trial trained once more, alone. */
public final class Rerun {
  private static final Duration SAVE_EVERY = Duration.ofSeconds(60);

  private Rerun() {}

  /**
   * Trains a trial from its start to its end.
   *
   * @param trial of a study
   * @param trainings what its settings mean
   * @param place of its run
   * @param compute what it runs on; it stays the caller's
   * @param listener who is told
   * @param control who may stop it
   * @return the hash of its parameters; empty if it was stopped
   * @throws dev.vitrine.train.DivergedException if it diverges
   */
  public static Optional<String> train(
      Trial trial,
      Trainings trainings,
      RunPlace place,
      Compute compute,
      TrainingListener listener,
      TrainingControl control) {
    RunConfig config = trainings.config(trial.settings());
    TuningData data = new SharedData(trainings, 1).of(config);
    Run run = Run.start(place, config.fitted(data), data, compute);
    boolean ended = run.train(listener, control, SAVE_EVERY);
    return ended ? Optional.of(run.parametersHash()) : Optional.empty();
  }
}
