package dev.vitrine.image;

import dev.vitrine.error.UserException;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** From a file's bytes to a picture's samples; the decoders are the Java runtime's. */
final class Decoding {
  private static final int OPAQUE = 255;

  /** What the JPEG decoder (libjpeg) warns of when it fills the rest of a picture with grey. */
  private static final String ENDS_EARLY = "premature end";

  private Decoding() {}

  /**
   * Decodes a file's picture.
   *
   * @param skipped of so many columns and rows one is decoded
   * @param averaged over squares of so many of these is averaged
   */
  static ImageFile decode(Path file, ImageHeader header, int ground, int skipped, int averaged) {
    BufferedImage image = image(file, header, skipped);
    boolean transparent = image.getColorModel().hasAlpha();
    Raster stored = Parts.averaged(raster(image, ground), averaged);
    return new ImageFile(
        header.kind(), header.orientation(), transparent, header.orientation().apply(stored));
  }

  private static BufferedImage image(Path file, ImageHeader header, int skipped) {
    Iterator<ImageReader> readers =
        ImageIO.getImageReadersByFormatName(header.kind().toLowerCase(Locale.ROOT));
    if (!readers.hasNext()) {
      throw new IllegalStateException(
          "this Java runtime has no %s reader".formatted(header.kind()));
    }
    ImageReader reader = readers.next();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(header.data()))) {
      reader.setInput(in, true);
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
      ImageReadParam how = reader.getDefaultReadParam();
      how.setSourceSubsampling(skipped, skipped, 0, 0);
      BufferedImage image = reader.read(0, how);
      if (warnings.stream().anyMatch(warning -> warning.contains(ENDS_EARLY))) {
        throw new UserException(
            "%s: this %s is damaged: its coded pixels end early".formatted(file, header.kind()));
      }
      return image;
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The reader of PNGs wraps whatever happens, this too.
      if (e.getCause() instanceof OutOfMemoryError memory) {
        throw memory;
      }
      // On some damage the readers fail with an exception of an array, or of their own kind.
      throw new UserException(
          "%s: this %s cannot be decoded: it is damaged or of a rare kind (%s)"
              .formatted(file, header.kind(), reason(e)),
          e);
    } finally {
      reader.dispose();
    }
  }

  /** What the reader says, or what it wraps; never nothing. */
  static String reason(Exception e) {
    Throwable said = e.getCause() == null ? e : e.getCause();
    String message = said.getMessage() == null ? "" : said.getMessage();
    return message
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse(said.getClass().getSimpleName());
  }

  /** Samples as stored: {@code getRGB} would convert grey between colour spaces. */
  private static Raster raster(BufferedImage image, int ground) {
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return fromPalette(image, palette, ground);
    }
    ColorModel model = image.getColorModel();
    int bands = image.getRaster().getNumBands();
    int colours = model.hasAlpha() ? bands - 1 : bands;
    Raster picture = Raster.black(image.getWidth(), image.getHeight(), colours == 1 ? 1 : 3);
    boolean wide = image.getRaster().getTransferType() == DataBuffer.TYPE_USHORT;
    int[] row = new int[image.getWidth() * bands];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getPixels(0, y, image.getWidth(), 1, row);
      for (int i = 0; wide && i < row.length; i++) {
        row[i] = (row[i] + 128) / 257;
      }
      for (int x = 0; x < image.getWidth(); x++) {
        int alpha = model.hasAlpha() ? row[x * bands + colours] : OPAQUE;
        for (int channel = 0; channel < picture.channels(); channel++) {
          picture.set(x, y, channel, over(row[x * bands + channel], alpha, ground));
        }
      }
    }
    return picture;
  }

  private static Raster fromPalette(BufferedImage image, IndexColorModel palette, int ground) {
    boolean grey = true;
    for (int i = 0; i < palette.getMapSize(); i++) {
      grey &= palette.getRed(i) == palette.getGreen(i) && palette.getRed(i) == palette.getBlue(i);
    }
    Raster picture = Raster.black(image.getWidth(), image.getHeight(), grey ? 1 : 3);
    int last = palette.getMapSize() - 1;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int entry = Math.min(last, image.getRaster().getSample(x, y, 0));
        int alpha = palette.getAlpha(entry);
        picture.set(x, y, 0, over(palette.getRed(entry), alpha, ground));
        if (!grey) {
          picture.set(x, y, 1, over(palette.getGreen(entry), alpha, ground));
          picture.set(x, y, 2, over(palette.getBlue(entry), alpha, ground));
        }
      }
    }
    return picture;
  }

  /** {@code ⌊(a·v + (255 − a)·g)/255 + ½⌋}. */
  private static int over(int value, int alpha, int ground) {
    return (2 * (alpha * value + (OPAQUE - alpha) * ground) + OPAQUE) / (2 * OPAQUE);
  }
}
