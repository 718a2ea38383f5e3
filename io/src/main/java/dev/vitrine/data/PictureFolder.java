package dev.vitrine.data;

import dev.vitrine.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder of pictures by class, {@code class/picture.png}; or one with the folders {@code train},
 * {@code test} and {@code validation}, each of them such a folder.
 */
final class PictureFolder {
  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> VALIDATION = List.of("validation", "valid", "val");
  private static final List<String> TEST = List.of("test", "testing");

  private PictureFolder() {}

  /** Whether a folder is one. */
  static boolean isOne(Path folder) {
    return Files.isDirectory(folder)
        && (PictureList.holdsClasses(folder) || part(folder, TRAIN).isPresent());
  }

  /** The folder of a part: it holds folders of classes, where a class holds pictures. */
  private static Optional<Path> part(Path folder, List<String> names) {
    return names.stream()
        .map(folder::resolve)
        .filter(Files::isDirectory)
        .filter(it -> !PictureList.holdsPictures(it) && PictureList.holdsClasses(it))
        .findFirst();
  }

  /**
   * The data of a folder.
   *
   * @param request the size that pictures are brought to, and the classes that are known
   * @throws UserException if a folder of a class holds no picture
   */
  static PartedData of(Path folder, DataRequest request) {
    String name = request.name();
    request.reading().refuseColumns(name);
    Optional<PictureList> train = part(folder, TRAIN).map(PictureList::of);
    Optional<PictureList> validation =
        train.isEmpty() ? Optional.empty() : part(folder, VALIDATION).map(PictureList::of);
    Optional<PictureList> test =
        train.isEmpty() ? Optional.empty() : part(folder, TEST).map(PictureList::of);
    PictureList learned = train.orElseGet(() -> PictureList.of(folder));
    List<PictureList> all =
        Stream.of(Optional.of(learned), validation, test).flatMap(Optional::stream).toList();
    List<String> classes = classes(name, all, request.classes());
    PictureSizes sizes = new PictureSizes(folder, all, request.size());
    return PartedData.of(
        name,
        request.reading(),
        new Pictures(name, folder, learned, classes, sizes),
        validation.map(list -> new Pictures(name, folder, list, classes, sizes)),
        test.map(list -> new Pictures(name, folder, list, classes, sizes)));
  }

  /** The names in all parts, or those that a network knows. */
  private static List<String> classes(String name, List<PictureList> parts, List<String> known) {
    TreeSet<String> found = new TreeSet<>();
    parts.forEach(part -> found.addAll(part.classes()));
    return ClassNames.known(name, found, known);
  }
}
