package dev.vitrine.lab.trial;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import dev.vitrine.train.TrainingControl;
import java.nio.file.Path;

/** Who trains the parts of trials that one thread of a sweep takes, one after another. */
interface Trainer extends AutoCloseable {
  /**
   * Trains one.
   *
   * @param path the trial's folder, which exists if it began before
   * @return what came of it
   * @throws dev.vitrine.error.UserException if that was kept from it by no fault of the trial's
   */
  Event train(
      TrialPart part, Path path, RunConfig config, TrialSteps steps, TrainingControl control);

  @Override
  void close();

  /** This process. */
  record Own(SharedData data, Compute compute) implements Trainer {
    @Override
    public Event train(
        TrialPart part, Path path, RunConfig config, TrialSteps steps, TrainingControl control) {
      return new TrialRun(part, path, steps, control).train(config, data, compute);
    }

    @Override
    public void close() {
      compute.close();
    }
  }
}
