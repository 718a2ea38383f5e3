package dev.vitrine.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * notMNIST, letters of many fonts (Y. Bulatov, 2011), in the forms in which it is passed on: as a
 * course's archive of arrays, {@code notMNIST.npz}, or in MNIST's layout, with a test part or
 * without.
 */
final class NotMnist {
  static final String NAME = "notmnist";
  static final String TITLE = "notMNIST";
  static final List<String> CLASS_NAMES = List.of("A", "B", "C", "D", "E", "F", "G", "H", "I", "J");

  private static final List<String> FOLDERS =
      List.of("notmnist", "notMNIST", "notmnist-10k", "not-mnist");
  private static final List<String> FILES =
      List.of("notMNIST.npz", "notmnist.npz", "notMNIST_10k.npz");

  /** The course's archive, and how it divides it. */
  private static final long COURSE = 18_720;

  private static final Division COURSE_DIVISION = new Division.InOrder(15_000, 1_000);

  private NotMnist() {}

  /** What a data folder holds of it: an archive, or a folder in MNIST's layout. */
  static Optional<Path> within(Path root) {
    List<Path> places =
        Stream.concat(FOLDERS.stream().map(root::resolve), Stream.of(root)).toList();
    Stream<Path> archives = places.stream().flatMap(folder -> FILES.stream().map(folder::resolve));
    Stream<Path> layouts =
        places.stream().filter(folder -> !folder.equals(root)).filter(NotMnist::isLayout);
    return Stream.concat(archives.filter(Files::isRegularFile), layouts).findFirst();
  }

  private static boolean isLayout(Path folder) {
    return MnistFile.TEST_IMAGES.in(folder).isPresent()
        && MnistFile.TEST_LABELS.in(folder).isPresent();
  }

  /** The data in that place. */
  static DataSource at(Path place, Reading reading) {
    if (Files.isRegularFile(place)) {
      return archive(place, TITLE, reading);
    }
    MnistFolder folder = new MnistFolder(TITLE, place, CLASS_NAMES, Map.of());
    reading.refuseColumns(TITLE);
    if (folder.isComplete()) {
      reading.refuseTestShare(TITLE);
      return folder;
    }
    return PartedData.of(TITLE, reading, folder.tests());
  }

  /** Whether a file is called like one of it. */
  static boolean isNamed(Path file) {
    return file.getFileName().toString().matches("(?i).*not[-_]?mnist.*");
  }

  /** An archive of it; that of the course as the course divides it. */
  static DataSource archive(Path file, String name, Reading reading) {
    return NpzData.of(file, name, reading, CLASS_NAMES)
        .divided(reading, count -> count == COURSE ? COURSE_DIVISION : shares());
  }

  private static Division shares() {
    return new Division.Shares(0, Reading.USUAL_TEST_SHARE);
  }
}
