package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.Downloader;
import dev.vitrine.data.KnownData;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.Nearest;
import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the data that a command names. */
final class DataOptions {
  private DataOptions() {}

  /**
   * The data of a name.
   *
   * @param name {@code digits}, a published data set, or a folder in MNIST's layout
   * @param folder where to look first
   * @param seed of the drawn digits
   */
  static DataSource find(String name, Optional<Path> folder, Seed seed, Terminal terminal) {
    if (name.equals(Digits.NAME)) {
      return Digits.of(seed);
    }
    List<String> names = new ArrayList<>(List.of(Digits.NAME));
    KnownData.ALL.forEach(known -> names.add(known.name()));
    if (!names.contains(name) && !Files.isDirectory(Path.of(name))) {
      String hint = Nearest.match(name, names).map("; did you mean '%s'?"::formatted).orElse("");
      throw new UserException(
          "Unknown data set '%s': expected %s, or a folder with files in MNIST's layout%s"
              .formatted(name, String.join(", ", names), hint));
    }
    return DataFolders.ofSystem(folder).find(name, Downloader.reportingTo(terminal::download));
  }
}
