package dev.vitrine.web.live;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.error.UserException;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.Heap;
import dev.vitrine.run.Run;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.RunPlace;
import dev.vitrine.settings.Commands;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.NamedData;
import dev.vitrine.settings.TrainConfig;
import dev.vitrine.settings.TrainingData;
import dev.vitrine.train.DivergedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Trainings one after another, each on all processors: what the command line does with the same
 * settings, to the bit. All methods may be called from any thread.
 */
public final class TrainingQueue implements AutoCloseable {
  /** Of each training's numbers within, so many records are kept an epoch or so. */
  private static final int SPREADS_EVERY = 100;

  private final Path runs;
  private final Optional<Path> dataFolder;
  private final Compute compute;
  private final Consumer<List<TrainingNews>> told;
  private final Witness witness;
  private final WorkQueue queue;
  private final List<Training> trainings = new CopyOnWriteArrayList<>();

  /**
   * No trainings yet.
   *
   * @param queue whose turn they await
   * @param runs the folder that new runs' folders are made in
   * @param dataFolder where data are looked for first
   * @param compute what trainings run on; it stays the caller's
   * @param told hears how all of them stand whenever one has changed, on that one's thread
   * @param witness hears what went wrong
   */
  public TrainingQueue(
      WorkQueue queue,
      Path runs,
      Optional<Path> dataFolder,
      Compute compute,
      Consumer<List<TrainingNews>> told,
      Witness witness) {
    this.queue = queue;
    this.runs = runs;
    this.dataFolder = dataFolder;
    this.compute = compute;
    this.told = told;
    this.witness = witness;
  }

  /** {@return how each stands, the oldest first} */
  public List<TrainingNews> news() {
    return trainings.stream().map(Training::status).toList();
  }

  /**
   * Adds a new training, checked as far as it can be without its data.
   *
   * @param settings what it is told, by the names that the command line has
   * @return its number
   * @throws UserException if a setting is wrong, or too many wait
   */
  public int start(Map<String, String> settings) {
    GivenSettings given = GivenSettings.of(settings);
    RunConfig asked = TrainConfig.of(Commands.train(given), given, folders());
    String name =
        "%s-%s".formatted(asked.network().spec().name(), NamedData.shortName(asked.data().name()));
    return add(
        asked,
        asked.command(),
        training -> {
          DataSource source = find(asked);
          TrainingData data =
              TrainingData.start(asked, source, compute, new TrainingData.Watcher() {});
          training.train(
              Run.start(
                  RunPlace.numbered(runs.resolve(name)), data.config(), data.splits(), compute),
              SPREADS_EVERY);
        });
  }

  /**
   * Adds a run that was stopped, to go on to the end that it would have had.
   *
   * @param folder the run's
   * @return its number
   * @throws UserException if it is damaged, or too many wait
   */
  public int resume(Path folder) {
    RunFolder run = RunFolder.open(folder);
    RunConfig config = run.config();
    String command = Commands.resuming(folder);
    run.requireIdle();
    if (trainings.stream().map(Training::status).anyMatch(each -> waits(each, command))) {
      throw new UserException("%s waits in the queue already".formatted(folder));
    }
    return add(
        config,
        command,
        training -> {
          run.requireIdle();
          TrainingData data =
              TrainingData.again(config, find(config), compute, new TrainingData.Watcher() {});
          training.train(Run.resume(run, data.splits(), compute), 0);
        });
  }

  private static boolean waits(TrainingNews training, String command) {
    return !training.phase().isOver() && training.command().equals(command);
  }

  /**
   * {@return one that was added}
   *
   * @param number its number
   * @throws UserException if there is none
   */
  private Training training(int number) {
    return trainings.stream()
        .filter(training -> training.number() == number)
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                "There is no training %s here: the page was started again since"
                    .formatted(number)));
  }

  /**
   * {@return what is seen of the numbers within its network}
   *
   * @param number its number
   * @throws UserException if there is no such training
   */
  public Within within(int number) {
    return training(number).within();
  }

  /**
   * Lets it wait after the step that it is in.
   *
   * @param number its number
   */
  public void pause(int number) {
    training(number).pause();
  }

  /**
   * Ends a pause.
   *
   * @param number its number
   */
  public void goOn(int number) {
    training(number).resume();
  }

  /**
   * Ends it with a checkpoint to go on from.
   *
   * @param number its number
   */
  public void stop(int number) {
    training(number).stop();
    queue.changed();
  }

  /** Stops what runs, with a checkpoint, and forgets what waits. */
  @Override
  public void close() {
    trainings.forEach(Training::stop);
  }

  private synchronized int add(RunConfig config, String command, Consumer<Training> work) {
    queue.requireRoom();
    String title =
        "%s on %s"
            .formatted(config.network().spec().title(), DataFolders.title(config.data().name()));
    Training training =
        new Training(trainings.size() + 1, title, command, () -> told.accept(news()));
    trainings.add(training);
    told.accept(news());
    queue.add(
        new WorkQueue.Work(
            "training",
            training.number(),
            title,
            () -> training.status().phase().isOver(),
            () -> run(training, work),
            training::stop));
    return training.number();
  }

  private void run(Training training, Consumer<Training> work) {
    if (training.isStopped()) {
      return;
    }
    try {
      training.busy(TrainingNews.Phase.LOADING);
      work.accept(training);
    } catch (UserException | DivergedException wrong) {
      training.fail(wrong.getMessage());
      witness.note(
          "The training of %s: %s".formatted(training.status().title(), wrong.getMessage()));
    } catch (OutOfMemoryError none) {
      training.fail("The memory does not suffice for this training: choose a smaller batch");
    } catch (RuntimeException | Error fault) {
      witness.fault(fault);
      training.fail("That is a fault of Vitrine's: " + fault);
    } finally {
      Heap.sweep();
    }
  }

  private DataFolders folders() {
    return DataFolders.ofSystem(dataFolder);
  }

  private DataSource find(RunConfig config) {
    return NamedData.find(config, folders(), Downloader.reportingTo(DownloadProgress.NONE));
  }
}
