package dev.vitrine.data;

import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The names of classes as a text: one a line, the first that of label 0; empty lines are not. */
public final class ClassNames {
  private static final long MOST_BYTES = 1 << 20;

  private ClassNames() {}

  /**
   * Reads a file in UTF-8.
   *
   * @throws UserException if it cannot be read, is larger than a megabyte, is not such a text, or
   *     names nothing
   */
  public static List<String> read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UserException(
            "%s: expected a text of one class name a line, but it has %,d bytes"
                .formatted(file, Files.size(file)));
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      List<String> names = text.lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
      if (names.isEmpty() || text.indexOf('\0') >= 0) {
        throw new UserException(
            "%s: expected a text of one class name a line, but got %s"
                .formatted(file, names.isEmpty() ? "nothing" : "binary data"));
      }
      return names;
    } catch (CharacterCodingException e) {
      throw new UserException(
          "%s: expected a text of one class name a line in UTF-8, but got other bytes"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }
}
