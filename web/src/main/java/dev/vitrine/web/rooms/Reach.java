package dev.vitrine.web.rooms;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataSource;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.trial.Trainings;
import dev.vitrine.run.RunConfig;
import dev.vitrine.settings.NamedData;
import dev.vitrine.settings.Setting;
import dev.vitrine.settings.TrainSettings;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which files a browser may name: those in the folders that the page is about. Whoever else can ask
 * the page, such as another user of this machine, reads no file by it that its owner did not put
 * there.
 *
 * @param folders absolute
 */
public record Reach(List<Path> folders) {
  private static final String MODEL = "model";
  private static final String DATA = "data";

  /** Makes the folders absolute, and keeps none that lies in another. */
  public Reach {
    List<Path> all =
        folders.stream().map(each -> each.toAbsolutePath().normalize()).distinct().toList();
    folders = all.stream().filter(each -> all.stream().noneMatch(o -> isIn(each, o))).toList();
  }

  private static boolean isIn(Path folder, Path other) {
    return !folder.equals(other) && folder.startsWith(other);
  }

  /**
   * {@return the folders below which runs are looked for, and those of data}
   *
   * @param runs the folders of runs
   * @param data where data are looked for
   */
  public static Reach of(List<Path> runs, DataFolders data) {
    Stream<Path> places =
        Stream.of(data.chosen(), data.environment(), Optional.of(data.cache()))
            .flatMap(Optional::stream);
    return new Reach(Stream.concat(runs.stream(), places).toList());
  }

  /**
   * Refuses settings that name a file elsewhere.
   *
   * @param settings what a training is told, by name
   * @throws UserException if one does
   */
  void require(Map<String, String> settings) {
    settings.forEach((name, value) -> {
      if (isPlace(name, value) && !isWithin(value)) {
        throw UserException.expecting(
            name,
            "a name, or what lies in the folders that this page was opened for ("
                + folders.stream().map(Path::toString).collect(Collectors.joining(", "))
                + ")",
            Quote.of(value));
      }
    });
  }

  private static boolean isPlace(String name, String value) {
    return switch (name) {
      case MODEL -> !Zoo.has(value) && isPath(value);
      case DATA -> !NamedData.names().contains(value) && isPath(value);
      default ->
          TrainSettings.find(name).filter(known -> known.kind() == Setting.Kind.PATH).isPresent();
    };
  }

  /** Otherwise it is a name that nothing goes by, as others say who know what does. */
  private static boolean isPath(String value) {
    return value.contains("/") || value.contains("\\") || exists(value);
  }

  private static boolean exists(String value) {
    try {
      return Files.exists(Path.of(value));
    } catch (InvalidPathException none) {
      return true; // and lies nowhere
    }
  }

  private boolean isWithin(String value) {
    try {
      Path place = Path.of(value).toAbsolutePath().normalize();
      return folders.stream().anyMatch(place::startsWith);
    } catch (InvalidPathException none) {
      return false;
    }
  }

  /** The same trainings, of which those are refused that name a file elsewhere. */
  Trainings within(Trainings trainings) {
    return new Trainings() {
      @Override
      public RunConfig config(Map<String, String> settings) {
        require(settings);
        return trainings.config(settings);
      }

      @Override
      public DataSource data(RunConfig config) {
        return trainings.data(config);
      }
    };
  }
}
