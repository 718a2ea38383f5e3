package dev.vitrine.data;

import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A folder with CIFAR-10 in its binary version (A. Krizhevsky, 2009): {@code data_batch_*.bin} to
 * train on, in the order of their names, {@code test_batch.bin}, and {@code batches.meta.txt} with
 * the names of the classes, which may be missing. A file is as many {@link Cifar10File records} as
 * it holds. Without the test file the records are divided, an eighth for the test and an eighth for
 * validation unless a share is said.
 *
 * @param folder where the files are
 * @param reading the share that is kept apart for the test where there is no file of it
 */
public record Cifar10Folder(Path folder, Reading reading) implements DataSource {
  /** Refuses {@code null}. */
  public Cifar10Folder {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(reading, "reading");
  }

  /**
   * A folder of which nothing is said.
   *
   * @param folder where the files are
   */
  public Cifar10Folder(Path folder) {
    this(folder, Reading.USUAL);
  }

  /** What the command line calls it. */
  public static final String NAME = "cifar10";

  /** What people call it. */
  public static final String TITLE = "CIFAR-10";

  /** The size of every image: red, green and blue of 32 × 32. */
  public static final Shape SHAPE = Shape.of(3, 32, 32);

  /** The classes, by label. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** What its folder may be called within a data folder; the last is as it is published. */
  private static final List<String> PLACES =
      List.of("cifar10", "cifar-10", "cifar-10-batches-bin", "cifar10/cifar-10-batches-bin");

  /**
   * The MD5 sums of the files of {@code cifar-10-binary.tar.gz}, itself published with {@code
   * c32a1d4ab5d03f1284b67883e8d87530}.
   */
  private static final Map<String, String> PUBLISHED =
      Map.of(
          "data_batch_1.bin", "5dd7e06a14cb22eb9f671a540d1b7c25",
          "data_batch_2.bin", "5ea93a67294ea407fff1d09f752e9692",
          "data_batch_3.bin", "942cd6a4bcdd0dd3c604fbe906cb4421",
          "data_batch_4.bin", "ae636b3ba5c66a11e91e8cb52e771fcb",
          "data_batch_5.bin", "53f37980c15c3d472c316c40844f3f0d",
          "test_batch.bin", "803d5f7f4d78ea53de84dbe85f74fb6d");

  private static final double EIGHTH = 0.125;

  private static final String TRAIN = "data_batch_*.bin";
  private static final String TEST = "test_batch.bin";
  private static final String NAMES = "batches.meta.txt";

  /** The folders in which a data folder may hold it, itself included, best first. */
  static Stream<Cifar10Folder> within(Path root) {
    Stream<Path> named = PLACES.stream().map(root::resolve);
    return Stream.concat(named, Stream.of(root)).map(Cifar10Folder::new).filter(it -> it.isOne());
  }

  /** Whether a file is called like one of its files. */
  static boolean isNamed(String file) {
    return file.equals(TEST) || file.equals(NAMES) || file.matches("data_batch_.*\\.bin");
  }

  /** Whether a folder holds any of its files. */
  static boolean isOne(Path folder) {
    return new Cifar10Folder(folder).isOne();
  }

  private boolean isOne() {
    return Files.isRegularFile(folder.resolve(TEST))
        || (Files.isDirectory(folder) && !trainFiles().isEmpty());
  }

  @Override
  public String name() {
    return TITLE;
  }

  /** Both parts, or what the one is divided into. */
  private PartedData parts() {
    reading.refuseColumns(TITLE);
    Heap train = new Part(this::trainFiles, this::loadTrain);
    Optional<Heap> test =
        Files.isRegularFile(folder.resolve(TEST))
            ? Optional.of(new Part(this::testFiles, () -> read(testFiles())))
            : Optional.empty();
    return PartedData.of(TITLE, reading, train, Optional.empty(), test)
        .divided(reading, _ -> new Division.Shares(EIGHTH, EIGHTH));
  }

  private List<Path> testFiles() {
    return List.of(folder.resolve(TEST));
  }

  /** Some of the files. */
  private record Part(Supplier<List<Path>> files, Supplier<Dataset> reader) implements Heap {
    @Override
    public DataOutline outline() {
      return new DataOutline(SHAPE, Cifar10File.records(files.get()), 0);
    }

    @Override
    public Dataset load() {
      return reader.get();
    }
  }

  @Override
  public DataOutline outline() {
    return parts().outline();
  }

  @Override
  public Optional<String> remark() {
    return parts().remark();
  }

  @Override
  public DataSplits load() {
    return parts().load();
  }

  /**
   * {@return the training images alone}
   *
   * @throws UserException if there is no file of them, or one is not as it should be
   */
  public Dataset loadTrain() {
    List<Path> files = trainFiles();
    if (files.isEmpty()) {
      throw new UserException(
          "%s lacks %s, the training images of CIFAR-10's binary version".formatted(folder, TRAIN));
    }
    return read(files);
  }

  @Override
  public Dataset loadTest() {
    return parts().loadTest();
  }

  private Dataset read(List<Path> files) {
    ReadFiles read = new ReadFiles(TITLE, PUBLISHED);
    Cifar10File records = Cifar10File.read(files, read);
    return Dataset.of(TITLE, SHAPE, records.pixels(), records.labels(), classNames())
        .origin(read.origin());
  }

  private List<Path> trainFiles() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, TRAIN)) {
      List<Path> found = new ArrayList<>();
      files.forEach(found::add);
      return found.stream().filter(Files::isRegularFile).sorted().toList();
    } catch (IOException failure) {
      throw FileErrors.reading(folder, failure);
    }
  }

  /** One a line; the published file ends with an empty one. */
  private List<String> classNames() {
    Path file = folder.resolve(NAMES);
    if (!Files.isRegularFile(file)) {
      return CLASS_NAMES;
    }
    List<String> names = ClassNames.read(file);
    if (names.size() != CLASS_NAMES.size()) {
      throw new UserException(
          "%s: expected the names of %s classes, one a line, but got %s"
              .formatted(file, CLASS_NAMES.size(), names.size()));
    }
    return names;
  }
}
