package dev.vitrine.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** What is done with whole folders. */
public final class Folders {
  private Folders() {}

  /**
   * Deletes a folder and all that is in it; nothing if it does not exist. Links are deleted, not
   * followed.
   *
   * @param folder which one
   * @throws IOException if something in it cannot be deleted
   */
  public static void delete(Path folder) throws IOException {
    Objects.requireNonNull(folder, "folder");
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
