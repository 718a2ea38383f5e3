package dev.vitrine.lab.trial;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunData;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a study's data are, for a process that stands in another folder.
 *
 * @param home the folder in which the study was asked for
 * @param folder where data are looked for first; empty for nowhere
 */
public record DataPlace(String home, String folder) implements Serializable {
  /** Different data that a process keeps, for trials that come one after another. */
  private static final int KEPT = 4;

  private static DataPlace place;
  private static SharedData data;

  static DataPlace of(Trainings trainings) {
    return new DataPlace(
        Path.of("").toAbsolutePath().toString(),
        trainings.folder().map(Path::toAbsolutePath).map(Path::toString).orElse(""));
  }

  /** The data of this process, each read once. */
  SharedData shared() {
    synchronized (DataPlace.class) {
      if (!equals(place)) {
        place = this;
        data = new SharedData(new Here(this), KEPT);
      }
      return data;
    }
  }

  private record Here(DataPlace place, NamedTrainings named) implements Trainings {
    Here(DataPlace place) {
      this(
          place,
          new NamedTrainings(
              DataFolders.ofSystem(place.first()), Downloader.reportingTo(DownloadProgress.NONE)));
    }

    @Override
    public RunConfig config(Map<String, String> settings) {
      return named.config(settings);
    }

    @Override
    public DataSource data(RunConfig config) {
      RunData said = config.data();
      Path known = Path.of(place.home()).resolve(said.name());
      return named.data(
          config.with(
              said.movedTo(
                  Files.exists(known) ? known.toString() : said.name(),
                  said.folder().map(first -> Path.of(place.home()).resolve(first).toString()))));
    }
  }

  private Optional<Path> first() {
    return folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder));
  }
}
