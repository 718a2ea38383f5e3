package dev.vitrine.lab.trial;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Known;
import dev.vitrine.plan.Compute;
import dev.vitrine.report.EpochRow;
import dev.vitrine.run.Run;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunCurves;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.RunPlace;
import dev.vitrine.run.TuningData;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.EpochSummary;
import dev.vitrine.train.StepSummary;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One part of a trial's training, to its end or to where it is to stop. */
final class TrialRun {
  /** How long to go on within an epoch before the next checkpoint. */
  private static final Duration SAVE_EVERY = Duration.ofSeconds(60);

  private final Agenda.Goal goal;
  private final Path path;
  private final Log log;
  private final TrainingControl control;
  private final Optional<Duration> limit;
  private final long start = System.nanoTime();
  private boolean outOfTime;

  /**
   * A part that has not begun.
   *
   * @param path the trial's folder, which exists if it began before
   * @param limit how long all parts of a trial may take together
   */
  TrialRun(
      Agenda.Goal goal, Path path, Log log, TrainingControl control, Optional<Duration> limit) {
    this.goal = goal;
    this.path = path;
    this.log = log;
    this.control = control;
    this.limit = limit;
  }

  /**
   * Trains, and adds to the journal what came of it.
   *
   * @throws UserException if a file could not be written, which is no fault of the trial's
   */
  void train(RunConfig config, SharedData data, Compute compute) {
    String id = goal.trial().id();
    log.add(
        new Event.Started(id, goal.trial().point().arm(), goal.trial().seed(), config.command()));
    try {
      TuningData tuning = data.of(config);
      Run run =
          RunFolder.isRun(path)
              ? Run.resume(RunFolder.open(path), tuning, compute)
              : Run.start(RunPlace.exactly(path), config.fitted(tuning), tuning, compute);
      // A process may have been killed between its checkpoint and its line in the journal.
      boolean ended = !reachedGoal(run) && run.train(new Watcher(run), control, SAVE_EVERY);
      log.add(ended || reachedGoal(run) ? reached(run, ended) : unfinished(run));
    } catch (DivergedException e) {
      log.add(failed("diverged", e.getMessage()));
    } catch (UserException e) {
      if (e.getCause() instanceof IOException) {
        throw e;
      }
      log.add(failed("fault", e.getMessage()));
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      log.add(failed("fault", e.toString()));
    }
  }

  private boolean reachedGoal(Run run) {
    long step = run.progress().step();
    return run.course().atEpochEnd(step) && run.course().epochsDone(step) >= goal.epochs();
  }

  private Event reached(Run run, boolean ended) {
    List<EpochRow> epochs = RunCurves.of(RunFolder.open(path)).epochs();
    int done = goal.epochs() == Known.END || ended ? epochs.size() : goal.epochs();
    int kept = ended ? run.bestEpoch().orElse(done) : done;
    EpochRow figures = epochs.get(kept - 1);
    return new Event.Reached(
        goal.trial().id(),
        done,
        ended,
        new Event.Figures(
            figures.trainLoss(),
            figures.trainAccuracy(),
            figures.validationLoss().orElse(Double.NaN),
            figures.validationAccuracy().orElse(Double.NaN)),
        run.parametersHash(),
        seconds());
  }

  private Event unfinished(Run run) {
    if (!outOfTime) {
      return new Event.Paused(goal.trial().id(), seconds());
    }
    long total = run.course().epochsDone(run.course().totalSteps());
    return failed(
        "time",
        "stopped in epoch %s of %s, when its time was over"
            .formatted(run.course().epoch(Math.max(1, run.progress().step())), total));
  }

  private Event failed(String kind, String cause) {
    int epochs = RunFolder.isRun(path) ? RunCurves.of(RunFolder.open(path)).epochs().size() : 0;
    return new Event.Failed(goal.trial().id(), kind, cause, epochs, seconds());
  }

  private double seconds() {
    return (System.nanoTime() - start) * 1e-9;
  }

  private double secondsBefore() {
    return log.record().trial(goal.trial().id()).map(TrialRecord::counted).orElse(0.0);
  }

  /** Tells how it goes, and stops it where it is to stop. */
  private final class Watcher implements TrainingListener {
    private final long totalSteps;
    private final double secondsLeft;

    Watcher(Run run) {
      totalSteps = run.course().totalSteps();
      secondsLeft =
          limit.map(most -> most.toMillis() * 1e-3 - secondsBefore()).orElse(Double.MAX_VALUE);
    }

    @Override
    public void step(StepSummary summary) {
      log.step(goal.trial().id(), summary.progress(), totalSteps);
      if (!outOfTime && seconds() > secondsLeft) {
        outOfTime = true;
        control.stop();
      }
    }

    @Override
    public void epoch(EpochSummary summary) {
      if (goal.epochs() != Known.END && summary.epoch() >= goal.epochs()) {
        control.stop();
      }
    }
  }
}
