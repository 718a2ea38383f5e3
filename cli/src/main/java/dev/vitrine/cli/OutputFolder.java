package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import java.nio.file.Path;

/**
 * A folder that an option names to write into.
 *
 * @param path of the folder
 */
record OutputFolder(Path path) {
  static OutputFolder of(String typed) {
    if (typed.equals(Output.STANDARD)) {
      throw new UserException(
          "--out expects a folder here, but got \"-\", which stands for the standard output: name one");
    }
    return new OutputFolder(Path.of(typed));
  }
}
