package dev.vitrine.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.lab.Study;
import dev.vitrine.lab.StudyResult;
import dev.vitrine.lab.StudyRun;
import dev.vitrine.lab.spec.SpecReader;
import dev.vitrine.run.RunConfig;
import dev.vitrine.settings.TrainSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  private static final Trainings TRAININGS =
      new NamedTrainings(
          DataFolders.ofSystem(Optional.empty()), Downloader.reportingTo(DownloadProgress.NONE));

  @TempDir private Path box;

  private static RunConfig config(String model, int images) {
    return TRAININGS.config(
        Map.of("model", model, "train-images", Integer.toString(images), "test-images", "10"));
  }

  @Test
  void thereAreAsManyTrialsAtOnceAsMemoryHasRoomFor() {
    List<RunConfig> small = List.of(config("mlp", 100));
    assertThat(Capacity.jobs(64, small, TRAININGS, 1L << 40)).isEqualTo(64);
    int some = Capacity.jobs(1000, small, TRAININGS, 64 << 20);
    assertThat(some).isBetween(2, 200);
    int fewer =
        Capacity.jobs(1000, List.of(config("mlp", 100), config("lenet", 100)), TRAININGS, 64 << 20);
    assertThat(fewer).isBetween(1, some - 1);
    // data are shared, so they count once
    int large = Capacity.jobs(1000, List.of(config("mlp", 20_000)), TRAININGS, 80 << 20);
    assertThat(large).isGreaterThan(some / 2);
  }

  /** A second is over long before so many steps are done. */
  @Test
  void aTrialOfWhichTheTimeIsOverIsARowAndGoesOnWhenItIsTriedAgain() {
    String yaml =
        """
        name: long
        settings: {model: mlp, train-images: 50, test-images: 10, epochs: 100000, batch: 10}
        seeds: 1
        trial-budget: 1s
        """;
    Study study =
        Study.of(
            box.resolve("long"),
            new SpecReader(TrainSettings.names()).parse(yaml, "long", false),
            TRAININGS);
    StudyResult first = run(study, false);
    StudyResult.TrialResult trial = first.arms().getFirst().points().getFirst().trials().getFirst();
    assertThat(trial.state()).isEqualTo(StudyResult.State.FAILED);
    assertThat(trial.cause().orElseThrow())
        .matches("stopped in epoch \\d+ of 100000, when its time was over");
    assertThat(first.missing()).anyMatch(text -> text.startsWith("no point of long has a result"));
    int epochs = study.curves(trial.id()).epochs().size();
    StudyResult again = run(Study.open(box.resolve("long"), TRAININGS), true);
    StudyResult.TrialResult later = again.arms().getFirst().points().getFirst().trials().getFirst();
    assertThat(later.seconds()).isGreaterThan(trial.seconds() + 0.9);
    assertThat(study.curves(trial.id()).epochs().size()).isGreaterThan(epochs);
  }

  private static StudyResult run(Study study, boolean retry) {
    StudyRun.Options options = new StudyRun.Options(1, 1, 1L << 40, Optional.empty(), retry);
    try (StudyRun run = StudyRun.begin(study, options, StudyListener.SILENT)) {
      return run.run();
    }
  }
}
