package dev.vitrine.data;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A published data set in MNIST's layout that has a name of its own on the command line.
 *
 * @param name that name
 * @param title what people call it
 * @param folders what its folder may be called within a data folder, the preferred name first
 * @param classNames the names of its classes, by label
 * @param mirrors where its files can be had, best first; each ends with a slash
 * @param files the packed files
 */
public record KnownData(
    String name,
    String title,
    List<String> folders,
    List<String> classNames,
    List<URI> mirrors,
    List<RemoteFile> files) {

  /** Handwritten digits (LeCun, Cortes and Burges). */
  public static final KnownData MNIST =
      new KnownData(
          "mnist",
          "MNIST",
          List.of("mnist"),
          List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
          List.of(
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")),
          List.of(
              file(
                  MnistFile.TRAIN_IMAGES,
                  9_912_422,
                  "f68b3c2dcbeaaa9fbdd348bbdeb94873",
                  "6bbc9ace898e44ae57da46a324031adb"),
              file(
                  MnistFile.TRAIN_LABELS,
                  28_881,
                  "d53e105ee54ea40749a09fcbcd1e9432",
                  "a25bea736e30d166cdddb491f175f624"),
              file(
                  MnistFile.TEST_IMAGES,
                  1_648_877,
                  "9fb629c4189551a2d022fa330f9573f3",
                  "2646ac647ad5339dbf082846283269ea"),
              file(
                  MnistFile.TEST_LABELS,
                  4_542,
                  "ec29112dd5afa0611ce80d1b7f02629c",
                  "27ae3e4e09519cfbb04c329615203637")));

  /** Fashion-MNIST, pictures of clothes (Xiao, Rasul and Vollgraf, Zalando). */
  public static final KnownData FASHION =
      new KnownData(
          "fashion",
          "Fashion-MNIST",
          List.of("fashion-mnist", "fashion"),
          List.of(
              "T-shirt/top",
              "Trouser",
              "Pullover",
              "Dress",
              "Coat",
              "Sandal",
              "Shirt",
              "Sneaker",
              "Bag",
              "Ankle boot"),
          List.of(
              URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
              URI.create(
                  "https://raw.githubusercontent.com/"
                      + "zalandoresearch/fashion-mnist/master/data/fashion/")),
          List.of(
              file(
                  MnistFile.TRAIN_IMAGES,
                  26_421_880,
                  "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
                  "f4a8712d7a061bf5bd6d2ca38dc4d50a"),
              file(
                  MnistFile.TRAIN_LABELS,
                  29_515,
                  "25c81989df183df01b3e8a0aad5dffbe",
                  "9018921c3c673c538a1fc5bad174d6f9"),
              file(
                  MnistFile.TEST_IMAGES,
                  4_422_102,
                  "bef4ecab320f06d8554ea6380940ec79",
                  "8181f5470baa50b63fa0f6fddb340f0a"),
              file(
                  MnistFile.TEST_LABELS,
                  5_148,
                  "bb300cfdad3c16e7a12a480ee83cd310",
                  "15d484375f8d13e6eb1aabb0c3f46965")));

  /** All of them. */
  public static final List<KnownData> ALL = List.of(MNIST, FASHION);

  /** The data set, with its own copies of the lists. */
  public KnownData {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(folders, "folders");
    Objects.requireNonNull(classNames, "classNames");
    Objects.requireNonNull(mirrors, "mirrors");
    Objects.requireNonNull(files, "files");
    folders = List.copyOf(folders);
    classNames = List.copyOf(classNames);
    mirrors = List.copyOf(mirrors);
    files = List.copyOf(files);
  }

  /**
   * {@return the data set of that name, if it is known}
   *
   * @param name such as {@code mnist}
   */
  public static Optional<KnownData> named(String name) {
    Objects.requireNonNull(name, "name");
    return ALL.stream().filter(data -> data.name.equals(name)).findFirst();
  }

  /** The MD5 sums of its unpacked files, by their names. */
  Map<String, String> plainMd5s() {
    return files.stream().collect(Collectors.toMap(RemoteFile::plainName, RemoteFile::plainMd5));
  }

  private static RemoteFile file(MnistFile file, long size, String md5, String plainMd5) {
    return new RemoteFile(file.packedName(), size, md5, plainMd5);
  }
}
