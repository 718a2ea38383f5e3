package dev.vitrine.lab.trial;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.journal.Entry;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import dev.vitrine.train.TrainingControl;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Has trials trained elsewhere. A run begins here, so that its first numbers, its data's check sums
 * and whatever keeps it from beginning are those of one machine; its folder goes there and comes
 * back.
 */
record FarTrainer(TrialTeam team, SharedData data, DataPlace place) implements Trainer {
  @Override
  public Event train(
      TrialPart part, Path path, RunConfig config, TrialSteps steps, TrainingControl control) {
    TrialRun run = new TrialRun(part, path, steps, control);
    Optional<Event> fault = begin(run, config);
    if (fault.isPresent()) {
      return fault.get();
    }
    SentTrial trial = new SentTrial(part, place, PackedRun.of(path));
    Optional<TrialAnswer> answer = team.train(trial, steps, control);
    if (answer.isEmpty()) {
      return run.paused();
    }
    if (!answer.get().refusal().isEmpty()) {
      throw new UserException(answer.get().refusal());
    }
    PackedRun.unpack(answer.get().run(), path);
    return Entry.event(answer.get().event());
  }

  /** One at a time: each makes a network and plans. */
  private Optional<Event> begin(TrialRun run, RunConfig config) {
    synchronized (data) {
      try (Compute compute = Compute.of(1)) {
        return run.begin(config, data, compute);
      }
    }
  }

  @Override
  public void close() {
    // The team is the study's.
  }
}
