package dev.vitrine.cli;

import dev.vitrine.data.Cifar10Folder;
import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.Downloader;
import dev.vitrine.data.KnownData;
import dev.vitrine.data.Origin;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the data that a command names. */
final class DataOptions {
  private DataOptions() {}

  /** The data of a run: of drawn digits no more than it uses. */
  static DataSource find(RunConfig config, Optional<Path> folder, Terminal terminal) {
    RunData data = config.data();
    int train = data.use().trainImages();
    int test = data.use().testImages();
    return find(data.name(), train, test, folder, config.recipe().seed(), terminal);
  }

  /**
   * The data of a name.
   *
   * @param name {@code digits}, a published data set, or a folder in MNIST's layout
   * @param train how many training digits to draw, 0 for as many as MNIST has; the same with {@code
   *     test}
   * @param folder where to look first
   * @param seed of the drawn digits
   */
  static DataSource find(
      String name, int train, int test, Optional<Path> folder, Seed seed, Terminal terminal) {
    DataFolders folders = DataFolders.ofSystem(folder);
    if (!isPublished(name)) {
      warn(folders, terminal);
    }
    if (name.equals(Digits.NAME)) {
      Digits all = Digits.of(seed);
      return new Digits(
          seed, train == 0 ? all.trainSize() : train, test == 0 ? all.testSize() : test);
    }
    List<String> names = names();
    if (!names.contains(name) && !Files.isDirectory(Path.of(name))) {
      throw new UserException(
          "Unknown data set %s: expected %s, or a folder with files in MNIST's layout%s"
              .formatted(Quote.of(name), String.join(", ", names), Nearest.hint(name, names)));
    }
    folders.remark(name).ifPresent(remark -> terminal.note("%s.", remark));
    return folders.find(name, Downloader.reportingTo(terminal::download));
  }

  /**
   * Refuses a data folder for digits, which are in none.
   *
   * @throws UserException if there is one
   */
  static void refuseIdle(String name, Optional<Path> dataDir) {
    if (name.equals(Digits.NAME) && dataDir.isPresent()) {
      throw new UserException(
          "--data-dir has no effect with the data digits, which are drawn: leave it out, or choose other --data");
    }
  }

  /** Whether the name is of a data set that is looked for in data folders. */
  static boolean isPublished(String name) {
    return DataFolders.names().contains(name);
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of(Digits.NAME));
    names.addAll(DataFolders.names());
    return names;
  }

  /**
   * The names of the classes of the data that a network was trained on, without reading them: of a
   * folder's, and beyond the last name, the numbers.
   *
   * @param classes how many the network tells apart
   */
  static List<String> classNames(String data, int classes) {
    List<String> known =
        data.equals(Cifar10Folder.NAME)
            ? Cifar10Folder.CLASS_NAMES
            : KnownData.named(data).map(KnownData::classNames).orElse(List.of());
    List<String> names = new ArrayList<>(known.subList(0, Math.min(classes, known.size())));
    for (int c = names.size(); c < classes; c++) {
      names.add(Integer.toString(c));
    }
    return names;
  }

  /** What a run keeps of the name of its data: of a folder, where it is. */
  static String kept(String name) {
    boolean folder = !names().contains(name) && Files.isDirectory(Path.of(name));
    return folder ? Path.of(name).toAbsolutePath().toString() : name;
  }

  /**
   * Where the data of a run are now.
   *
   * @param data of the run
   * @param dataDir the folder that the user names, if any: it may hold the run's folder of data, or
   *     be it, if that is gone from its place
   * @return their name or folder
   * @throws UserException if they are in a folder that is gone
   */
  static String place(RunData data, Optional<Path> dataDir) {
    String name = data.name();
    if (names().contains(name) || Files.isDirectory(Path.of(name))) {
      return name;
    }
    if (!name.contains("/") && !name.contains("\\") && dataDir.isEmpty()) {
      throw new UserException(
          "There is no data set or folder %s, which this run's data are called: say with --data where they are%s"
              .formatted(Quote.of(name), Nearest.hint(name, names())));
    }
    Optional<Path> within = dataDir.map(dir -> dir.resolve(shortName(name)));
    return within
        .filter(Files::isDirectory)
        .or(() -> dataDir.filter(Files::isDirectory))
        .map(place -> place.toAbsolutePath().toString())
        .orElseThrow(() ->
            new UserException(
                "The folder %s with the data of this run is gone: say with --data where they are now"
                    .formatted(Quote.place(name))));
  }

  /** Says that {@code VITRINE_DATA} is no folder, though none is needed: it is a slip. */
  static void warn(DataFolders folders, Terminal terminal) {
    folders.misnamed().ifPresent(sentence -> terminal.note("Warning: %s.", sentence));
  }

  /** Says on a line each what is not as it was published. */
  static void warn(Origin origin, Terminal terminal) {
    origin.warnings().forEach(warning -> terminal.note("Warning: %s.", warning));
  }

  /** What to call data in the name of a folder: a folder's last part. */
  static String shortName(String name) {
    Path last = Path.of(name).toAbsolutePath().normalize().getFileName();
    return last == null ? "data" : last.toString();
  }
}
