package dev.vitrine.run;

import java.nio.file.Path;

/**
 * A second place of a run's folder, on a file system of another kind. It is brought up to date
 * after every checkpoint, and whoever fetches it goes on from the newest one.
 */
public interface RunCopy {
  /**
   * Brings the copy up to date; at any moment in between it is one that can be gone on with.
   *
   * @param folder the run's
   * @throws dev.vitrine.error.UserException if it has never been written there and cannot be, or
   *     another run is there; what fails later is tried again the next time
   */
  void take(RunFolder folder);

  /**
   * {@return a folder with what is there}
   *
   * @param folder which is made, and must not exist
   * @throws dev.vitrine.error.UserException if it exists, or no run is there
   */
  RunFolder fetch(Path folder);
}
