package dev.vitrine.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The four files of a data set in MNIST's layout. */
public enum MnistFile {
  /** The training images. */
  TRAIN_IMAGES("train-images", 3),
  /** Their labels. */
  TRAIN_LABELS("train-labels", 1),
  /** The test images. */
  TEST_IMAGES("t10k-images", 3),
  /** Their labels. */
  TEST_LABELS("t10k-labels", 1);

  private final String stem;
  private final int rank;

  MnistFile(String stem, int rank) {
    this.stem = stem;
    this.rank = rank;
  }

  /**
   * {@return the file's usual name, such as {@code train-images-idx3-ubyte}, without {@code .gz}}
   */
  public String plainName() {
    return "%s-idx%s-ubyte".formatted(stem, rank);
  }

  /** {@return the file's usual name with {@code .gz}, as it is published} */
  public String packedName() {
    return plainName() + ".gz";
  }

  /** Its number of dimensions: 3 for images, 1 for labels. */
  int rank() {
    return rank;
  }

  /** The file in a folder under any of its names; a plain one before a packed one. */
  Optional<Path> in(Path folder) {
    String dotted = "%s.idx%s-ubyte".formatted(stem, rank);
    return Stream.of(plainName(), dotted, packedName(), dotted + ".gz")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** Those of the files that a folder lacks. */
  static List<MnistFile> missing(List<MnistFile> files, Path folder) {
    return files.stream().filter(file -> file.in(folder).isEmpty()).toList();
  }
}
