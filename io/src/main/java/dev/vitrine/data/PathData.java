package dev.vitrine.data;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data of a file or a folder, by what it is. */
final class PathData {
  private PathData() {}

  /**
   * The data.
   *
   * @throws UserException if it is not there, or of no kind that is read
   */
  static DataSource of(Path path, DataRequest request) {
    if (Files.isDirectory(path)) {
      return folder(path, request);
    }
    if (!Files.isRegularFile(path)) {
      throw new UserException(
          "Unknown data set %s: expected %s, or a file or folder"
              .formatted(Quote.of(request.name()), String.join(", ", DataFolders.names())));
    }
    if (NpzData.isNamed(path)) {
      return NotMnist.isNamed(path)
          ? NotMnist.archive(path, request.name(), request.reading())
          : NpzData.of(path, request.name(), request.reading(), request.classes());
    }
    if (CsvData.isNamed(path)) {
      return CsvData.of(path, request);
    }
    throw new UserException(
        "%s: expected data as an archive of arrays (.npz), a table (.csv, .tsv) or a folder"
            .formatted(path));
  }

  private static DataSource folder(Path path, DataRequest request) {
    if (Cifar10Folder.isOne(path)) {
      return new Cifar10Folder(path, request.reading());
    }
    if (PictureFolder.isOne(path)) {
      return PictureFolder.of(path, request);
    }
    request.reading().refuse(request.name());
    return MnistFolder.of(path);
  }
}
