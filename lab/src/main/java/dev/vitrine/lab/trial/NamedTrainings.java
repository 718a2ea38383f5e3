package dev.vitrine.lab.trial;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.Downloader;
import dev.vitrine.run.RunConfig;
import dev.vitrine.settings.Commands;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.NamedData;
import dev.vitrine.settings.Setting;
import dev.vitrine.settings.TrainConfig;
import dev.vitrine.settings.TrainSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settings as a training is told them, and data by their names.
 *
 * @param folders where data are looked for
 * @param downloader brings what is on no disk yet
 */
public record NamedTrainings(DataFolders folders, Downloader downloader) implements Trainings {
  @Override
  public RunConfig config(Map<String, String> settings) {
    GivenSettings given = GivenSettings.of(settings);
    RunConfig checked = TrainConfig.of("", given, folders);
    String command = Commands.train(GivenSettings.of(written(settings)));
    return new RunConfig(command, checked.network(), checked.data(), checked.recipe());
  }

  /** With the standard values written out, which another version may have changed. */
  private static Map<String, String> written(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Setting setting : TrainSettings.all()) {
      boolean drawn = settings.containsKey("init-from") && setting.name().equals("init");
      Optional<String> standard = drawn ? Optional.empty() : setting.standard();
      Optional.ofNullable(settings.get(setting.name()))
          .or(() -> standard)
          .ifPresent(value -> all.put(setting.name(), value));
    }
    return all;
  }

  @Override
  public DataSource data(RunConfig config) {
    Optional<Path> own = config.data().folder().map(Path::of);
    DataFolders places = own.isEmpty() ? folders : DataFolders.ofSystem(own);
    return NamedData.find(config, places, downloader);
  }

  @Override
  public Optional<Path> folder() {
    return folders.chosen();
  }
}
