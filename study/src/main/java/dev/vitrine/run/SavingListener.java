package dev.vitrine.run;

import dev.vitrine.train.EpochSummary;
import dev.vitrine.train.StepSummary;
import dev.vitrine.train.TrainingListener;
import java.time.Duration;

/** Writes a training's log, tells the next listener, and saves: after every epoch, and between. */
final class SavingListener implements TrainingListener {
  /** How it is saved. */
  interface Keeper {
    /** Writes the newest checkpoint. */
    void save();

    /** Keeps the numbers of an epoch that has just ended. */
    void keep(int epoch);
  }

  private final TrainingListener next;
  private final RunLog log;
  private final RunFolder folder;
  private final Keeper keeper;
  private final long everyNanos;
  private long saved = System.nanoTime();

  SavingListener(
      TrainingListener next, RunLog log, RunFolder folder, Keeper keeper, Duration every) {
    this.next = next;
    this.log = log;
    this.folder = folder;
    this.keeper = keeper;
    everyNanos = every.toNanos();
  }

  @Override
  public void step(StepSummary summary) {
    log.step(summary).ifPresent(folder::addMetrics);
    next.step(summary);
    // At an epoch's end its line is still to come, and a checkpoint without it would lose it.
    if (!summary.atEpochEnd() && System.nanoTime() - saved >= everyNanos) {
      save();
    }
  }

  @Override
  public void epoch(EpochSummary summary) {
    folder.addMetrics(log.epoch(summary));
    next.epoch(summary);
    keeper.keep(summary.epoch());
    save();
  }

  private void save() {
    keeper.save();
    saved = System.nanoTime();
  }
}
