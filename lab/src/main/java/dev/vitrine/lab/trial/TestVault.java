package dev.vitrine.lab.trial;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.journal.Confusion;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.KnownTests;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunImages;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.run.TuningData;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The only way to a study's test examples. It opens for networks that were chosen, one evaluation
 * at a time, and each is written down before it is made, so that none is ever uncounted.
 */
public final class TestVault {
  private final Trainings trainings;
  private final Log log;
  private final MisreadPictures pictures;
  private List<Object> loadedFor = List.of();
  private Dataset loaded;

  /**
   * A closed vault.
   *
   * @param trainings where the data are
   * @param log of what happens
   * @param pictures where pictures of what was misread are kept
   */
  public TestVault(Trainings trainings, Log log, MisreadPictures pictures) {
    this.trainings = trainings;
    this.log = log;
    this.pictures = pictures;
  }

  /**
   * Judges a network by the test data, and adds to the journal that they were read, and what they
   * said. At the end of a trial pictures of what it misread most often are kept, so that nobody has
   * to read the data again to see them.
   *
   * @param trial a trial of a point that was chosen
   * @param checkpoint its run folder, or a checkpoint that was kept
   * @param epoch of that checkpoint; empty for the end
   * @param config what the run computed
   * @param reason in words
   * @param compute what it runs on; it stays the caller's
   * @throws UserException if the data cannot be had
   * @throws IllegalStateException if the trial's point is no arm's choice
   */
  public void judge(
      Trial trial,
      Path checkpoint,
      Optional<Integer> epoch,
      RunConfig config,
      String reason,
      Compute compute) {
    if (!log.record().isChosen(trial.point().id())) {
      throw new IllegalStateException("The test data are not for what is still being chosen");
    }
    String id = trial.id();
    TrainedNetwork network = TrainedNetwork.open(checkpoint, Optional.empty());
    log.add(new Event.TestRead(log.record().testReads() + 1, id, epoch, reason));
    Dataset test = RunImages.prepareTest(config, whole(config));
    Reading said = Reading.of(network, test, compute);
    if (epoch.isEmpty() && test.hasPictures()) {
      for (Confusion.Cell cell : said.confusion().map(MisreadPictures::shown).orElse(List.of())) {
        pictures.keep(id, cell.worst(), test.picture(cell.worst()));
      }
    }
    log.add(
        new Event.Tested(
            id, epoch, said.loss(), said.accuracy(), said.examples(), said.confusion(), said.r2()));
  }

  /** Drawn digits are all different. */
  private void noteCopies(RunConfig config) {
    String name = config.data().name();
    if (!name.equals(Digits.NAME)) {
      TuningData seen = RunImages.prepare(config, TuningData.load(trainings.data(config)));
      KnownTests known = KnownTests.of(seen, RunImages.prepareTest(config, loaded));
      Event.Copies copies = new Event.Copies(name, known.copies(), known.all());
      if (known.copies() > 0 && !log.record().copies().contains(copies)) {
        log.add(copies);
      }
    }
  }

  private Dataset whole(RunConfig config) {
    List<Object> key = SharedData.key(config);
    if (!key.equals(loadedFor)) {
      loaded = trainings.data(config).loadTest();
      loadedFor = key;
      noteCopies(config);
    }
    return loaded;
  }
}
