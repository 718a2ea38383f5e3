package dev.vitrine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.lab.Study;
import dev.vitrine.lab.StudyRun;
import dev.vitrine.lab.spec.SpecReader;
import dev.vitrine.lab.trial.NamedTrainings;
import dev.vitrine.lab.trial.StudyListener;
import dev.vitrine.lab.trial.Trainings;
import dev.vitrine.lab.trial.TrialTeam;
import dev.vitrine.settings.TrainSettings;
import dev.vitrine.train.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trials on two executors, each a JVM of its own, on this machine. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ClusterStudyTest {
  private static final Trainings TRAININGS =
      new NamedTrainings(
          DataFolders.ofSystem(Optional.empty()), Downloader.reportingTo(DownloadProgress.NONE));

  /** The last rate diverges. */
  private static final String YAML =
      """
      name: tiny
      settings:
        model: mlp
        train-images: 600
        test-images: 30
        batch: 4
        epochs: 4
        validation: 0.1
        schedule: constant
        optimizer: sgd
      vary:
        - {name: lr, values: [0.01, 0.1, 1.0e30]}
      seeds: 2
      """;

  private static JavaSparkContext context;

  @BeforeAll
  static void start() {
    context = Executors.speculating("local-cluster[2,1,1024]");
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  /** The bytes of a small study's results, with a trial that diverges. */
  static byte[] study(Path folder, int jobs, Optional<TrialTeam> team) throws IOException {
    return study(folder, jobs, StudyListener.SILENT, team);
  }

  private static byte[] study(
      Path folder, int jobs, StudyListener listener, Optional<TrialTeam> team) throws IOException {
    Study study =
        Study.of(
            folder,
            new SpecReader(TrainSettings.names()).parse(YAML, "tiny.yaml", false),
            TRAININGS);
    StudyRun.Options options = StudyRun.Options.usual().jobs("jobs", jobs);
    try (StudyRun run = StudyRun.begin(study, options, listener, team)) {
      run.run();
    }
    return Files.readAllBytes(folder.resolve("results.json"));
  }

  @Test
  void aKilledExecutorCostsTimeAlone(@TempDir Path folder) throws IOException {
    List<String> notes = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean killed = new AtomicBoolean();
    StudyListener killing =
        new StudyListener() {
          @Override
          public void step(String trial, Progress progress, long totalSteps) {
            if (progress.step() > 20 && !killed.getAndSet(true)) {
              Executors.killOne();
            }
          }
        };
    byte[] far;
    try (SparkTrials team = SparkTrials.of(context, notes::add)) {
      assertThat(team.room()).isEqualTo(2);
      far = study(folder.resolve("far"), team.room(), killing, Optional.of(team));
    }
    assertThat(killed).isTrue();
    assertThat(notes)
        .anyMatch(note -> note.matches("trial .* is trained anew on another executor"));
    assertThat(far).isEqualTo(study(folder.resolve("near"), 1, Optional.empty()));
    assertThat(new String(far, StandardCharsets.UTF_8)).contains("\"diverged\"");
  }
}
