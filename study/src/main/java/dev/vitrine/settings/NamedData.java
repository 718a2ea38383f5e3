package dev.vitrine.settings;

import dev.vitrine.data.Cifar10Folder;
import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataRequest;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.Downloader;
import dev.vitrine.data.KnownData;
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
import java.util.Objects;
import java.util.Optional;

/** Data by name: drawn digits, a published data set, or a folder. */
public final class NamedData {
  private NamedData() {}

  /**
   * {@return the data of a run: of drawn digits no more than it uses}
   *
   * @param config what the run computes
   * @param folders where data are looked for
   * @param downloader brings what is on no disk yet
   * @throws UserException as {@link #find(DataRequest, int, int, DataFolders, Seed, Downloader)}
   */
  public static DataSource find(RunConfig config, DataFolders folders, Downloader downloader) {
    RunData data = config.data();
    int train = data.use().trainImages();
    int test = data.use().testImages();
    return find(data.request(), train, test, folders, config.recipe().seed(), downloader);
  }

  /**
   * {@return the data of a name}
   *
   * @param request {@code digits}, a published data set, a file or a folder, and how it is read
   * @param train how many training digits to draw, 0 for as many as MNIST has
   * @param test how many test digits to draw, 0 for as many as MNIST has
   * @param folders where data are looked for
   * @param seed of the drawn digits
   * @param downloader brings what is on no disk yet
   * @throws UserException if there is neither a data set nor a folder of that name, or it cannot be
   *     had
   */
  public static DataSource find(
      DataRequest request,
      int train,
      int test,
      DataFolders folders,
      Seed seed,
      Downloader downloader) {
    Objects.requireNonNull(request, "request");
    if (request.name().equals(Digits.NAME)) {
      request.reading().refuse(request.name());
      Digits all = Digits.of(seed);
      return new Digits(
          seed, train == 0 ? all.trainSize() : train, test == 0 ? all.testSize() : test);
    }
    requireKnown(request.name());
    return folders.find(request, downloader);
  }

  /**
   * Refuses a name that is neither that of a data set nor a file or a folder.
   *
   * @param name of data
   * @throws UserException if it is neither, with the nearest
   */
  public static void requireKnown(String name) {
    List<String> names = names();
    if (!names.contains(name) && !Files.exists(Path.of(name))) {
      throw new UserException(
          "Unknown data set %s: expected %s, or a folder, an archive (.npz) or a table (.csv)%s"
              .formatted(Quote.of(name), String.join(", ", names), Nearest.hint(name, names)));
    }
  }

  /**
   * {@return whether the name is of a data set that is looked for in data folders}
   *
   * @param name of data
   */
  public static boolean isPublished(String name) {
    return DataFolders.names().contains(name);
  }

  /** {@return the names of all data that have one} */
  public static List<String> names() {
    List<String> names = new ArrayList<>(List.of(Digits.NAME));
    names.addAll(DataFolders.names());
    return names;
  }

  /**
   * {@return the names of the classes of the data of a run, without reading them}
   *
   * @param run what it computes
   * @param classes how many the network tells apart
   */
  public static List<String> classNames(RunConfig run, int classes) {
    Objects.requireNonNull(run, "run");
    return run.data()
        .found()
        .classNames()
        .filter(names -> names.size() == classes)
        .orElseGet(() -> classNames(run.data().name(), classes));
  }

  /**
   * {@return the names of the classes of the data that a network was trained on, without reading
   * them: of a folder's, and beyond the last name, the numbers}
   *
   * @param data their name
   * @param classes how many the network tells apart
   */
  public static List<String> classNames(String data, int classes) {
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

  /**
   * {@return what a run keeps of the name of its data: of a file or a folder, where it is}
   *
   * @param name of data
   */
  public static String kept(String name) {
    boolean path = !names().contains(name) && Files.exists(Path.of(name));
    return path ? Path.of(name).toAbsolutePath().toString() : name;
  }

  /**
   * {@return the name of the data of a run, or the folder in which they are now}
   *
   * @param data of the run
   * @param dataDir the folder that the user names, if any: it may hold the run's folder of data, or
   *     be it, if that is gone from its place
   * @throws UserException if they are in a folder that is gone
   */
  public static String place(RunData data, Optional<Path> dataDir) {
    String name = data.name();
    if (names().contains(name) || Files.exists(Path.of(name))) {
      return name;
    }
    if (!name.contains("/") && !name.contains("\\") && dataDir.isEmpty()) {
      throw UserException.advising(
          "There is no data set or folder %s, which this run's data are called"
              .formatted(Quote.of(name)),
          "say with %s where they are" + Nearest.hint(name, names()),
          "data");
    }
    Optional<Path> within = dataDir.map(dir -> dir.resolve(Path.of(name).getFileName()));
    return within
        .filter(Files::exists)
        .or(() -> dataDir.filter(Files::isDirectory))
        .map(place -> place.toAbsolutePath().toString())
        .orElseThrow(() ->
            UserException.advising(
                "The folder %s with the data of this run is gone".formatted(Quote.place(name)),
                "say with %s where they are now",
                "data"));
  }

  /**
   * {@return what to call data in the name of a folder: the last part of theirs, or of their file
   * without its ending}
   *
   * @param name of data
   */
  public static String shortName(String name) {
    Path last = Path.of(name).toAbsolutePath().normalize().getFileName();
    return last == null ? "data" : last.toString().replaceFirst("(?i)\\.(csv|tsv|tab|npz)$", "");
  }
}
