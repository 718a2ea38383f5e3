package dev.vitrine.cluster;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.lab.Study;
import dev.vitrine.lab.StudyRun;
import dev.vitrine.lab.spec.SpecReader;
import dev.vitrine.lab.trial.NamedTrainings;
import dev.vitrine.lab.trial.StudyListener;
import dev.vitrine.plan.Compute;
import dev.vitrine.settings.TrainSettings;
import dev.vitrine.train.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** A driver to be killed: says when its executors are at work, and would work for hours. */
final class LostDriver {
  static final String AT_WORK = "at work";

  private static final String YAML =
      """
      name: long
      settings: {model: mlp, train-images: 600, test-images: 30, batch: 4, epochs: 1000000}
      vary:
        - {name: lr, values: [0.001, 0.002]}
      """;

  private LostDriver() {}

  /** Trains, or runs a study in the folder that it is given. */
  public static void main(String... folder) throws IOException {
    try (JavaSparkContext context = Executors.with("local-cluster[2,1,1024]", Map.of())) {
      if (folder.length == 0) {
        train(context);
      } else {
        study(context, Path.of(folder[0]));
      }
    }
  }

  private static void train(JavaSparkContext context) {
    try (Compute compute = Compute.of(1);
        SparkTeam team = SparkTeam.of(context)) {
      new Trainings(compute, "mlp", 2, 1_000_000).by(team, LostDriver::say);
    }
  }

  private static void say(long step) {
    if (step == 20) {
      System.out.println(AT_WORK);
    }
  }

  private static void study(JavaSparkContext context, Path folder) throws IOException {
    Study study =
        Study.of(
            folder,
            new SpecReader(TrainSettings.names()).parse(YAML, "long.yaml", false),
            new NamedTrainings(
                DataFolders.ofSystem(Optional.empty()),
                Downloader.reportingTo(DownloadProgress.NONE)));
    StudyListener saying =
        new StudyListener() {
          @Override
          public void step(String trial, Progress progress, long totalSteps) {
            say(progress.step() > 20 ? 20 : 0);
          }
        };
    try (SparkTrials team = SparkTrials.of(context);
        StudyRun run =
            StudyRun.begin(
                study,
                StudyRun.Options.usual().jobs("jobs", team.room()),
                saying,
                Optional.of(team))) {
      run.run();
    }
  }
}
