package dev.vitrine.data;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Idx;
import dev.vitrine.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder with data in MNIST's layout: four IDX files, plain or packed.
 *
 * @param name what messages call it
 * @param folder where the files are
 * @param classNames the names of the classes; if empty, the classes are the numbers from 0 to the
 *     largest label
 * @param published the MD5 sums of its unpacked files by their plain names, if the data are
 *     published; otherwise empty
 */
public record MnistFolder(
    String name, Path folder, List<String> classNames, Map<String, String> published)
    implements DataSource {
  /** A class for each number up to the largest must be at hand, so a stray one costs memory. */
  private static final int LARGEST = 65_535;

  private static final List<MnistFile> TRAIN =
      List.of(MnistFile.TRAIN_IMAGES, MnistFile.TRAIN_LABELS);
  private static final List<MnistFile> TEST = List.of(MnistFile.TEST_IMAGES, MnistFile.TEST_LABELS);

  /** The folder, with its own copies. */
  public MnistFolder {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(classNames, "classNames");
    Objects.requireNonNull(published, "published");
    classNames = List.copyOf(classNames);
    published = Map.copyOf(published);
  }

  /**
   * {@return any folder in this layout, with numbers for class names}
   *
   * @param folder where the four files are
   */
  public static MnistFolder of(Path folder) {
    Objects.requireNonNull(folder, "folder");
    return new MnistFolder(folder.toString(), folder, List.of(), Map.of());
  }

  /**
   * {@return a folder with the files of a published data set, or what was made of them}
   *
   * @param data the published data set
   * @param folder where the four files are
   */
  public static MnistFolder of(KnownData data, Path folder) {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(folder, "folder");
    return new MnistFolder(data.title(), folder, data.classNames(), data.plainMd5s());
  }

  /** {@return whether all four files are there} */
  public boolean isComplete() {
    return MnistFile.missing(List.of(MnistFile.values()), folder).isEmpty();
  }

  @Override
  public DataOutline outline() {
    require(TEST);
    Shape test = Idx.readDims(MnistFile.TEST_IMAGES.in(folder).orElseThrow(), 3);
    int train = MnistFile.TRAIN_IMAGES.in(folder).map(f -> Idx.readDims(f, 3).size(0)).orElse(0);
    return new DataOutline(Shape.of(1, test.size(1), test.size(2)), train, test.size(0));
  }

  @Override
  public DataSplits load() {
    require(List.of(MnistFile.values()));
    Part train = read(TRAIN);
    Part test = read(TEST);
    if (!train.shape.equals(test.shape)) {
      throw new UserException(
          "%s: the training images are %s, but the test images are %s: expected equal sizes"
              .formatted(folder, train.shape, test.shape));
    }
    List<String> classes = classes(train.labels, test.labels);
    return DataSplits.of(train.dataset(name, classes), test.dataset(name, classes));
  }

  @Override
  public Dataset loadTest() {
    require(TEST);
    Part test = read(TEST);
    return test.dataset(name, classes(trainLabels(), test.labels));
  }

  /** Its test images alone, as all that there is. */
  Heap tests() {
    return new Heap() {
      @Override
      public DataOutline outline() {
        DataOutline both = MnistFolder.this.outline();
        return new DataOutline(both.shape(), both.test(), 0);
      }

      @Override
      public Dataset load() {
        return loadTest();
      }
    };
  }

  private void require(List<MnistFile> files) {
    if (!Files.isDirectory(folder)) {
      throw new UserException("%s is not a folder".formatted(folder));
    }
    List<MnistFile> missing = MnistFile.missing(files, folder);
    if (!missing.isEmpty()) {
      String names = missing.stream().map(MnistFile::plainName).collect(Collectors.joining(", "));
      throw new UserException(
          "%s lacks %s (plain or .gz), needed for a data set in MNIST's layout"
              .formatted(folder, names));
    }
  }

  private record Part(Shape shape, byte[] pixels, int[] labels, Origin origin) {
    Dataset dataset(String name, List<String> classes) {
      var targets = Targets.Classes.checked("Data set " + name, classes, labels);
      return Dataset.of(name, shape, pixels, targets).origin(origin);
    }
  }

  private Part read(List<MnistFile> files) {
    Path imageFile = files.getFirst().in(folder).orElseThrow();
    Path labelFile = files.getLast().in(folder).orElseThrow();
    Idx images = Idx.read(imageFile, files.getFirst().rank());
    Idx labels = Idx.read(labelFile, files.getLast().rank());
    Shape dims = images.dims();
    if (dims.size(0) != labels.dims().size(0)) {
      throw new UserException(
          "%s has %s images, but %s has %s labels: expected equal numbers"
              .formatted(imageFile, dims.size(0), labelFile, labels.dims().size(0)));
    }
    ReadFiles read = new ReadFiles(name, published);
    read.add(imageFile, files.getFirst().plainName(), Md5.of(images));
    read.add(labelFile, files.getLast().plainName(), Md5.of(labels));
    Shape shape = Shape.of(1, dims.size(1), dims.size(2));
    return new Part(shape, images.values(), labels(labelFile, labels), read.origin());
  }

  /** The training labels if they are there: they tell of classes that the test data may lack. */
  private int[] trainLabels() {
    return MnistFile.TRAIN_LABELS
        .in(folder)
        .map(file -> labels(file, Idx.read(file, 1)))
        .orElse(new int[0]);
  }

  private static int[] labels(Path file, Idx array) {
    int[] labels = new int[array.dims().size(0)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = array.label(i);
      if (labels[i] < 0 || labels[i] > LARGEST) {
        throw new UserException(
            "%s: labels are classes from 0 to %s, but example %s has label %s"
                .formatted(file, LARGEST, i, labels[i]));
      }
    }
    return labels;
  }

  private List<String> classes(int[]... labels) {
    if (!classNames.isEmpty()) {
      return classNames;
    }
    int last = Stream.of(labels).flatMapToInt(IntStream::of).max().orElseThrow();
    return IntStream.rangeClosed(0, last).mapToObj(Integer::toString).toList();
  }
}
