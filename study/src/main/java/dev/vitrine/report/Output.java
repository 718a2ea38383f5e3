package dev.vitrine.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** TODO(merge io): replace by Png and AtomicFile. */
final class Output {
  private Output() {}

  static byte[] png(BufferedImage image) {
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }

  static void text(Path target, String text) {
    try {
      Files.writeString(target, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
