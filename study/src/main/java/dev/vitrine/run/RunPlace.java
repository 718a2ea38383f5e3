package dev.vitrine.run;

import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a new run is to be kept: in a folder of the user's choice, or under the next free number,
 * {@code lenet-digits-1}, {@code lenet-digits-2} and so on.
 *
 * @param path the folder, or what the numbered ones begin with
 * @param numbered whether a number follows
 */
public record RunPlace(Path path, boolean numbered) {
  /**
   * {@return the place that is that folder and no other}
   *
   * @param path where the run's folder will be
   */
  public static RunPlace exactly(Path path) {
    return new RunPlace(path, false);
  }

  /**
   * {@return the first of {@code path-1}, {@code path-2} … that is free when the run begins}
   *
   * @param path to which the number is added
   */
  public static RunPlace numbered(Path path) {
    return new RunPlace(path, true);
  }

  /**
   * Checks before long work that a run could be kept there.
   *
   * @throws UserException if something is there already, or no folder can be made
   */
  public void probe() {
    AtomicFile.probeFolder(next());
  }

  /**
   * {@return the folder that would be taken now}
   *
   * @throws UserException if it exists already
   */
  public Path next() {
    if (!numbered) {
      RunFolder.requireNew(path);
      return path;
    }
    for (int number = 1; ; number++) {
      Path folder = path.resolveSibling(path.getFileName() + "-" + number);
      if (!Files.exists(folder)) {
        return folder;
      }
    }
  }
}
