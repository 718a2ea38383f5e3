package dev.vitrine.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A folder that is made to be written into: of which nothing is left if nothing came of that.
 *
 * @param path the folder
 * @param there the innermost folder on the way there that existed before
 */
public record MadeFolder(Path path, Path there) {
  /** Refuses {@code null}. */
  public MadeFolder {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(there, "there");
  }

  /**
   * {@return the folder, made with its parents where they do not exist}
   *
   * @param path of the folder
   * @throws dev.vitrine.error.UserException if it cannot be made
   */
  public static MadeFolder of(Path path) {
    Objects.requireNonNull(path, "path");
    Path whole = path.toAbsolutePath();
    Path there = whole;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      Files.createDirectories(path);
    } catch (IOException failure) {
      throw FileErrors.writing(path, failure);
    }
    return new MadeFolder(whole, there);
  }

  /**
   * Deletes what was made, as far as nothing is in it.
   *
   * @param failure why nothing came of it, which keeps what prevents that
   */
  public void discardEmpty(Exception failure) {
    try {
      for (Path made = path; !made.equals(there); made = made.getParent()) {
        Files.delete(made);
      }
    } catch (IOException second) { // such as that it is not empty
      failure.addSuppressed(second);
    }
  }
}
