package dev.vitrine.data;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The pictures below a folder by class, one folder a class: classes and, within them, pictures are
 * in the order of their names' characters, wherever they lie and whatever the language.
 *
 * @param folder that holds the folders of the classes
 * @param classes the names of the classes
 * @param files the pictures, class after class
 * @param labels for each picture the place of its class among {@code classes}
 * @param others files beside the pictures that are none
 */
record PictureList(
    Path folder, List<String> classes, List<Path> files, int[] labels, List<Path> others) {
  private static final Pattern PICTURE =
      Pattern.compile("(?i).*\\.(png|jpe?g|jfif|gif|bmp|tiff?|webp|heic|avif)");

  private static final Comparator<Path> BY_NAME = Comparator.comparing(PictureList::name);

  /**
   * Looks into all folders.
   *
   * @throws UserException if one holds no picture or a further folder, or there is none
   */
  static PictureList of(Path folder) {
    List<String> classes = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path kind : folders(folder)) {
      List<Path> pictures = new ArrayList<>();
      for (Path file : visible(kind)) {
        if (Files.isDirectory(file)) {
          throw new UserException(
              "%s is a folder within the folder of the class %s: expected pictures alone"
                  .formatted(file, Quote.of(name(kind))));
        }
        (isPicture(file) ? pictures : others).add(file);
      }
      if (pictures.isEmpty()) {
        throw new UserException(
            "%s holds no picture, JPEG or PNG: fill the folder of this class, or take it away"
                .formatted(kind));
      }
      if (classes.contains(name(kind))) {
        throw new UserException(
            "%s: two folders of classes have the name %s".formatted(folder, Quote.of(name(kind))));
      }
      pictures.forEach(_ -> labels.add(classes.size()));
      classes.add(name(kind));
      files.addAll(pictures);
    }
    int[] numbers = labels.stream().mapToInt(Integer::intValue).toArray();
    return new PictureList(folder, classes, files, numbers, others);
  }

  /** Whether a folder has a folder that holds pictures. */
  static boolean holdsClasses(Path folder) {
    return folders(folder).stream().anyMatch(PictureList::holdsPictures);
  }

  /** Whether a folder holds pictures itself. */
  static boolean holdsPictures(Path folder) {
    return visible(folder).stream().anyMatch(file -> isPicture(file) && !Files.isDirectory(file));
  }

  private static List<Path> folders(Path folder) {
    return visible(folder).stream().filter(Files::isDirectory).toList();
  }

  /** What is in a folder and not hidden, in order. */
  private static List<Path> visible(Path folder) {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(all::add);
    } catch (IOException e) {
      throw FileErrors.reading(folder, e);
    }
    return all.stream().filter(file -> !isHidden(file)).sorted(BY_NAME).toList();
  }

  /** Those of other systems, too: what they leave beside pictures is none of a user's files. */
  private static boolean isHidden(Path file) {
    String name = name(file);
    return name.startsWith(".")
        || name.equals("__MACOSX")
        || name.equalsIgnoreCase("Thumbs.db")
        || name.equalsIgnoreCase("desktop.ini");
  }

  /** Those of other kinds are refused when they are read, by a sentence that says what they are. */
  private static boolean isPicture(Path file) {
    return PICTURE.matcher(name(file)).matches();
  }

  /** File systems write an accented letter as one character or as two. */
  static String name(Path file) {
    return Normalizer.normalize(file.getFileName().toString(), Normalizer.Form.NFC);
  }

  /** What to say of files that are no pictures; empty of none. */
  List<String> warnings() {
    return others.isEmpty()
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "%s holds files that are no pictures, which are left out: %s%s",
                folder,
                folder.relativize(others.getFirst()),
                others.size() == 1
                    ? ""
                    : String.format(Locale.ROOT, " and %,d more", others.size() - 1)));
  }
}
