package dev.vitrine.cluster;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.format.Json;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.TuningData;
import dev.vitrine.settings.NamedData;
import dev.vitrine.settings.TrainingData;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The data of a run on an executor: read once a process, whoever of its members wants them. */
final class MemberData {
  private static final Map<String, SoftReference<Dataset>> READ = new HashMap<>();

  private MemberData() {}

  static RunConfig config(String json) {
    return RunConfig.of(Json.parse(json, "the run's configuration"));
  }

  /**
   * What a run learns from.
   *
   * @throws dev.vitrine.error.UserException if it is not here, or not the same as at the driver
   */
  static synchronized Dataset of(Assignment assignment, Compute compute) {
    String json = assignment.config();
    if (assignment.rows() != null) {
      return TrainingRows.of(assignment.rows().value()).tuning(config(json)).train();
    }
    SoftReference<Dataset> read = READ.get(json);
    Dataset known = read == null ? null : read.get();
    if (known != null) {
      return known;
    }
    RunConfig config = config(json);
    Optional<Path> folder = config.data().folder().map(Path::of);
    DataSource source =
        NamedData.find(
            config, DataFolders.ofSystem(folder), Downloader.reportingTo(DownloadProgress.NONE));
    TuningData data =
        TuningData.of(
            TrainingData.again(config, source, compute, new TrainingData.Watcher() {}).splits());
    config.data().found().requireSame(data);
    READ.clear(); // one run at a time, as a rule
    READ.put(json, new SoftReference<>(data.train()));
    return data.train();
  }
}
