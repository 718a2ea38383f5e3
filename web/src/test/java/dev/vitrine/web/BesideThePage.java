package dev.vitrine.web;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.Outcome;
import dev.vitrine.run.Run;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.Saving;
import dev.vitrine.settings.Commands;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.NamedData;
import dev.vitrine.settings.TrainConfig;
import dev.vitrine.settings.TrainingData;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import dev.vitrine.web.http.PageServer;
import dev.vitrine.web.live.Witness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains as the command line does, by the classes that it uses, for tests to compare with; and
 * opens the page for them.
 */
public final class BesideThePage {
  /** A training that takes a moment. */
  public static final Map<String, String> BRIEF =
      Map.of(
          "model",
          "mlp-5",
          "data",
          "digits",
          "train-images",
          "100",
          "test-images",
          "50",
          "epochs",
          "1");

  private BesideThePage() {}

  /**
   * A page at a free port of this machine.
   *
   * @param folder whose runs it finds; its own go into {@code runs} there
   */
  static LabPage page(Path folder, Compute compute, Witness witness) {
    return LabPage.open(
        new PageServer.Place("127.0.0.1", 0, List.of(), "", Optional.empty()),
        new LabPage.Subjects(List.of(folder), folder.resolve("runs"), Optional.empty()),
        compute,
        witness);
  }

  /**
   * Trains and tells how it ended.
   *
   * @param settings by name
   * @param place the run's folder
   */
  public static Outcome train(Map<String, String> settings, Path place, Compute compute) {
    GivenSettings given = GivenSettings.of(settings);
    RunConfig asked = TrainConfig.of(Commands.train(given), given);
    TrainingData data =
        TrainingData.start(
            asked,
            NamedData.find(
                asked,
                DataFolders.ofSystem(Optional.empty()),
                Downloader.reportingTo(DownloadProgress.NONE)),
            compute,
            new TrainingData.Watcher() {});
    Run run = Run.start(place, data.config(), data.splits(), compute);
    run.train(TrainingListener.SILENT, new TrainingControl(), Saving.every(Duration.ofMinutes(1)));
    return run.finish(Duration.ofSeconds(1));
  }
}
