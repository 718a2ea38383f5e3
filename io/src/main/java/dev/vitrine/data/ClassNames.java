package dev.vitrine.data;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import dev.vitrine.format.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The names of classes as a text: one a line, the first that of label 0; empty lines are not. */
public final class ClassNames {
  private static final String IMAGENET = "imagenet.txt";
  private static final long MOST_BYTES = 1 << 20;

  private ClassNames() {}

  /**
   * Reads a file in UTF-8.
   *
   * @param file a line for each class
   * @return the names in the file's order
   * @throws UserException if it cannot be read, is larger than a megabyte, is not such a text, or
   *     names nothing
   */
  public static List<String> read(Path file) {
    Objects.requireNonNull(file, "file");
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s: expected a text of one class name a line, but it has %,d bytes",
                file,
                Files.size(file)));
      }
      List<String> names =
          TextFile.read(file).lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
      if (names.isEmpty()) {
        throw new UserException(
            "%s: expected a text of one class name a line, but got nothing".formatted(file));
      }
      names.forEach(name -> requirePlain(name, file));
      return names;
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /**
   * {@return the names of ImageNet's 1,000 classes (ILSVRC 2012), in the order of the outputs of
   * networks that learned them: WordNet's synonyms, such as "tiger, Panthera tigris"} Two are
   * called "crane": 134 is the bird, 517 the machine.
   */
  public static List<String> imageNet() {
    try (InputStream in = ClassNames.class.getResourceAsStream(IMAGENET)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(IMAGENET + " is missing from the module", unreadable);
    }
  }

  /**
   * The classes of data whose labels are names.
   *
   * @param data what the data are called
   * @param found the names in the data, in order
   * @param known those that a network knows, in its order; empty if the data decide
   * @throws UserException if the data have a class that is not known
   */
  static List<String> known(String data, Collection<String> found, List<String> known) {
    if (known.isEmpty()) {
      return List.copyOf(found);
    }
    found.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> {
          String all = String.join(", ", known);
          throw new UserException(
              "Data set %s has the class %s, which the network does not know: it learned %s"
                  .formatted(data, Quote.of(name), Quote.value(all)));
        });
    return known;
  }

  /** A name is shown on terminals and pages, where control characters act. */
  private static void requirePlain(String name, Path file) {
    if (name.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
      throw new UserException(
          "%s: expected a text of one class name a line, but got %s"
              .formatted(file, Quote.of(name)));
    }
  }
}
