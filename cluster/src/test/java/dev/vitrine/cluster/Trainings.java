package dev.vitrine.cluster;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.DataSplits;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.NamedData;
import dev.vitrine.settings.TrainConfig;
import dev.vitrine.settings.TrainingData;
import dev.vitrine.train.DatasetBatches;
import dev.vitrine.train.GradientSource;
import dev.vitrine.train.TrainingSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small trainings on drawn digits, here and by a team. */
final class Trainings {
  private final TrainingData data;
  private final Compute compute;

  Trainings(Compute compute, String model, int shards, int steps) {
    this(compute, model, shards, steps, Map.of());
  }

  /** With settings beside. */
  Trainings(Compute compute, String model, int shards, int steps, Map<String, String> beside) {
    this.compute = compute;
    Map<String, String> settings = new HashMap<>();
    settings.put("model", model);
    settings.put("train-images", "700");
    settings.put("test-images", "20");
    settings.put("validation", "0");
    settings.put("shards", Integer.toString(shards));
    settings.put("steps", Integer.toString(steps));
    settings.putAll(beside);
    RunConfig asked = TrainConfig.of("", GivenSettings.of(settings));
    DataSource source =
        NamedData.find(
            asked,
            DataFolders.ofSystem(Optional.empty()),
            Downloader.reportingTo(DownloadProgress.NONE));
    data = TrainingData.start(asked, source, compute, new TrainingData.Watcher() {});
  }

  RunConfig config() {
    return data.config();
  }

  DataSplits splits() {
    return data.splits();
  }

  /** The hash of the parameters after all steps, computed here. */
  String here() {
    Model model = data.config().newModel();
    return trained(
        model, GradientSource.ofSteps(model, data.config().recipe(), compute), step -> {});
  }

  /** The same by a team. */
  String by(SparkTeam team) {
    return by(team, step -> {});
  }

  /** The same, with something that happens before each step. */
  String by(SparkTeam team, java.util.function.LongConsumer before) {
    Model model = data.config().newModel();
    GradientSource gradients =
        GradientSource.ofSteps(
            model, data.config().recipe(), team.join(data.config(), model), compute);
    return trained(model, gradients, before);
  }

  private String trained(
      Model model, GradientSource gradients, java.util.function.LongConsumer before) {
    TrainingSession session =
        new TrainingSession(
            data.config().recipe(),
            DatasetBatches.of(data.splits().train(), data.config().recipe(), model),
            gradients,
            compute);
    while (session.step() < session.course().totalSteps()) {
      before.accept(session.step());
      session.advance();
    }
    return model.parameters().hash() + List.of(session.progress());
  }
}
