package dev.vitrine.lab;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.lab.spec.SpecReader;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.lab.trial.NamedTrainings;
import dev.vitrine.lab.trial.StudyListener;
import dev.vitrine.lab.trial.Trainings;
import dev.vitrine.settings.TrainSettings;
import java.nio.file.Path;
import java.util.Optional;

/** Studies of trainings that take a moment. */
final class TinyStudies {
  static final Trainings TRAININGS =
      new NamedTrainings(
          DataFolders.ofSystem(Optional.empty()), Downloader.reportingTo(DownloadProgress.NONE));

  /** Two arms of two points each, two seeds; the second arm's larger rate diverges. */
  static final String YAML =
      """
      name: tiny
      settings:
        model: mlp
        train-images: 120
        test-images: 30
        batch: 20
        epochs: 2
        validation: 0.25
        schedule: constant
      arms:
        sgd: {optimizer: sgd}
        adam: {optimizer: adam}
      vary:
        - {name: lr, values: [0.05, 0.2], when: {arm: sgd}}
        - {name: lr, values: [0.001, 0.01], when: {arm: adam}}
      seeds: 2
      """;

  private TinyStudies() {}

  static StudySpec spec(String yaml) {
    return new SpecReader(TrainSettings.names()).parse(yaml, "tiny.yaml", false);
  }

  static Study study(Path folder, String yaml) {
    return Study.of(folder, spec(yaml), TRAININGS);
  }

  static StudyRun.Options options(int jobs) {
    return new StudyRun.Options(
        jobs, jobs, Runtime.getRuntime().maxMemory(), Optional.empty(), false);
  }

  static StudyResult run(Path folder, String yaml, int jobs) {
    return run(study(folder, yaml), options(jobs), StudyListener.SILENT);
  }

  static StudyResult run(Study study, StudyRun.Options options, StudyListener listener) {
    try (StudyRun run = StudyRun.begin(study, options, listener)) {
      return run.run();
    }
  }
}
