package dev.vitrine.lab.store;

import dev.vitrine.data.DataSplits;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.run.Run;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunImages;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.TrainConfig;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Runs of a moment. */
public final class TinyRuns {
  private TinyRuns() {}

  /** Trains a run to its end. */
  public static Path train(Path folder, Map<String, String> settings) {
    try (Compute compute = Compute.of(1)) {
      Run run = begun(folder, settings, compute);
      run.train(TrainingListener.SILENT, new TrainingControl(), Duration.ofDays(1));
      run.finish(Duration.ofSeconds(1));
      return folder;
    }
  }

  static Run begun(Path folder, Map<String, String> settings, Compute compute) {
    Map<String, String> all = new HashMap<>(Map.of("model", "mlp", "epochs", "1", "batch", "20"));
    all.putAll(settings);
    RunConfig asked = TrainConfig.of("vitrine train", GivenSettings.of(all));
    DataSplits data = RunImages.prepare(asked, new Digits(Seed.of(1), 120, 30).load());
    return Run.start(folder, asked.fitted(data), data, compute);
  }
}
