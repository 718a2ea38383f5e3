package dev.vitrine.lab.trial;

import dev.vitrine.format.FileErrors;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.lab.journal.Confusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Pictures of test examples that chosen networks misread, kept when they were judged.
 *
 * @param folder of the pictures, made with the first
 */
public record MisreadPictures(Path folder) {
  /** Of so many pairs of classes one is kept, each time that a network is judged. */
  private static final int MOST = 8;

  /**
   * {@return the cells of which a picture is kept: the most often misread}
   *
   * @param confusion of one network
   */
  static List<Confusion.Cell> shown(Confusion confusion) {
    return confusion.misread().stream().limit(MOST).toList();
  }

  private Path file(String trial, int example) {
    return folder.resolve("%s-%s.png".formatted(trial, example));
  }

  void keep(String trial, int example, Raster picture) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw FileErrors.writing(folder, failure);
    }
    Png.write(file(trial, example), picture);
  }

  /**
   * {@return the picture of an example that a trial misread, as the bytes of a PNG file; empty if
   * none was kept}
   *
   * @param trial its name
   * @param example its place in the test data
   * @throws dev.vitrine.error.UserException if it is there and cannot be read
   */
  public Optional<byte[]> find(String trial, int example) {
    Path file = file(trial, example);
    try {
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException failure) {
      throw FileErrors.reading(file, failure);
    }
  }
}
