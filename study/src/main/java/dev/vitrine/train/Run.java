package dev.vitrine.train;

import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.inspect.Evaluation;
import dev.vitrine.nn.Model;
import dev.vitrine.random.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A training that keeps itself in a folder: it saves a checkpoint after every epoch, every minute,
 * and when it is stopped, and leaves a report.
 */
public final class Run {
  private static final long SAVE_NANOS = 60_000_000_000L;

  private final RunConfig config;
  private final DataSplits data;
  private final Compute compute;
  private final Model model;
  private final TrainingSession session;
  private final RunLog log;
  private final Path path;
  private RunFolder folder;

  private Run(RunConfig config, DataSplits data, Compute compute, Path path, RunFolder folder) {
    this.config = config;
    this.data = data;
    this.compute = compute;
    this.path = path;
    this.folder = folder;
    model = config.newModel();
    session = new TrainingSession(model, config.recipe(), data.train(), compute);
    if (folder == null) {
      log = new RunLog();
    } else {
      List<String> memory = config.recipe().optimizer().state();
      TrainingState state = Checkpoint.read(folder.checkpoint(), model, memory);
      session.restore(state);
      log = RunLog.resume(folder.metrics(), state.progress().step());
    }
  }

  /**
   * A new run. Its folder is made when training begins, so that an error before leaves nothing.
   *
   * @param data with validation data or without
   * @throws dev.vitrine.error.UserException if the folder exists, or data and network do not fit
   */
  public static Run start(Path path, RunConfig config, DataSplits data, Compute compute) {
    RunFolder.refuseExisting(path);
    return new Run(config, data, compute, path, null);
  }

  /**
   * A run that goes on from its newest checkpoint.
   *
   * @throws dev.vitrine.error.UserException if there is none, or it is damaged
   */
  public static Run resume(RunFolder folder, DataSplits data, Compute compute) {
    return new Run(folder.config(), data, compute, folder.path(), folder);
  }

  /** The data of a run's configuration, its validation part held out. */
  public static DataSplits holdOut(RunConfig config, DataSplits data) {
    return config.validation() == 0
        ? data
        : data.holdOut(config.validation(), Seed.of(config.seed()));
  }

  /** The run's folder. */
  public Path path() {
    return path;
  }

  /** The names of the data's classes. */
  public List<String> classNames() {
    return data.train().classNames();
  }

  /** How far it is, and how long it will be. */
  public TrainingSession session() {
    return session;
  }

  /**
   * Trains to the end, or until the listener wants to stop.
   *
   * @return whether it is the end
   */
  public boolean train(TrainingListener listener) {
    if (folder == null) {
      folder = RunFolder.create(path, config);
      save();
    }
    Trainer trainer =
        new Trainer(
            model,
            config.recipe(),
            compute.workers().size(),
            data.validation(),
            new Saver(listener));
    trainer.run(session, compute);
    save();
    return session.step() >= session.totalSteps();
  }

  private void save() {
    folder.writeMetrics(log.lines());
    folder.writeCheckpoint(
        session.state(), Map.of("vitrine", "checkpoint 1", "model", config.model()));
  }

  /** Evaluates on the test data and writes report and result. */
  public Outcome finish(Duration duration) {
    Dataset test = data.test();
    Evaluation evaluation =
        new Evaluator(model, test, config.recipe().normalisation(), compute).evaluate(24);
    Outcome outcome =
        new Outcome(
            evaluation,
            model.parameters().hash(),
            session.step(),
            RunReports.imagesPerSecond(log.epochs()),
            folder.report());
    folder.writeResult(outcome.toJson());
    RunReports.write(folder, config, data, compute, log, outcome, duration);
    return outcome;
  }

  /** Tells the listener, and saves. */
  private final class Saver implements TrainingListener {
    private final TrainingListener next;
    private long saved = System.nanoTime();

    Saver(TrainingListener next) {
      this.next = next;
    }

    @Override
    public void step(TrainingSession current, double loss) {
      log.step(current.step(), loss);
      next.step(current, loss);
      if (System.nanoTime() - saved > SAVE_NANOS) {
        save();
        saved = System.nanoTime();
      }
    }

    @Override
    public void epoch(TrainingSession current, EpochSummary summary) {
      log.epoch(current.step(), summary);
      next.epoch(current, summary);
      save();
      saved = System.nanoTime();
    }

    @Override
    public boolean wantsToStop() {
      return next.wantsToStop();
    }
  }
}
