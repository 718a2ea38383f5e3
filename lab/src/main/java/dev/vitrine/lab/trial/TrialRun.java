package dev.vitrine.lab.trial;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.search.Known;
import dev.vitrine.plan.Compute;
import dev.vitrine.report.EpochRow;
import dev.vitrine.run.Run;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunCurves;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.RunPlace;
import dev.vitrine.run.Saving;
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
import java.util.function.Supplier;

/** One part of a trial's training, to its end or to where it is to stop. */
final class TrialRun {
  /** How long a trial goes on within an epoch before the next checkpoint. */
  private static final Duration SAVE_EVERY = Duration.ofSeconds(60);

  private final TrialPart part;
  private final Path path;
  private final TrialSteps steps;
  private final TrainingControl control;
  private final Saving saving;
  private final long start = System.nanoTime();
  private boolean outOfTime;

  /**
   * A part that has not begun.
   *
   * @param path the trial's folder, which exists if it began before
   */
  TrialRun(TrialPart part, Path path, TrialSteps steps, TrainingControl control) {
    this.part = part;
    this.path = path;
    this.steps = steps;
    this.control = control;
    saving = Saving.every(SAVE_EVERY).epochs(part.epochsKept() ? Saving.ALL : 0);
  }

  /**
   * Trains.
   *
   * @return what came of it
   * @throws UserException if a file could not be written, which is no fault of the trial's
   */
  Event train(RunConfig config, SharedData data, Compute compute) {
    return attempt(
            () -> {
              Run run = open(config, data, compute);
              // A process may have been killed between its checkpoint and its line in the journal.
              boolean ended = !reachedGoal(run) && run.train(new Watcher(run), control, saving);
              return Optional.of(ended || reachedGoal(run) ? reached(run, ended) : unfinished(run));
            })
        .orElseThrow();
  }

  /**
   * Makes the folder of a trial that has none, before its first step.
   *
   * @return what keeps it from beginning, if anything does
   * @throws UserException if a file could not be written
   */
  Optional<Event> begin(RunConfig config, SharedData data, Compute compute) {
    return attempt(() -> {
      if (!RunFolder.isRun(path)) {
        TrainingControl none = new TrainingControl();
        none.stop();
        open(config, data, compute).train(TrainingListener.SILENT, none, saving);
      }
      return Optional.empty();
    });
  }

  private Run open(RunConfig config, SharedData data, Compute compute) {
    TuningData tuning = data.of(config);
    return RunFolder.isRun(path)
        ? Run.resume(RunFolder.open(path), tuning, compute)
        : Run.start(RunPlace.exactly(path), config.fitted(tuning), tuning, compute);
  }

  private Optional<Event> attempt(Supplier<Optional<Event>> work) {
    try {
      return work.get();
    } catch (DivergedException e) {
      return Optional.of(failed("diverged", e.getMessage()));
    } catch (UserException e) {
      if (e.getCause() instanceof IOException) {
        throw e;
      }
      return Optional.of(failed("fault", e.getMessage()));
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      return Optional.of(failed("fault", e.toString()));
    }
  }

  private boolean reachedGoal(Run run) {
    long step = run.progress().step();
    return run.course().atEpochEnd(step) && run.course().epochsDone(step) >= part.epochs();
  }

  private Event reached(Run run, boolean ended) {
    List<EpochRow> epochs = RunCurves.of(RunFolder.open(path)).epochs();
    int done = part.epochs() == Known.END || ended ? epochs.size() : part.epochs();
    int kept = ended ? run.bestEpoch().orElse(done) : done;
    EpochRow figures = epochs.get(kept - 1);
    return new Event.Reached(
        part.id(),
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
      return paused();
    }
    long total = run.course().epochsDone(run.course().totalSteps());
    return failed(
        "time",
        "stopped in epoch %s of %s, when its time was over"
            .formatted(run.course().epoch(Math.max(1, run.progress().step())), total));
  }

  /** What it is when it was stopped. */
  Event paused() {
    return new Event.Paused(part.id(), seconds());
  }

  private Event failed(String kind, String cause) {
    int epochs = RunFolder.isRun(path) ? RunCurves.of(RunFolder.open(path)).epochs().size() : 0;
    return new Event.Failed(part.id(), kind, cause, epochs, seconds());
  }

  private double seconds() {
    return (System.nanoTime() - start) * 1e-9;
  }

  /** Tells how it goes, and stops it where it is to stop. */
  private final class Watcher implements TrainingListener {
    private final long totalSteps;

    Watcher(Run run) {
      totalSteps = run.course().totalSteps();
    }

    @Override
    public void step(StepSummary summary) {
      steps.step(summary.progress(), totalSteps);
      if (!outOfTime && seconds() > part.secondsLeft()) {
        outOfTime = true;
        control.stop();
      }
    }

    @Override
    public void epoch(EpochSummary summary) {
      if (part.epochs() != Known.END && summary.epoch() >= part.epochs()) {
        control.stop();
      }
    }
  }
}
