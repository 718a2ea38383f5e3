package dev.vitrine.data;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Idx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where data sets are looked for, in this order. A data folder holds one folder a data set (such as
 * {@code mnist} and {@code fashion-mnist}), or is itself the folder of one.
 *
 * @param chosen the folder that the user names
 * @param environment the folder that {@code VITRINE_DATA} names
 * @param cache where downloads go unless the user names a folder
 */
public record DataFolders(Optional<Path> chosen, Optional<Path> environment, Path cache) {
  /** Refuses {@code null}. */
  public DataFolders {
    Objects.requireNonNull(chosen, "chosen");
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(cache, "cache");
  }

  /** The name of the environment variable that names a data folder. */
  public static final String VARIABLE = "VITRINE_DATA";

  private static final String ENVIRONMENT = VARIABLE + " is %s, which";

  /**
   * {@return the folders of this process: {@code VITRINE_DATA}, and {@code vitrine} within {@code
   * XDG_CACHE_HOME} or else {@code ~/.cache}}
   *
   * @param chosen the folder that the user named, which is looked into first
   */
  public static DataFolders ofSystem(Optional<Path> chosen) {
    Objects.requireNonNull(chosen, "chosen");
    return of(chosen, System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static DataFolders of(Optional<Path> chosen, Map<String, String> environment, Path home) {
    Path caches = folder(environment, "XDG_CACHE_HOME").orElse(home.resolve(".cache"));
    return new DataFolders(chosen, folder(environment, VARIABLE), caches.resolve("vitrine"));
  }

  private static Optional<Path> folder(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(text -> !text.isBlank())
        .map(Path::of);
  }

  /**
   * {@return the data of a published data set, by its name, or of a file or folder, by its path, as
   * {@link #find(DataRequest, Downloader)} finds them if nothing else is said}
   *
   * @param nameOrPath a name, such as {@code mnist}, or a path
   * @param downloader brings what is on no disk yet
   * @throws UserException if there is neither, or the download fails
   */
  public DataSource find(String nameOrPath, Downloader downloader) {
    return find(DataRequest.of(nameOrPath), downloader);
  }

  /**
   * {@return the data of a published data set, or of a file or folder: an archive of NumPy's
   * arrays, a table, a folder in MNIST's or CIFAR-10's layout, or one of pictures by class} Looks
   * into all folders before it downloads.
   *
   * @param request a name, such as {@code mnist}, or a path, and how it is read
   * @param downloader brings what is on no disk yet
   * @throws UserException if there is neither, the download fails, or they are not such data
   */
  public DataSource find(DataRequest request, Downloader downloader) {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(downloader, "downloader");
    Reading reading = request.reading();
    if (request.name().equals(Cifar10Folder.NAME)) {
      return new Cifar10Folder(findCifar10().folder(), reading);
    }
    if (request.name().equals(NotMnist.NAME)) {
      return NotMnist.at(findNotMnist(), reading);
    }
    Optional<KnownData> known = KnownData.named(request.name());
    if (known.isPresent()) {
      reading.refuse(known.get().title());
      return find(known.get(), downloader);
    }
    return PathData.of(Path.of(request.name()), request);
  }

  private Path findNotMnist() {
    return roots()
        .flatMap(root -> NotMnist.within(root).stream())
        .findFirst()
        .orElseThrow(() -> {
          String places = roots().map(Path::toString).collect(Collectors.joining(", "));
          return UserException.advising(
              "notMNIST was not found in " + places,
              "put notMNIST.npz there, or say by %s where it is",
              "the data folder");
        });
  }

  /**
   * {@return whether a file is there, and called like one of those that data sets consist of}
   *
   * @param file any file, which need not exist
   */
  public static boolean isData(Path file) {
    Objects.requireNonNull(file, "file");
    String name = file.getFileName().toString();
    boolean named =
        Stream.of(MnistFile.values())
                .anyMatch(it -> name.equals(it.plainName()) || name.equals(it.packedName()))
            || Cifar10Folder.isNamed(name);
    return named && Files.isRegularFile(file);
  }

  /**
   * {@return what people call some data: a published set's title, such as {@code Fashion-MNIST} for
   * {@code fashion}; of a folder its own name, without the way there}
   *
   * @param nameOrFolder a name, a title, or a folder
   */
  public static String title(String nameOrFolder) {
    Objects.requireNonNull(nameOrFolder, "nameOrFolder");
    if (nameOrFolder.equals(Cifar10Folder.NAME)) {
      return Cifar10Folder.TITLE;
    }
    if (nameOrFolder.equals(NotMnist.NAME)) {
      return NotMnist.TITLE;
    }
    return KnownData.named(nameOrFolder)
        .map(KnownData::title)
        .orElseGet(() -> {
          Path last = Path.of(nameOrFolder).toAbsolutePath().normalize().getFileName();
          return last == null ? nameOrFolder : last.toString();
        });
  }

  /** {@return the names of all published data sets} */
  public static List<String> names() {
    Stream<String> known = KnownData.ALL.stream().map(KnownData::name);
    return Stream.concat(known, Stream.of(Cifar10Folder.NAME, NotMnist.NAME)).toList();
  }

  /** It is published as one packed archive, which is not unpacked here: it must be there. */
  private Cifar10Folder findCifar10() {
    return roots()
        .flatMap(Cifar10Folder::within)
        .findFirst()
        .orElseThrow(() -> {
          String places = roots().map(Path::toString).collect(Collectors.joining(", "));
          return UserException.advising(
              "CIFAR-10 was not found in " + places,
              "unpack cifar-10-binary.tar.gz, and say by %s where data_batch_1.bin and test_batch.bin are",
              "the data folder");
        });
  }

  /**
   * {@return the folder that {@link #find(String, Downloader)} gives for a published data set}
   *
   * @param data the published data set
   * @param downloader brings what is on no disk yet
   */
  public MnistFolder find(KnownData data, Downloader downloader) {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(downloader, "downloader");
    Optional<MnistFolder> there = locate(data);
    if (there.isPresent()) {
      return there.get();
    }
    Path folder = chosen.orElse(cache).resolve(data.folders().getFirst());
    downloader.fetch(data, folder);
    return MnistFolder.of(data, folder);
  }

  /**
   * {@return a published data set if it is on this machine}
   *
   * @param data the published data set
   * @throws UserException if a folder that the user named, or {@code VITRINE_DATA}, is none
   */
  public Optional<MnistFolder> locate(KnownData data) {
    Objects.requireNonNull(data, "data");
    return roots().flatMap(root -> within(root, data)).findFirst();
  }

  /**
   * {@return a file within one of the folders, if it is in any}
   *
   * @param name its path there, such as {@code models/lenet_pretrained.mat}; one that is absolute
   *     is in none
   * @throws UserException as {@link #locate}
   */
  public Optional<Path> locate(Path name) {
    Objects.requireNonNull(name, "name");
    return name.isAbsolute()
        ? Optional.empty()
        : roots().map(root -> root.resolve(name)).filter(Files::isRegularFile).findFirst();
  }

  /** Where to look, in this order. */
  private Stream<Path> roots() {
    requireFolder("The data folder %s", chosen);
    requireFolder(ENVIRONMENT, environment);
    return Stream.of(chosen, environment, Optional.of(cache)).flatMap(Optional::stream);
  }

  private static void requireFolder(String called, Optional<Path> named) {
    fault(called, named)
        .ifPresent(sentence -> {
          throw new UserException(sentence);
        });
  }

  private static Optional<String> fault(String called, Optional<Path> named) {
    return named
        .filter(folder -> !Files.isDirectory(folder))
        .map(folder -> {
          String fault = Files.exists(folder) ? "is a file, not a folder" : "does not exist";
          return "%s %s".formatted(called.formatted(Quote.place(folder.toString())), fault);
        });
  }

  /**
   * {@return what to say of a {@code VITRINE_DATA} that is no folder, where none is needed: a
   * sentence without its full stop; empty if it is one, or not set}
   */
  public Optional<String> misnamed() {
    return fault(ENVIRONMENT, environment);
  }

  /**
   * What to say of a published data set for which {@code VITRINE_DATA} is no help: it does not hold
   * it, nor does the folder that the user named.
   *
   * @param name of a published data set
   * @return a sentence without its full stop; empty if there is nothing to say
   * @throws UserException as {@link #locate}
   */
  public Optional<String> remark(String name) {
    Objects.requireNonNull(name, "name");
    long roots = roots().count() - 1;
    boolean unknown = !names().contains(name);
    if (environment.isEmpty() || unknown || roots().limit(roots).anyMatch(it -> holds(it, name))) {
      return Optional.empty();
    }
    return Optional.of(
        "%s is %s, which holds no data set %s"
            .formatted(VARIABLE, Quote.place(environment.get().toString()), name));
  }

  private static boolean holds(Path root, String name) {
    if (name.equals(NotMnist.NAME)) {
      return NotMnist.within(root).isPresent();
    }
    return name.equals(Cifar10Folder.NAME)
        ? Cifar10Folder.within(root).findAny().isPresent()
        : KnownData.named(name).stream().anyMatch(it -> within(root, it).findAny().isPresent());
  }

  private static Stream<MnistFolder> within(Path root, KnownData data) {
    Stream<MnistFolder> named =
        data.folders().stream().map(name -> MnistFolder.of(data, root.resolve(name)));
    Stream<MnistFolder> itself = Stream.of(MnistFolder.of(data, root)).filter(it -> isOf(it, data));
    return Stream.concat(named.filter(MnistFolder::isComplete), itself);
  }

  /**
   * All data sets' files have the same names, so a folder of any other name must prove itself: by
   * the labels of either part, so that one altered file is still one of this data set.
   */
  private static boolean isOf(MnistFolder source, KnownData data) {
    Map<String, String> published = data.plainMd5s();
    return source.isComplete()
        && Stream.of(MnistFile.TEST_LABELS, MnistFile.TRAIN_LABELS)
            .anyMatch(file ->
                file.in(source.folder())
                    .map(path -> Md5.of(Idx.read(path, file.rank())))
                    .filter(sum -> sum.equals(published.get(file.plainName())))
                    .isPresent());
  }
}
