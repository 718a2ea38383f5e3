package dev.vitrine.image;

import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as PNG: 8 bits a sample, grey or RGB, no gamma and no other metadata. */
public final class Png {
  private Png() {}

  /**
   * Writes or replaces a file, by {@link AtomicFile}.
   *
   * @param file where it goes
   * @param picture grey or coloured
   * @throws UserException if it cannot be written
   */
  public static void write(Path file, Raster picture) {
    AtomicFile.write(file, out -> write(out, picture));
  }

  /**
   * {@return the bytes of the file, for instance to embed them in a page}
   *
   * @param picture grey or coloured
   */
  public static byte[] bytes(Raster picture) {
    var out = new ByteArrayOutputStream();
    try {
      write(out, picture);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory does not fail", impossible);
    }
    return out.toByteArray();
  }

  /**
   * Writes a file's bytes.
   *
   * @param out where the bytes go
   * @param picture grey or coloured
   * @throws IOException if {@code out} does not take them
   */
  public static void write(OutputStream out, Raster picture) throws IOException {
    // ImageIO's own choice of stream may be a temporary file.
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(image(picture), "png", stream)) {
        throw new IllegalStateException("this Java runtime has no PNG writer");
      }
    }
  }

  private static BufferedImage image(Raster picture) {
    boolean grey = picture.channels() == 1;
    var image =
        new BufferedImage(
            picture.width(),
            picture.height(),
            grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    if (grey) {
      // Not setRGB: that converts between colour spaces, and changes the values.
      image.getRaster().setDataElements(0, 0, picture.width(), picture.height(), picture.samples());
      return image;
    }
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int rgb = picture.get(x, y, 0) << 16 | picture.get(x, y, 1) << 8 | picture.get(x, y, 2);
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }
}
