package dev.vitrine.run;

import dev.vitrine.error.UserException;
import dev.vitrine.format.HeldFile;
import java.nio.file.Path;

/** Says that a run is being trained: a file in its folder that the process holds. */
final class RunLock implements AutoCloseable {
  static final String NAME = ".training";

  private final HeldFile file;

  private RunLock(HeldFile file) {
    this.file = file;
  }

  /**
   * Holds a run.
   *
   * @throws UserException if another training does, or the folder cannot be written into
   */
  static RunLock hold(Path folder) {
    return new RunLock(HeldFile.hold(folder.resolve(NAME)).orElseThrow(() -> refusal(folder)));
  }

  /** The sentence for a run that is held. */
  static UserException refusal(Path folder) {
    return new UserException(
        "The run %s is being trained by another process: wait for its end".formatted(folder));
  }

  /** Whether a training holds the run now. */
  static boolean isHeld(Path folder) {
    return HeldFile.isHeld(folder.resolve(NAME));
  }

  @Override
  public void close() {
    file.close();
  }
}
