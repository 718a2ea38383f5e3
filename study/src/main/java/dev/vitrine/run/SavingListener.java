package dev.vitrine.run;

import dev.vitrine.train.EpochSummary;
import dev.vitrine.train.StepSummary;
import dev.vitrine.train.TrainingListener;
import java.time.Duration;

/** Writes a training's log, tells the next listener, and saves: after every epoch, and between. */
final class SavingListener implements TrainingListener {
  private final TrainingListener next;
  private final RunLog log;
  private final Runnable save;
  private final long everyNanos;
  private long saved = System.nanoTime();

  SavingListener(TrainingListener next, RunLog log, Runnable save, Duration every) {
    this.next = next;
    this.log = log;
    this.save = save;
    everyNanos = every.toNanos();
  }

  @Override
  public void step(StepSummary summary) {
    log.step(summary);
    next.step(summary);
    // At an epoch's end its line is still to come, and a checkpoint without it would lose it.
    if (!summary.atEpochEnd() && System.nanoTime() - saved >= everyNanos) {
      save();
    }
  }

  @Override
  public void epoch(EpochSummary summary) {
    log.epoch(summary);
    next.epoch(summary);
    save();
  }

  private void save() {
    save.run();
    saved = System.nanoTime();
  }
}
