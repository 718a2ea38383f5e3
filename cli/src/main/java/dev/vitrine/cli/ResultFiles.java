package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import java.nio.file.Path;
import java.util.Optional;

/** The files that a command is told to write. */
final class ResultFiles {
  private ResultFiles() {}

  /**
   * Checks that {@code --json} is none of the files that {@code --out} stands for: one would
   * replace the other.
   *
   * @param outs what {@code --out} names, and what is written within it
   * @throws UserException if it is one
   */
  static void requireApart(Optional<Path> json, Path... outs) {
    for (Path out : outs) {
      json.filter(file -> whole(file).equals(whole(out)))
          .ifPresent(file -> {
            throw new UserException(
                "--out and --json would both write %s: give --json another name".formatted(file));
          });
    }
  }

  private static Path whole(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
