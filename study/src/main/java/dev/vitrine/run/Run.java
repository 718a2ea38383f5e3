package dev.vitrine.run;

import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.metrics.Judgement;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.plan.Compute;
import dev.vitrine.train.Course;
import dev.vitrine.train.DatasetBatches;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.GradientSource;
import dev.vitrine.train.Progress;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.train.TrainingState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A training that keeps itself in a folder: it saves a checkpoint after every epoch, now and then
 * within one, and when it is stopped, and leaves a report.
 */
public final class Run {
  private final RunConfig config;
  private final TuningData data;
  private final Optional<Dataset> test;
  private final Compute compute;
  private final Model model;
  private final TrainingSession session;
  private final RunLog log;
  private final RunPlace place;
  private RunFolder folder;
  private RunLock lock;
  private Saving saving = Saving.every(Duration.ZERO);
  private InsideWatcher watcher = (_, _) -> {};

  private Run(
      RunConfig config,
      TuningData data,
      Optional<Dataset> test,
      Compute compute,
      Optional<Team> team,
      RunPlace place,
      RunFolder folder) {
    this.data = data;
    this.test = test;
    this.compute = compute;
    this.place = place;
    this.folder = folder;
    if (folder == null) {
      model = config.newModel();
      this.config = config.began(model);
    } else {
      NetworkSpec spec = config.network().spec();
      model = Model.of(spec.layers(), spec.input()); // the checkpoint has its numbers
      this.config = config;
    }
    Recipe recipe = config.recipe();
    session =
        new TrainingSession(
            recipe, DatasetBatches.of(data.train(), recipe, model), gradients(team), compute);
    session.requireValidation(data.validation());
    if (folder == null) {
      log = new RunLog();
    } else {
      List<String> memory = config.recipe().optimizer().state();
      TrainingState state = Checkpoint.read(folder.checkpoint(), model, memory);
      CheckpointNotes.requireCourse(folder.checkpoint(), session.course());
      session.restore(state);
      long step = session.step();
      log =
          RunLog.resume(
              folder.metricsFile(), folder.metrics(), step, session.course().epochsDone(step));
    }
  }

  private GradientSource gradients(Optional<Team> team) {
    Recipe recipe = config.recipe();
    return team.map(elsewhere ->
            GradientSource.ofSteps(model, recipe, elsewhere.join(config, model), compute))
        .orElseGet(() -> GradientSource.ofSteps(model, recipe, compute));
  }

  /**
   * {@return a new run} Its folder is made when training begins, so that an error before leaves
   * nothing.
   *
   * @param place where its folder will be
   * @param config what it computes
   * @param data with validation data or without
   * @param compute what it runs on; it stays the caller's
   * @throws UserException if the folder exists or cannot be made, data and network do not fit, or
   *     the numbers that it is to begin with cannot be read
   */
  public static Run start(RunPlace place, RunConfig config, DataSplits data, Compute compute) {
    return start(place, config, data, compute, Optional.empty());
  }

  /**
   * {@return a new run, whose shards are perhaps computed by a team}
   *
   * @param place where its folder will be
   * @param config what it computes
   * @param data with validation data or without
   * @param compute what it runs on; it stays the caller's
   * @param team who computes its shards, if not this process; it stays the caller's
   * @throws UserException as {@link #start(RunPlace, RunConfig, DataSplits, Compute)}, and as
   *     {@link Team#join}
   */
  public static Run start(
      RunPlace place, RunConfig config, DataSplits data, Compute compute, Optional<Team> team) {
    place.probe();
    return new Run(
        config, TuningData.of(data), Optional.of(data.test()), compute, team, place, null);
  }

  /**
   * {@return a new run that knows no test data, so that {@link #finish} is not for it}
   *
   * @param place where its folder will be
   * @param config what it computes
   * @param data with validation data or without
   * @param compute what it runs on; it stays the caller's
   * @throws UserException as {@link #start(RunPlace, RunConfig, DataSplits, Compute)}
   */
  public static Run start(RunPlace place, RunConfig config, TuningData data, Compute compute) {
    return start(place, config, data, compute, Optional.empty());
  }

  /**
   * {@return a new run that knows no test data, whose shards are perhaps computed by a team}
   *
   * @param place where its folder will be
   * @param config what it computes
   * @param data with validation data or without
   * @param compute what it runs on; it stays the caller's
   * @param team who computes its shards, if not this process; it stays the caller's
   * @throws UserException as {@link #start(RunPlace, RunConfig, DataSplits, Compute, Optional)}
   */
  public static Run start(
      RunPlace place, RunConfig config, TuningData data, Compute compute, Optional<Team> team) {
    place.probe();
    return new Run(config, data, Optional.empty(), compute, team, place, null);
  }

  /**
   * {@return what {@link #start(RunPlace, RunConfig, DataSplits, Compute)} gives in that folder}
   *
   * @param path the folder, which must not exist
   * @param config what it computes
   * @param data with validation data or without
   * @param compute what it runs on; it stays the caller's
   */
  public static Run start(Path path, RunConfig config, DataSplits data, Compute compute) {
    return start(RunPlace.exactly(path), config, data, compute);
  }

  /**
   * {@return a run that goes on from its newest checkpoint}
   *
   * @param folder where it is kept
   * @param data what its configuration names
   * @param compute what it runs on; it stays the caller's
   * @throws UserException if there is none, it is damaged, another process trains it, or the data
   *     are not those that it began with
   */
  public static Run resume(RunFolder folder, DataSplits data, Compute compute) {
    return resume(folder, data, compute, Optional.empty());
  }

  /**
   * {@return a run that goes on as {@link #resume(RunFolder, DataSplits, Compute)}, its shards
   * perhaps computed by a team, of any size}
   *
   * @param folder where it is kept
   * @param data what its configuration names
   * @param compute what it runs on; it stays the caller's
   * @param team who computes its shards, if not this process; it stays the caller's
   * @throws UserException as there, and as {@link Team#join}
   */
  public static Run resume(
      RunFolder folder, DataSplits data, Compute compute, Optional<Team> team) {
    return resume(folder, TuningData.of(data), Optional.of(data.test()), compute, team);
  }

  /**
   * {@return a run that goes on as {@link #resume(RunFolder, DataSplits, Compute)}, but knows no
   * test data}
   *
   * @param folder where it is kept
   * @param data what its configuration names
   * @param compute what it runs on; it stays the caller's
   * @throws UserException as there
   */
  public static Run resume(RunFolder folder, TuningData data, Compute compute) {
    return resume(folder, data, Optional.empty(), compute, Optional.empty());
  }

  private static Run resume(
      RunFolder folder,
      TuningData data,
      Optional<Dataset> test,
      Compute compute,
      Optional<Team> team) {
    folder.requireIdle();
    RunConfig config = folder.config();
    config.data().found().requireSame(data);
    return new Run(config, data, test, compute, team, RunPlace.exactly(folder.path()), folder);
  }

  /**
   * Makes the folder of a new run, and holds it, as that of one that goes on, until {@link #train}
   * returns.
   *
   * @return the folder
   * @throws UserException if it cannot be made, when nothing of it is left, or another process
   *     trains it
   */
  public Path begin() {
    if (folder == null) {
      folder = RunFolder.create(place, config, session.state(), session.course());
    }
    if (lock == null) {
      lock = RunLock.hold(folder.path());
    }
    return folder.path();
  }

  /**
   * Shows somebody what is recorded of the numbers within, whenever it is; no bit depends on it.
   *
   * @param newWatcher who is shown it from the next {@link #train} on
   */
  public void watch(InsideWatcher newWatcher) {
    watcher = Objects.requireNonNull(newWatcher, "newWatcher");
  }

  /** {@return the names of the network's classes} */
  public List<String> classNames() {
    return RunReports.classNames(test.orElse(data.train()), model);
  }

  /** {@return the hash of its numbers as they are now} */
  public String parametersHash() {
    return model.parameters().hash();
  }

  /** {@return how far it is} */
  public Progress progress() {
    return session.progress();
  }

  /**
   * {@return of which epoch the numbers are, and where it ended if that was before its last epoch,
   * a sentence; empty if they are those of the last one, or it is not at its end}
   */
  public Optional<String> ending() {
    Course course = session.course();
    int last = (int) course.epochsDone(session.step());
    int best = session.bestEpoch().orElse(last);
    if (!session.isOver() || (best == last && !endedEarly())) {
      return Optional.empty();
    }
    return Optional.of(
        endedEarly()
            ? "Stopped early after epoch %s of %s: the validation loss was best after epoch %s, whose numbers are kept"
                .formatted(last, config.recipe().epochs(), best)
            : "The validation loss was best after epoch %s of %s, whose numbers are kept"
                .formatted(best, last));
  }

  private boolean endedEarly() {
    return session.isOver() && session.step() < session.course().totalSteps();
  }

  /** {@return the epoch whose numbers it has at its end, if its recipe keeps the best} */
  public OptionalInt bestEpoch() {
    return session.bestEpoch();
  }

  /** {@return how many examples a step is of; the last of an epoch may have fewer} */
  public int batchSize() {
    return config.recipe().batchSize();
  }

  /** {@return how long it will be} */
  public Course course() {
    return session.course();
  }

  /**
   * Trains to the end, or until it is stopped.
   *
   * @param listener who is told of steps and epochs
   * @param control who may pause and stop it
   * @param saveEvery how long to go on within an epoch before the next checkpoint
   * @return whether it is the end
   * @throws DivergedException if numbers become infinite or NaN; the last checkpoint before is kept
   * @throws UserException as {@link #begin}, which is called if it was not
   */
  public boolean train(TrainingListener listener, TrainingControl control, Duration saveEvery) {
    return train(listener, control, Saving.every(saveEvery));
  }

  /**
   * Trains to the end, or until it is stopped.
   *
   * @param listener who is told of steps and epochs
   * @param control who may pause and stop it
   * @param newSaving what is kept of it
   * @return whether it is the end
   * @throws DivergedException if numbers become infinite or NaN; the last checkpoint before is kept
   * @throws UserException as {@link #begin}, which is called if it was not
   */
  public boolean train(TrainingListener listener, TrainingControl control, Saving newSaving) {
    Objects.requireNonNull(newSaving, "newSaving");
    saving = newSaving;
    begin();
    try (RunLock _ = lock) {
      lock = null;
      folder.writeMetrics(log.lines()); // what a stopped process has written further comes again
      copy();
      TrainingListener hearing = recording(listener);
      if (saving.tensorboard()) {
        try (RunEvents events = RunEvents.begin(folder.tensorboard(), session, model, hearing)) {
          if (session.step() == 0) {
            events.images(data.train(), config.recipe());
          }
          run(events, control);
        }
      } else {
        run(hearing, control);
      }
      save();
      return session.isOver();
    } catch (DivergedException e) {
      folder.addMetrics(RunLog.diverged(session.step(), e.getMessage()));
      throw e;
    }
  }

  /** A listener that also records how numbers are spread, if that is wanted or was begun. */
  private TrainingListener recording(TrainingListener listener) {
    return RunSpreads.of(folder.spreadsFile(), saving.spreads(), session.step())
        .map(spreads ->
            spreads.listening(model, config.recipe(), data.train(), compute, watcher, listener))
        .orElse(listener);
  }

  private void run(TrainingListener listener, TrainingControl control) {
    session.run(
        data.validation(),
        new SavingListener(listener, log, folder, new Keeper(), saving.every()),
        control);
  }

  private final class Keeper implements SavingListener.Keeper {
    /** At the end the best numbers may still have to take their place. */
    @Override
    public void save() {
      if (!session.isOver()) {
        Run.this.save();
      }
    }

    @Override
    public void keep(int epoch) {
      if (saving.epochs() > 0) {
        folder.keepEpoch(epoch, saving.epochs(), session.state(), config, session.course());
      }
    }
  }

  /** Metrics first: lines after the checkpoint's step are forgotten when the run goes on. */
  private void save() {
    TrainingState state = session.state();
    folder.settleMetrics();
    folder.writeCheckpoint(state, config, session.course(), endedEarly());
    copy();
  }

  private void copy() {
    saving.copy().ifPresent(place -> place.take(folder));
  }

  /**
   * Evaluates on the test data and writes report and result.
   *
   * @param duration how long the training took
   * @return the run's figures
   * @throws IllegalStateException if it knows no test data
   */
  public Outcome finish(Duration duration) {
    Dataset judges =
        test.orElseThrow(() -> new IllegalStateException("This run knows no test data"));
    Judgement judgement =
        Judging.of(model, config.recipe().loss(), judges, config.recipe().normalisation(), compute);
    if (saving.tensorboard()) {
      try (RunEvents events =
          RunEvents.begin(folder.tensorboard(), session, model, TrainingListener.SILENT)) {
        events.test(judgement);
      }
    }
    Outcome outcome =
        new Outcome(
            judgement,
            model.parameters().hash(),
            session.step(),
            RunReports.imagesPerSecond(log.epochs()),
            Untaught.of(data.train()).classes(),
            folder.report());
    folder.writeResult(outcome.toJson());
    RunReports.write(
        folder, config, data, judges, compute, log, classNames(), outcome, ending(), duration);
    copy();
    return outcome;
  }
}
