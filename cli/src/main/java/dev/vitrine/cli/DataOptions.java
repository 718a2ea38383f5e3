package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataRequest;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.Downloader;
import dev.vitrine.data.Origin;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import dev.vitrine.run.RunConfig;
import dev.vitrine.settings.NamedData;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the data that a command names. */
final class DataOptions {
  private DataOptions() {}

  /** The data of a run: of drawn digits no more than it uses. */
  static DataSource find(RunConfig config, Optional<Path> folder, Terminal terminal) {
    DataFolders folders = folders(config.data().name(), folder, terminal);
    return NamedData.find(config, folders, downloader(terminal));
  }

  /**
   * The data of a name.
   *
   * @param request {@code digits}, a published data set, a file or a folder, and how it is read
   * @param train how many training digits to draw, 0 for as many as MNIST has; the same with {@code
   *     test}
   * @param folder where to look first
   * @param seed of the drawn digits
   */
  static DataSource find(
      DataRequest request,
      int train,
      int test,
      Optional<Path> folder,
      Seed seed,
      Terminal terminal) {
    DataFolders folders = folders(request.name(), folder, terminal);
    return NamedData.find(request, train, test, folders, seed, downloader(terminal));
  }

  /** Where data are looked for, with a remark on places that hold none. */
  private static DataFolders folders(String name, Optional<Path> folder, Terminal terminal) {
    DataFolders folders = DataFolders.ofSystem(folder);
    if (!NamedData.isPublished(name)) {
      warn(folders, terminal);
    }
    if (!name.equals(Digits.NAME)) {
      NamedData.requireKnown(name);
      folders.remark(name).ifPresent(remark -> terminal.note("%s.", remark));
    }
    return folders;
  }

  private static Downloader downloader(Terminal terminal) {
    return Downloader.reportingTo(terminal::download);
  }

  /**
   * Refuses a data folder for digits, which are in none.
   *
   * @throws UserException if there is one
   */
  static void refuseIdle(String name, Optional<Path> dataDir) {
    if (name.equals(Digits.NAME) && dataDir.isPresent()) {
      throw new UserException(
          "--data-dir has no effect with the data digits, which are drawn: leave it out, or choose other --data");
    }
  }

  /** Says that {@code VITRINE_DATA} is no folder, though none is needed: it is a slip. */
  static void warn(DataFolders folders, Terminal terminal) {
    folders.misnamed().ifPresent(sentence -> terminal.note("Warning: %s.", sentence));
  }

  /** Says how data without parts of their own are divided. */
  static void remark(DataSource source, Terminal terminal) {
    source
        .remark()
        .ifPresent(remark -> terminal.note("%s: %s", DataFolders.title(source.name()), remark));
  }

  /** Says on a line each what is not as it was published. */
  static void warn(Origin origin, Terminal terminal) {
    origin.warnings().forEach(warning -> terminal.note("Warning: %s.", warning));
  }
}
